"""Pages of lists read no more than they show, however many lists there are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.ids import ListId, SugarId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList
from funnel.domain.lists.target_lists import ListReading
from funnel.usecases.app import App
from funnel.usecases.lists.view_lists import Show, find_lists
from funnel.usecases.target_lists.view_target_lists import target_lists
from tests.fakes.faulty import Plan, faulty
from tests.fakes.world import TENANT, World

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def a_list(kind: ListKind, n: int) -> PeopleList:
    name = f"{kind.value} {n:04}"
    made = PeopleList(TENANT, ListId(name), kind, name, created_at=NOW, changed_at=NOW)
    return replace(made, sugar_id=SugarId(name)) if kind is ListKind.TARGET else made


@pytest.fixture
def world() -> World:
    """Two thousand auto lists, and thirty Target Lists with members that wait."""
    made = World()
    made.connect()
    for n in range(2_000):
        made.store.save_list(a_list(ListKind.AUTO, n))
    for n in range(30):
        one = made.store.save_list(a_list(ListKind.TARGET, n))
        waiting = tuple(f"Leads/{n}-{i}" for i in range(60))
        made.store.save_list_reading(ListReading(TENANT, one.list_id, waiting=waiting))
    return made


def watched(world: World) -> tuple[App, Plan]:
    """The product; what is asked of its stores is noted in the plan."""
    plan, app = Plan(), world.app
    return (
        replace(
            app,
            lists=faulty(app.lists, plan, "lists"),
            sync=faulty(app.sync, plan, "sync"),
            records=faulty(app.records, plan, "records"),
        ),
        plan,
    )


def test_a_page_of_target_lists_takes_four_questions_however_many_lists_there_are(
    world: World,
) -> None:
    app, plan = watched(world)
    page = target_lists(app, TENANT, limit=25)
    assert (len(page.items), bool(page.cursor)) == (25, True)
    assert page.items[3].source.waiting_count == 60
    assert plan.calls == [
        "lists.list_lists", "sync.connection", "sync.list_readings", "records.records",
    ]  # fmt: skip
    rest = target_lists(app, TENANT, page.cursor, limit=25)
    assert (len(rest.items), rest.cursor) == (5, "")


@pytest.mark.parametrize("show", [Show.TARGET, Show.AUTO, Show.ALL])
def test_a_page_of_one_kind_of_lists_takes_one_question(world: World, show: Show) -> None:
    app, plan = watched(world)
    assert len(find_lists(app, TENANT, show=show, limit=25).items) == 25
    assert plan.calls == ["lists.list_lists"]


def test_a_page_of_what_is_rare_stops_looking_and_the_next_goes_on_where_it_stopped() -> None:
    world = World()
    world.connect()
    for n in range(600):
        status = ListStatus.RETIRED if n == 599 else ListStatus.ACTIVE
        world.store.save_list(replace(a_list(ListKind.TARGET, n), status=status))
    app, plan = watched(world)
    cursor, names, pages = "", [], 0
    while True:
        page = find_lists(app, TENANT, show=Show.RETIRED, cursor=cursor, limit=25)
        names += [one.name for one in page.items]
        pages, cursor = pages + 1, page.cursor
        if not cursor:
            break
    assert names == ["target 0599"]
    assert (pages, len(plan.calls)) == (3, 24)
