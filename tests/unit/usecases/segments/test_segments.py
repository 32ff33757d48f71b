"""Who is in a segment follows whatever its rule is about."""

from datetime import timedelta

import pytest

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import Module
from funnel.domain.segments.segments import Group, Match
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.lists.keep_lists import make_list, put_on_list, take_off_list
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.segments.explain_segment import why_in_segment
from funnel.usecases.segments.keep_segments import (
    add_segment,
    change_segment,
    checked_segment_rule,
    delete_segment,
    retire_segment,
)
from funnel.usecases.segments.start_segments import start_segments
from funnel.usecases.segments.view_segment import segment_view
from funnel.usecases.segments.view_segment_preview import preview_of_segment, start_preview
from tests.fakes.world import TENANT, World
from tests.unit.usecases.segments.segmenting import (
    BY,
    company,
    names_in,
    person,
    segment,
    test_of,
    views,
    visited,
)
from tests.unit.usecases.target_lists.target_lists import read, row


@pytest.fixture
def world() -> World:
    return company()


def later(world: World) -> None:
    """An hour passes, and the hourly sync comes."""
    world.clock.advance(3_600)
    world.sync()


def days_pass(world: World, days: int) -> None:
    """So many days pass, and the schedule comes."""
    world.clock.advance(days * 86_400)
    start_segments(world.app, lambda: 60.0)
    world.drain()


def test_a_new_segment_has_everybody_of_whom_its_rule_is_true(world: World) -> None:
    made = segment(world, "Bonn", test_of("city", "is", "bonn"))
    assert names_in(world, made.list_id) == {"Pia"}
    assert world.store.list_settings(TENANT).recompute.finished_at  # type: ignore[union-attr]


def test_a_changed_rule_moves_everybody(world: World) -> None:
    made = segment(world, "Bonn", test_of("city", "is", "bonn"))
    rule = {"match": "none", "parts": [test_of("city", "is", "Bonn")]}
    change_segment(world.app, TENANT, made.list_id, BY, rule=rule)
    world.drain()
    assert names_in(world, made.list_id) == {"Ott", "Rau"}


def test_an_edit_here_moves_the_person(world: World) -> None:
    made = segment(world, "Bonn", test_of("city", "is", "bonn"))
    edit_person(world.app, TENANT, person(world, "Ott"), {"city": "Bonn"}, BY)
    world.drain()
    assert names_in(world, made.list_id) == {"Ott", "Pia"}


def test_opportunities_and_accounts_of_sugar_move_their_people(world: World) -> None:
    large = segment(world, "Large", test_of("amount", "is at least", "1000"))
    rich = segment(world, "Rich", test_of("account_annual_revenue", "is at least", "1000000"))
    assert names_in(world, large.list_id) == set()
    assert names_in(world, rich.list_id) == {"Rau"}
    world.sugar.put(Module.OPPORTUNITIES, "o0", amount="1500.00")
    world.sugar.put(Module.ACCOUNTS, "a0", name="Nord", annual_revenue="900")
    later(world)
    assert names_in(world, large.list_id) == {"Rau"}
    assert names_in(world, rich.list_id) == set()


def test_consent_moves_the_person(world: World) -> None:
    made = segment(world, "May be written to", test_of("consent", "is", "yes"))
    assert names_in(world, made.list_id) == {"Ott", "Pia", "Rau"}
    who = person(world, "Ott")
    unsubscribe(world.app, TENANT, who, "ott@x.test", Said(BY))
    world.drain()
    assert names_in(world, made.list_id) == {"Pia", "Rau"}


def test_what_people_do_moves_them_and_days_move_them_back(world: World) -> None:
    made = segment(world, "Looked twice", visited("/pricing*", least=2, days=7))
    who = person(world, "Ott")
    views(world, who, "/pricing")
    assert names_in(world, made.list_id) == set()
    views(world, who, "/pricing/plans")
    views(world, who, "/jobs")
    assert names_in(world, made.list_id) == {"Ott"}
    days_pass(world, 6)
    assert names_in(world, made.list_id) == {"Ott"}
    days_pass(world, 1)
    assert names_in(world, made.list_id) == set()
    assert list(world.store.due_standings(world.clock.now(), 9).items) == []


def test_what_was_done_before_a_segment_is_counted_too(world: World) -> None:
    views(world, person(world, "Ott"), "/pricing")
    made = segment(world, "Looked", visited("/pricing*"))
    assert names_in(world, made.list_id) == {"Ott"}


