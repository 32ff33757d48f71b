"""What pages say while Sugar does not answer, while nothing is written, and when all is well again."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

import pytest

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.comparison import MOST_REVIVALS
from funnel.domain.sync.runs import JobStatus, Note, RunStatus
from funnel.ports.listing import Listing
from funnel.usecases.connecting.connection import change_connection, connection_of
from tests.browser.world import EMPTY, FULL, NOW, RUNNING, World
from tests.unit.web.asking import Client, signed_in

BUSY = Note("SugarBusy", "“127.0.0.1” asks us to slow down (HTTP 503).")
SINCE = NOW - timedelta(minutes=20)
SAFE = "Nothing is lost: the sync goes on where it stopped"


def wait(world: World, next_try: datetime | None, note: Note = BUSY) -> None:
    world.save_run(
        RUNNING,
        connection_id=connection_of(world.app, RUNNING).connection_id,
        status=RunStatus.STALLED,
        note=note,
        waits_since=SINCE,
        next_try=next_try,
    )


def text_of(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def german(client: Client, path: str) -> str:
    return text_of(client.get(path, accept_language="de").text)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MARKETER])
@pytest.mark.parametrize("path", ["/app", "/app/live/state"])
def test_the_overview_says_since_when_sugar_does_not_answer_and_when_it_is_tried_again(
    world: World, role: Role, path: str
) -> None:
    wait(world, NOW + timedelta(minutes=8))
    client = signed_in(world, RUNNING, role)
    shown = text_of(client.get(path).text)
    assert "Sugar has not answered properly since 2026-11-24 10:22 UTC (20 minutes ago)" in shown
    assert "It is tried again at 2026-11-24 10:50 UTC." in shown
    assert SAFE in shown
    assert "Counting what there is to read" not in shown
    assert "Syncing with Sugar" not in shown
    assert ("Try again now" in shown) is (role is Role.ADMIN)
    assert ("An admin can look at it." in shown) is (role is Role.MARKETER)
    wait(world, NOW - timedelta(seconds=1))
    assert "It is being tried again now." in text_of(client.get(path).text)


def test_what_waits_for_something_else_is_not_said_to_be_sugar(world: World) -> None:
    wait(world, None, Note("Unexpected", "A fault in Funnel stopped this run (KeyError)."))
    shown = text_of(signed_in(world, RUNNING).get("/app").text)
    assert "The sync has not got on since" in shown
    assert "Sugar has not answered" not in shown
    assert "firewall" not in shown


def test_sync_says_what_to_do_and_tries_again_at_once(world: World) -> None:
    wait(world, NOW + timedelta(minutes=40))
    until = NOW + timedelta(hours=1)
    change_connection(world.app, RUNNING, lambda c: replace(c, open_until=until, failures=1))
    admin = signed_in(world, RUNNING)
    shown = text_of(admin.get("/setup/sync").text)
    assert BUSY.text in shown
    assert SAFE in shown
    assert "Look whether Sugar can be opened" in shown
    admin.send("/setup/sync/start", kind="incremental")
    run = world.store.open_run(RUNNING)
    assert run is not None
    assert (run.status, run.attempt, run.waits_since) == (RunStatus.RUNNING, 0, SINCE)
    assert not world.store.asks(RUNNING, run.run_id).again
    assert connection_of(world.app, RUNNING).open_until is None
    assert "It is being tried again now." in text_of(admin.get("/setup/sync/live").text)


def test_a_full_sync_asked_for_while_one_waits_is_not_forgotten(world: World) -> None:
    wait(world, NOW + timedelta(minutes=40))
    signed_in(world, RUNNING).send("/setup/sync/start", kind="full")
    run = world.store.open_run(RUNNING)
    assert run is not None
    assert run.status is RunStatus.RUNNING
    assert world.store.asks(RUNNING, run.run_id).again


def test_why_a_run_waits_is_said_in_the_readers_language(world: World) -> None:
    wait(world, NOW + timedelta(minutes=8))
    admin = signed_in(world, RUNNING)
    for path in ("/app", "/setup/sync"):
        shown = german(admin, path)
        assert "„127.0.0.1“ bittet uns, langsamer zu sein (HTTP 503)." in shown
        assert "Nächster Versuch: " in shown
        assert "slow down" not in shown
    world.save_run(RUNNING, status=RunStatus.FAILED, finished_at=NOW)
    assert "bittet uns, langsamer zu sein" in german(admin, "/setup/sync")


@pytest.mark.parametrize(
    "path", ["/app", "/app/live/state", "/setup/sync", "/setup/sync/compare", "/setup/connection"]
)
def test_after_a_restore_it_is_said_that_nothing_is_written_and_what_ends_it(
    world: World, path: str
) -> None:
    admin, held = signed_in(world, FULL), "Nothing has been written to Sugar since"
    assert held not in text_of(admin.get(path).text)
    change_connection(world.app, FULL, lambda c: replace(c, held_since=SINCE, read_only=False))
    shown = text_of(admin.get(path).text)
    assert f"{held} 2026-11-24 10:22 UTC" in shown
    assert "when a comparison of both sides has read every module" in shown
    assert "and may write to it" not in shown
    if path.startswith("/app"):
        marketer = signed_in(world, FULL, Role.MARKETER)
        assert "An admin compares both sides" in text_of(marketer.get(path).text)


def test_nothing_is_said_to_be_well_while_records_are_held_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = signed_in(world, FULL)
    shown = admin.get("/setup/sync").text
    assert "hero warn" in shown
    assert "Nothing to do right now" not in shown
    assert "wait for a correction in Sugar" in shown
    state = admin.get("/app").text
    assert "state-line warn" in state
    assert "Some records are held back" in state
    monkeypatch.setattr(world.store, "list_errors", lambda *_, **__: Listing([], ""))
    assert "Nothing to do right now" in admin.get("/setup/sync").text
    assert "In step with Sugar" in admin.get("/app").text


def places(page: str) -> list[int]:
    return [page.index(f'id="{name}"') for name in ("state", "marketing", "live")]


@pytest.mark.parametrize("tenant", [FULL, RUNNING])
def test_what_a_marketer_looks_for_stays_above_the_cards_of_the_sync(
    world: World, tenant: TenantId
) -> None:
    if tenant is FULL:
        signed_in(world, FULL).send("/setup/sync/start", kind="full")
    shown = signed_in(world, tenant, Role.MARKETER).get("/app").text
    assert places(shown) == sorted(places(shown))
    large = 'class="hero busy"' in shown
    assert large is (tenant is RUNNING)
    assert ('class="state-line busy"' in shown) is (tenant is FULL)


def test_a_comparison_that_waits_for_sugar_can_be_tried_at_once_and_cancelled(
    world: World,
) -> None:
    found = world.store.comparison(RUNNING)
    assert found is not None
    soon = NOW + timedelta(minutes=4)
    world.store.save_comparison(
        replace(
            found, status=JobStatus.RUNNING, changed_at=NOW, attempt=3, note=BUSY, next_try=soon
        )
    )
    admin = signed_in(world, RUNNING)
    page = admin.get("/setup/sync/compare").text
    shown = text_of(page)
    assert BUSY.text in shown
    assert "It is tried again at 2026-11-24 10:46 UTC." in shown
    assert 'action="/setup/sync/compare/start"' in page
    assert admin.send("/setup/sync/compare/start").status == 303
    tried = world.store.comparison(RUNNING)
    assert tried is not None
    assert (tried.comparison_id, tried.attempt) == (found.comparison_id, 0)
    assert "It is being tried again now." in text_of(admin.get("/setup/sync/compare/live").text)
    assert 'action="/setup/sync/compare/cancel"' in admin.get("/setup/sync/compare").text
    assert admin.send("/setup/sync/compare/cancel").status == 303
    page = admin.get("/setup/sync/compare").text
    assert "cancelled it." in text_of(page)
    assert "Compare now" in text_of(page)
    assert admin.call("POST", "/api/setup/comparison/cancel").json["status"] == "failed"


def test_a_comparison_that_sugar_ended_says_when_it_goes_on(world: World) -> None:
    found = world.store.comparison(RUNNING)
    assert found is not None
    broken = Note("SugarReplyBroken", "The reply was cut off.")
    goes_on = "goes on by itself where it stopped when a sync has succeeded"
    for note, revived, said in ((BUSY, 0, True), (BUSY, MOST_REVIVALS, False), (broken, 0, False)):
        ended = replace(found, status=JobStatus.FAILED, note=note, revived=revived)
        found = world.store.save_comparison(ended)
        shown = text_of(signed_in(world, RUNNING).get("/setup/sync/compare").text)
        assert (goes_on in shown) is said
        assert "Compare now" in shown


def test_a_comparison_whose_worker_is_gone_can_be_begun_anew(world: World) -> None:
    world.clock.advance(3_600)
    page = signed_in(world, RUNNING).get("/setup/sync/compare").text
    assert "The comparison has stopped" in page
    assert "Compare now" in page
    assert "Both sides agree" not in page


def test_without_a_connection_there_is_one_way_to_go(world: World) -> None:
    shown = signed_in(world, EMPTY).get("/app").text
    assert shown.count("Connect your Sugar to begin") == 1
