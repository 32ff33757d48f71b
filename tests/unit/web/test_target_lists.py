"""The pages and API functions of Target Lists."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.crm import IdRange
from funnel.domain.ids import ListId, Module
from funnel.domain.lists.target_lists import Part
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import Note
from funnel.ports.sync_messages import ReadTargetLists
from tests.browser.world import EMPTY, FULL, NOW, REFUSED, World
from tests.unit.web.asking import Client, signed_in


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def test_the_page_shows_each_list_with_its_type_and_state(marketer: Client) -> None:
    text = marketer.get("/app/target-lists").text
    for told in (
        "Trade fair Hannover 2026",
        "96,310",
        "suppresses mail",
        "no longer in Sugar",
        "in step",
        "could not be read",
        "partly read",
        "not read yet",
        "7 members are not here yet",
    ):
        assert told in text, told
    assert "&lt;2027&gt;" in text


def test_a_list_says_what_was_skipped_what_waits_and_why(marketer: Client) -> None:
    text = marketer.get("/app/target-lists/fair").text
    assert "2 users, 31 accounts" in text
    assert 'href="/app/lists/fair"' in text
    assert "7 members are not here yet" in text
    assert "not read yet, or left out by the module" in text
    assert "module=ProspectLists&amp;action=DetailView&amp;record=fair" in text


def test_a_list_that_is_read_less_often_and_one_that_could_not_be_read_say_so(
    marketer: Client,
) -> None:
    assert "takes 42 minutes" in marketer.get("/app/target-lists/news").text
    assert "does not show this Target List any more" in marketer.get("/app/target-lists/gone").text


def test_lists_that_are_none_of_sugars_or_another_tenants_are_not_found(world: World) -> None:
    assert signed_in(world, FULL).get("/app/target-lists/nothing").status == 404
    assert signed_in(world, REFUSED).get("/app/target-lists/fair").status == 404
    assert signed_in(world, REFUSED).get("/api/app/target-lists/fair").status == 404


def test_an_empty_page_says_what_to_do(world: World, newcomer: Client) -> None:
    assert "No Sugar is connected yet" in newcomer.get("/app/target-lists").text
    assert "No Target Lists yet" in signed_in(world, REFUSED).get("/app/target-lists").text


def test_the_button_asks_for_a_round_and_a_second_one_at_once_is_refused(
    world: World, marketer: Client
) -> None:
    assert marketer.send("/app/target-lists/round").status == 303
    assert world.queue.pop() == ReadTargetLists(FULL, "Mo Sandberg")
    again = marketer.send("/app/target-lists/round")
    assert again.status == 409
    assert "asked for a moment ago" in again.text
    assert world.queue.pop() is None


def test_the_api_asks_for_a_round_and_tells_when_the_next_is(
    world: World, marketer: Client
) -> None:
    answer = marketer.call("POST", "/api/app/target-lists/round")
    assert answer.status == 202
    assert world.queue.pop() == ReadTargetLists(FULL, "Mo Sandberg")
    told = marketer.get("/api/app/target-lists/round").json
    assert told["lists"] == 6
    assert told["next_at"] > NOW.isoformat()
    found = marketer.get("/api/app/target-lists").json["items"]
    assert len(found) == 6
    one = marketer.get("/api/app/target-lists/fair").json
    assert one["source"]["skipped"] == {"Users": 2, "Accounts": 31}
    assert one["source"]["waiting_count"] == 7


def test_a_paused_connection_takes_no_round_and_has_none_planned(
    world: World, marketer: Client
) -> None:
    connection = world.store.connection(FULL)
    assert connection is not None
    pause = Pause(PauseReason.ADMIN, NOW, "Ada")
    world.store.save_connection(replace(connection, pause=pause))
    answer = marketer.call("POST", "/api/app/target-lists/round")
    assert answer.status == 409
    assert world.queue.pop() is None
    assert marketer.get("/api/app/target-lists/round").json["next_at"] is None
    assert signed_in(world, EMPTY).call("POST", "/api/app/target-lists/round").status == 404


def test_a_list_that_is_being_written_says_how_far_it_is(world: World, marketer: Client) -> None:
    reading = world.store.list_reading(FULL, ListId("fair"))
    assert reading is not None
    world.store.save_list_reading(
        replace(
            reading,
            parts=(Part(Module.LEADS, IdRange(None, "7f"), 1_200, "0a"), Part(Module.LEADS)),
            lease_owner="worker",
            lease_until=NOW + timedelta(seconds=100),
        )
    )
    assert "being read: 1,200 so far" in marketer.get("/app/target-lists/live").text
    world.clock.advance(200)
    assert "so far" not in marketer.get("/app/target-lists/live").text


def test_a_round_that_failed_says_why(world: World, marketer: Client) -> None:
    told = world.store.lists_round(FULL)
    assert told is not None
    note = Note("NoRight", "Sugar does not let our user read Target Lists.", "Give the right.")
    world.store.save_lists_round(replace(told, note=note))
    world.clock.advance(timedelta(minutes=1).total_seconds())
    text = marketer.get("/app/target-lists/live").text
    assert "Sugar does not let our user read Target Lists." in text