def test_the_score_moves_the_person(world: World) -> None:
    made = segment(world, "Warm", test_of("score", "is at least", "5"))
    views(world, person(world, "Ott"), "/pricing")
    assert names_in(world, made.list_id) == {"Ott"}


def test_time_alone_moves_people(world: World) -> None:
    made = segment(world, "New", test_of("created_at", "was in the last days", "3"))
    assert names_in(world, made.list_id) == {"Ott", "Pia", "Rau"}
    days_pass(world, 2)
    assert len(names_in(world, made.list_id)) == 3
    days_pass(world, 1)
    assert names_in(world, made.list_id) == set()


def test_lists_made_by_hand_move_the_segments_that_ask_for_them(world: World) -> None:
    friends = make_list(world.app, TENANT, "k", "Friends", BY)
    made = segment(world, "On it", {"test": "list", "list": friends.list_id})
    who = person(world, "Ott")
    assert put_on_list(world.app, TENANT, friends.list_id, [who, who]) == 1
    assert put_on_list(world.app, TENANT, friends.list_id, [who]) == 0
    assert names_in(world, friends.list_id) == names_in(world, made.list_id) == {"Ott"}
    assert take_off_list(world.app, TENANT, friends.list_id, [who]) == 1
    assert names_in(world, friends.list_id) == names_in(world, made.list_id) == set()


def test_target_lists_of_sugar_move_the_segments_that_ask_for_them(world: World) -> None:
    world.sugar.put_list("fair", "Fair").add(Module.LEADS, "l0")
    read(world, "Ada")
    fair = row(world)
    made = segment(world, "At the fair", {"test": "list", "list": fair.list_id})
    other = segment(world, "Not there", {"test": "list", "list": fair.list_id}, match="none")
    assert names_in(world, made.list_id) == {"Ott"}
    world.sugar.put_list("fair", "Fair").add(Module.LEADS, "l1")
    world.sugar.put_list("fair", "Fair").drop(Module.LEADS, "l0")
    world.clock.advance(3_600)
    read(world, "Ada")
    assert names_in(world, made.list_id) == {"Pia"}
    assert names_in(world, other.list_id) == {"Ott", "Rau"}


def test_who_is_merged_takes_what_it_was_put_on_along(world: World) -> None:
    friends = make_list(world.app, TENANT, "k", "Friends", BY)
    rau, pia = person(world, "Rau"), person(world, "Pia")
    put_on_list(world.app, TENANT, friends.list_id, [rau])
    world.sugar.put(Module.LEADS, "l1", last_name="Pia", email1="rau@x.test")
    later(world)
    # The Lead came first, so that the Contact's person is merged into that of the Lead.
    assert world.store.people(TENANT, [rau])[rau].merged_into == pia
    assert names_in(world, friends.list_id) == {"Rau"}
    assert world.store.standings(TENANT, [pia])[pia].absorbed == {rau}
    assert put_on_list(world.app, TENANT, friends.list_id, [rau]) == 0


def test_taken_off_is_who_was_put_on_before_being_merged_too(world: World) -> None:
    friends = make_list(world.app, TENANT, "k", "Friends", BY)
    put_on_list(world.app, TENANT, friends.list_id, [person(world, "Rau")])
    world.sugar.put(Module.LEADS, "l1", last_name="Pia", email1="rau@x.test")
    later(world)
    assert take_off_list(world.app, TENANT, friends.list_id, [person(world, "Rau")]) == 1
    world.drain()
    assert names_in(world, friends.list_id) == set()
    later(world)
    assert names_in(world, friends.list_id) == set()


def test_a_retired_segment_has_nobody_until_it_is_back(world: World) -> None:
    made = segment(world, "Bonn", test_of("city", "is", "bonn"))
    retire_segment(world.app, TENANT, made.list_id, BY, retired=True)
    world.drain()
    assert names_in(world, made.list_id) == set()
    retire_segment(world.app, TENANT, made.list_id, BY, retired=False)
    world.drain()
    assert names_in(world, made.list_id) == {"Pia"}


def test_a_deleted_segment_is_gone_and_nobody_is_on_it(world: World) -> None:
    made = segment(world, "Bonn", test_of("city", "is", "bonn"))
    delete_segment(world.app, TENANT, made.list_id, BY)
    world.drain()
    assert world.store.lists(TENANT, [made.list_id]) == {}
    assert names_in(world, made.list_id) == set()
    with pytest.raises(NotFound):
        delete_segment(world.app, TENANT, made.list_id, BY)


