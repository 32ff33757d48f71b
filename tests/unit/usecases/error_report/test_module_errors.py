"""Trouble that persists reaches the error report, closes by itself, and passing trouble never does."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from funnel.domain.errors import ModuleMissing, SugarUnavailable
from funnel.domain.ids import Module
from funnel.domain.sync.records import SyncError
from funnel.domain.sync.runs import RunKind, RunStatus
from tests.fakes.world import TENANT, World


@pytest.fixture
def world() -> World:
    world = World()
    world.connect()
    world.sugar.put(Module.LEADS, "l", last_name="Ott")
    return world


def rows(world: World) -> list[SyncError]:
    return list(world.store.list_errors(TENANT, 100).items)


def failing(times: int, error: Callable[[], Exception], name: str = "read Leads") -> object:
    left = [times]

    def call(called: str) -> None:
        if called == name and left[0]:
            left[0] -= 1
            raise error()

    return call


def away() -> Exception:
    return SugarUnavailable("Sugar did not answer.")


def test_a_refused_module_is_a_row_that_closes_when_the_module_is_read(world: World) -> None:
    def refuse(name: str) -> None:
        if name.endswith("Leads"):
            raise ModuleMissing("Leads is not on this server.")

    world.sugar.before_call = refuse
    world.sync(RunKind.INITIAL)
    (row,) = rows(world)
    assert (str(row.record), row.code) == ("Leads/", "ModuleRefused")
    assert row.value == "Leads is not on this server."
    world.clock.advance(3_600)
    world.sync()
    (again,) = rows(world)
    assert again.first_seen == row.first_seen
    assert again.last_seen - row.last_seen >= timedelta(hours=1)
    world.sugar.before_call = lambda _name: None
    world.sync()
    assert rows(world) == []


def test_a_stalled_run_is_a_row_that_closes_when_sugar_answers_again(world: World) -> None:
    world.sugar.before_call = failing(100, away)  # type: ignore[assignment]
    world.sync(RunKind.INITIAL)
    run = world.store.open_run(TENANT)
    assert run is not None
    assert run.status is RunStatus.STALLED
    (row,) = rows(world)
    assert (str(row.record), row.code, row.value) == (
        "Leads/",
        "SugarAway",
        "Sugar did not answer.",
    )
    world.sugar.before_call = lambda _name: None
    world.clock.advance(3_700)
    world.sync()
    assert rows(world) == []


@pytest.mark.parametrize("times", [1, 6])
def test_trouble_that_passes_within_the_tries_is_never_a_row(world: World, times: int) -> None:
    world.sugar.before_call = failing(times, away)  # type: ignore[assignment]
    start = world.store.writes
    world.sync(RunKind.INITIAL)
    assert world.store.open_run(TENANT) is None
    assert rows(world) == []
    assert world.store.writes > start


def test_a_module_that_is_no_longer_pulled_leaves_the_report(world: World) -> None:
    def refuse(name: str) -> None:
        if name.endswith("Leads"):
            raise ModuleMissing("Leads is not on this server.")

    world.sugar.before_call = refuse
    world.sync(RunKind.INITIAL)
    assert len(rows(world)) == 1
    world.change(modules=tuple(m for m in Module if m is not Module.LEADS))
    world.clock.advance(86_400)
    world.sync()
    assert rows(world) == []


def test_the_nightly_look_reads_no_record_without_an_id(world: World) -> None:
    def refuse(name: str) -> None:
        if name == "read Leads":
            raise ModuleMissing("Leads is not on this server.")

    world.sugar.before_call = refuse
    world.sync(RunKind.INITIAL)
    world.clock.advance(86_400)
    before = len(world.sugar.calls)
    world.sync()
    assert "by_ids Leads" not in world.sugar.calls[before:]
    assert len(rows(world)) == 1
