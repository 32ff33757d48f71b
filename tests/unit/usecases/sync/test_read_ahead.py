"""Pages read before their turn: the right ones, and none left under way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest

from funnel.domain.crm import Page, Window
from funnel.domain.errors import SugarUnavailable
from funnel.domain.ids import Module
from funnel.domain.sync.runs import RunKind, RunWindow
from funnel.ports.crm import Crm
from funnel.usecases.sync.read_ahead import ReadAhead, ReadPage, taking_turns
from tests.fakes.system import START, AtOnce
from tests.fakes.world import TENANT, World

FIRST, SECOND = (RunWindow(Module.LEADS, name, Window()) for name in ("r.000", "r.001"))


class Reading:
    """Reads pages, and remembers which."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.error: Exception | None = None

    def __call__(self, window: RunWindow) -> ReadPage:
        self.read.append(window.window_id)
        if self.error:
            raise self.error
        return ReadPage(Page([], START, START), is_full=False)


def test_a_page_read_ahead_is_handed_out_in_its_turn_and_not_read_again() -> None:
    reading = Reading()
    pages = ReadAhead(AtOnce(), reading)
    pages.begin(SECOND)
    pages.page(FIRST)
    pages.page(SECOND)
    assert reading.read == ["r.001", "r.000"]
    pages.page(SECOND)
    assert reading.read == ["r.001", "r.000", "r.001"]


def test_a_window_of_another_module_with_the_same_name_is_another_window() -> None:
    reading = Reading()
    pages = ReadAhead(AtOnce(), reading)
    pages.begin(FIRST)
    pages.page(RunWindow(Module.CONTACTS, FIRST.window_id, Window()))
    assert reading.read == ["r.000", "r.000"]


def test_what_went_wrong_ahead_is_raised_in_its_turn() -> None:
    reading = Reading()
    reading.error = SugarUnavailable("Away.")
    pages = ReadAhead(AtOnce(), reading)
    pages.begin(SECOND)
    with pytest.raises(SugarUnavailable):
        pages.page(SECOND)


def test_without_anybody_to_read_ahead_each_page_is_read_in_its_turn() -> None:
    reading = Reading()
    pages = ReadAhead(None, reading)
    pages.begin(SECOND)
    pages.page(FIRST)
    assert reading.read == ["r.000"]


def test_when_it_has_ended_nothing_is_under_way() -> None:
    going, ended = threading.Event(), threading.Event()

    def slowly(_window: RunWindow) -> ReadPage:
        going.set()
        assert ended.wait(10)
        return ReadPage(Page([], START, START), is_full=False)

    with ThreadPoolExecutor(2) as background:
        pages = ReadAhead(background, slowly)
        pages.begin(FIRST)
        assert going.wait(10)
        ending = background.submit(pages.end)
        assert not ending.done()
        ended.set()
        ending.result(10)


def test_two_threads_that_share_a_sugar_take_turns() -> None:
    inside, most = 0, 0
    meeting = threading.Barrier(4)

    class Sugar:
        def server_time(self) -> None:
            nonlocal inside, most
            inside += 1
            most = max(most, inside)
            threading.Event().wait(0.001)
            inside -= 1

    crm = taking_turns(cast("Crm", Sugar()))

    def ask() -> None:
        meeting.wait(10)
        for _ in range(5):
            crm.server_time()

    with ThreadPoolExecutor(4) as threads:
        for asked in [threads.submit(ask) for _ in range(4)]:
            asked.result(10)
    assert most == 1


def test_a_run_reads_the_next_page_before_it_stores_the_last() -> None:
    world = World(page_size=20, background=AtOnce())
    for number in range(60):
        world.sugar.put(Module.LEADS, f"{number:02x}", last_name="Lead")
        world.clock.advance(3_600)
    seen: list[int] = []
    world.sugar.before_call = lambda name: (
        seen.append(len(world.store.list_records(TENANT, Module.LEADS, "", 100).items))
        if name == "read Leads"
        else None
    )
    world.connect()
    world.sync(RunKind.INITIAL)
    assert len(seen) > 3
    assert seen[0] == seen[1] == 0