def test_a_segment_cannot_ask_for_another_or_for_what_is_not_there(world: World) -> None:
    made = segment(world, "Bonn", test_of("city", "is", "bonn"))
    for wrong in (made.list_id, "nothing"):
        rule = {"parts": [{"parts": [{"test": "list", "list": wrong}]}]}
        with pytest.raises(InputInvalid) as caught:
            add_segment(world.app, TENANT, "k2", "Loop", rule, BY)
        assert caught.value.field == "parts.0.parts.0.list"


def test_somebody_in_many_segments_gets_there_in_steps(world: World) -> None:
    for n in range(100):
        rule = {"parts": [test_of("city", "is", "Bonn", str(n))]}
        add_segment(world.app, TENANT, f"k{n}", f"S{n}", rule, BY)
    world.drain()
    pia = person(world, "Pia")
    assert len(world.store.standings(TENANT, [pia])[pia].lists) == 100


def test_why_somebody_is_in_a_segment_is_told_part_by_part(world: World) -> None:
    who = person(world, "Rau")
    views(world, who, "/pricing")
    made = segment(
        world, "Deals", test_of("sales_stage", "is", "Prospecting"), visited("/pricing*", least=2)
    )
    why = why_in_segment(world.app, TENANT, made.list_id, who)
    assert (why.is_member, why.rule.is_true, why.is_behind) == (False, False, False)
    stage, pages = why.rule.parts
    assert (stage.is_true, stage.found) == (True, ("Prospecting",))
    assert (pages.is_true, pages.found) == (False, ("1",))
    assert pages.words == "visited /pricing* at least 2 times"


def test_a_segment_says_until_when_it_is_not_worked_out(world: World) -> None:
    views(world, person(world, "Ott"), "/pricing")
    rule = {"parts": [visited("/pricing*")]}
    made = add_segment(world.app, TENANT, "k", "Looked", rule, BY)
    view = segment_view(world.app, TENANT, made.list_id)
    assert (view.is_counted, view.looked_at, view.is_settled) == (False, 0, False)
    assert view.words == "visited /pricing*"
    assert view.rule["parts"][0]["page"] == "/pricing*"
    world.drain()
    assert segment_view(world.app, TENANT, made.list_id).is_settled


def test_a_preview_counts_what_is_not_counted_yet(world: World) -> None:
    views(world, person(world, "Ott"), "/pricing")
    writes = world.store.list_writes
    rule = {"parts": [visited("/pricing*")]}
    preview = start_preview(world.app, TENANT, checked_segment_rule(world.app, TENANT, rule), BY)
    world.drain()
    found = preview_of_segment(world.app, TENANT, preview.job_id)
    assert (found.count, found.looked_at, found.is_whole) == (1, 3, True)
    assert [one.name for one in found.members] == ["Ott"]
    assert world.store.list_writes == writes


def test_a_preview_answers_at_once_and_goes_on_in_the_background(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.segments.preview_segment.FIRST", 1)
    monkeypatch.setattr("funnel.usecases.segments.preview_segment._PAGE", 1)
    first = start_preview(world.app, TENANT, Group(), BY)
    assert (first.count, first.looked_at, first.is_whole) == (1, 1, False)
    start_preview(world.app, TENANT, Group(Match.ANY), BY, instead_of=first.job_id)
    world.drain()
    found = preview_of_segment(world.app, TENANT, first.job_id)
    assert (found.count, found.is_whole) == (1, False)


def test_what_nobody_asks_for_is_not_looked_at_again(world: World) -> None:
    segment(world, "Looked", visited("/pricing*", days=7))
    who = person(world, "Ott")
    views(world, who, "/pricing")
    due = world.store.standings(TENANT, [who])[who].recheck_at
    assert due is not None
    assert due - world.clock.now() <= timedelta(days=7)
    writes = world.store.list_writes
    views(world, who, "/jobs")
    assert world.store.list_writes == writes


def test_a_segment_made_again_under_its_key_stays_as_it_is(world: World) -> None:
    made = segment(world, "Bonn", test_of("city", "is", "bonn"))
    again = add_segment(world.app, TENANT, "Bonn", "Other", {"parts": []}, BY)
    assert (again.list_id, again.name) == (made.list_id, "Bonn")
