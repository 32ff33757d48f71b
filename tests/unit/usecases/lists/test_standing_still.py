"""Work on everybody whose message was lost is rung for again, and the overview says that it stood still."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import WrittenByNewer
from funnel.domain.ids import Module, TenantId
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import SubjectId
from funnel.ports.marketing_messages import Relist, Rescore
from funnel.ports.messages import Message
from funnel.usecases.campaigns.view_marketing import Trouble, Waits, marketing_now
from funnel.usecases.lists.recompute_lists import choose_fields, recompute_page
from funnel.usecases.lists.settled_lists import unsettled_among
from funnel.usecases.lists.standing_still import STILL, ring_for_everybody
from funnel.usecases.scoring.change_scoring import change_scoring
from funnel.usecases.segments.keep_segments import add_segment
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.work.work_rescore import work_rescore
from tests.fakes.world import TENANT, World
from tests.property.list_reference import check_lists
from tests.unit.usecases.scoring.scoring import did
from tests.unit.usecases.segments.segmenting import visited

pytestmark = pytest.mark.feature("B8", "D3", "D5")

FIELDS = ["lead_source"]
NEWER = TenantId("aaa")
SECOND = timedelta(seconds=1)


@pytest.fixture
def world() -> World:
    """Five people, synced."""
    world = World()
    for name in ("Ada", "Ben", "Cyd", "Dan", "Eva"):
        world.sugar.put(
            Module.LEADS, name, last_name=name, email1=f"{name}@x.test", lead_source="Fair"
        )
    world.connect()
    world.sync(RunKind.INITIAL)
    return world


def lose_messages(world: World) -> None:
    """All that waits ends in the dead letters."""
    world.queue._heap.clear()


def wait(world: World, time: timedelta) -> None:
    world.clock.advance(time.total_seconds())


def rung(world: World) -> list[Message]:
    """The messages by which the schedule rings."""
    before = len(world.queue)
    sent = ring_for_everybody(world.app, lambda: 60.0)
    found = [due.message for due in world.queue.waiting][before:]
    assert len(found) == sent
    return found


def waits(world: World) -> list[str]:
    """What the overview says to stand still."""
    found = marketing_now(world.app, TENANT).waits
    return [one.key for one in found if one.what is Trouble.STILL]


def test_a_recompute_whose_message_is_lost_goes_on_after_a_quarter_of_an_hour(
    world: World,
) -> None:
    begun = choose_fields(world.app, TENANT, FIELDS, "Ada").recompute
    assert begun is not None
    lose_messages(world)
    wait(world, STILL - SECOND)
    assert rung(world) == []
    wait(world, SECOND)
    ring = Relist(TENANT, recompute=begun.recompute_id)
    assert rung(world) == [ring]
    wait(world, STILL)
    assert rung(world)[-1:] == [ring], "the same one, as often as it takes"
    world.drain()
    last = world.store.list_settings(TENANT).recompute
    assert last is not None
    assert (last.recompute_id, last.people) == (begun.recompute_id, 5)
    assert last.finished_at is not None
    check_lists(world.store)
    wait(world, 9 * STILL)
    assert rung(world) == []


def test_one_that_moves_is_left_alone_however_long_it_takes(world: World) -> None:
    begun = choose_fields(world.app, TENANT, FIELDS, "Ada").recompute
    assert begun is not None
    lose_messages(world)
    for people in (1, 2, 3):
        wait(world, STILL - SECOND)
        assert recompute_page(world.app, TENANT, begun.recompute_id, 1)
        recompute = world.store.list_settings(TENANT).recompute
        assert recompute is not None
        assert recompute.people == people
    wait(world, STILL - SECOND)
    assert rung(world) == []
    assert waits(world) == []
    wait(world, SECOND)
    assert len(rung(world)) == 1


def test_rules_that_were_changed_and_never_begun_with_are_rung_for(world: World) -> None:
    """Who changed them died after writing them, and what was to find that is lost."""
    choose_fields(world.app, TENANT, FIELDS, "Ada")
    world.drain()
    rule = {"match": "all", "parts": []}
    made = add_segment(world.app, TENANT, "s", "Everybody", rule, "Bea")
    lose_messages(world)
    settings = world.store.list_settings(TENANT)
    assert settings.recompute is not None
    over = replace(settings.recompute, segments=0, finished_at=world.clock.now())
    world.store.save_list_settings(replace(settings, recompute=over))
    wait(world, STILL)
    assert len(rung(world)) == 1
    world.drain()
    assert world.store.lists(TENANT, [made.list_id])[made.list_id].members == 5


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_rescore_whose_message_is_lost_goes_on_whether_or_not_it_has_begun(
    world: World, monkeypatch: pytest.MonkeyPatch, has_begun: bool
) -> None:
    rule = {"match": "all", "parts": [visited("/pricing")]}
    segment = add_segment(world.app, TENANT, "s", "Looked", rule, "Bea")
    while world.store.list_settings(TENANT).is_going:
        message = world.queue.pop_next()
        assert message is not None
        if isinstance(message, Relist):
            world.handle(message)
    lose_messages(world)
    if has_begun:
        with monkeypatch.context() as patched:
            patched.setattr(world.store, "scored_people", _breaks)
            generation = world.store.scoring_rules(TENANT).generation
            with pytest.raises(ZeroDivisionError):
                world.handle(Rescore(TENANT, generation=generation))
    assert (world.store.rescoring(TENANT) is not None) is has_begun
    wait(world, STILL - SECOND)
    assert rung(world) == []
    wait(world, SECOND)
    generation = world.store.scoring_rules(TENANT).generation
    assert waits(world) == ["scores"]
    assert rung(world) == [Rescore(TENANT, generation=generation)]
    assert unsettled_among(world.app, TENANT, [segment.list_id])
    world.drain()
    assert not unsettled_among(world.app, TENANT, [segment.list_id])
    wait(world, STILL)
    assert rung(world) == []


def _breaks(*_: object) -> None:
    raise ZeroDivisionError


def test_of_two_that_go_on_at_once_one_ends_and_nobody_is_done_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = choose_fields(world.app, TENANT, FIELDS, "Ada").recompute
    assert begun is not None
    lose_messages(world)
    real = world.store.save_list_settings
    also = iter([True])

    def save(settings: object) -> object:
        if next(also, False):
            assert recompute_page(world.app, TENANT, begun.recompute_id, 2)
        return real(settings)  # type: ignore[arg-type]

    monkeypatch.setattr(world.store, "save_list_settings", save)
    assert not recompute_page(world.app, TENANT, begun.recompute_id, 2), "the other goes on"
    while recompute_page(world.app, TENANT, begun.recompute_id, 2):
        pass
    last = world.store.list_settings(TENANT).recompute
    assert last is not None
    assert last.people == 5


def test_of_two_rescores_that_go_on_at_once_one_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in world.store.list_people(TENANT, "", 9).items:
        subject = SubjectId(one.person_id)
        record_activities(world.app, TENANT, subject, [did(one.person_id, one.person_id)])
    world.drain()
    monkeypatch.setattr("funnel.usecases.work.work_rescore.PAGE", 2)
    change_scoring(world.app, TENANT, lambda rules: rules, "Ada", anew=True)
    lose_messages(world)
    message = Rescore(TENANT, generation=world.store.scoring_rules(TENANT).generation)
    real, also, saved = world.store.save_rescoring, iter([False, True]), []

    def save(rescoring: Rescoring) -> Rescoring:
        if next(also, False):
            left = iter([1.0])
            work_rescore(world.app, message, lambda: next(left, 0.0))
        saved.append(real(rescoring))
        return saved[-1]

    monkeypatch.setattr(world.store, "save_rescoring", save)
    work_rescore(world.app, message, lambda: 60.0)
    assert [one.people for one in saved] == [0, 2], "the other one goes on"
    (left,) = world.queue.waiting
    assert left.message == message
    world.drain()
    done = world.store.rescoring(TENANT)
    assert done is not None
    assert (done.people, done.finished_at is not None) == (5, True)


def test_who_loses_to_a_change_of_the_settings_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = choose_fields(world.app, TENANT, FIELDS, "Ada").recompute
    assert begun is not None
    real = world.store.save_list_settings
    also = iter([True])

    def save(settings: object) -> object:
        if next(also, False):
            now = world.store.list_settings(TENANT)
            real(replace(now, labels={"lead_source": {"Fair": "A fair"}}))
        return real(settings)  # type: ignore[arg-type]

    monkeypatch.setattr(world.store, "save_list_settings", save)
    assert recompute_page(world.app, TENANT, begun.recompute_id, 2)


def test_the_overview_says_since_when_it_stands_still_and_no_more_when_it_moves(
    world: World,
) -> None:
    choose_fields(world.app, TENANT, FIELDS, "Ada")
    lose_messages(world)
    begun = world.clock.now()
    assert waits(world) == []
    wait(world, STILL)
    (one,) = marketing_now(world.app, TENANT).waits
    assert one == Waits(Trouble.STILL, "lists", since=begun)
    rung(world)
    world.drain()
    assert waits(world) == []


def test_what_there_is_no_time_for_is_left_to_the_next_round(world: World) -> None:
    choose_fields(world.app, TENANT, FIELDS, "Ada")
    change_scoring(world.app, TENANT, lambda rules: rules, "Ada", anew=True)
    lose_messages(world)
    wait(world, STILL)
    assert ring_for_everybody(world.app, lambda: 0.0) == 0
    assert len(rung(world)) == 2


def test_a_tenant_whose_rows_a_newer_release_wrote_holds_up_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    choose_fields(world.app, TENANT, FIELDS, "Ada")
    lose_messages(world)
    wait(world, STILL)
    connection = world.store.connection(TENANT)
    assert connection is not None
    world.store.save_connection(replace(connection, tenant=NEWER, version=0))
    whole = world.store.list_settings

    def list_settings(tenant: TenantId) -> object:
        if tenant == NEWER:
            raise WrittenByNewer("This was written by a newer release.")
        return whole(tenant)

    monkeypatch.setattr(world.store, "list_settings", list_settings)
    assert len(rung(world)) == 1
    assert [getattr(one, "tenant", "") for one in caplog.records] == [NEWER]
