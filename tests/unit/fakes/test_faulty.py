"""Kill points are where the plan says, and nowhere else."""

import pytest

from funnel.domain.errors import StoreBusy
from tests.fakes.faulty import Crash, Moment, Plan, faulty


class Port:
    """Counts what reaches it."""

    name = "a port"

    def __init__(self) -> None:
        self.done: list[str] = []

    def act(self, what: str) -> str:
        """Do it."""
        self.done.append(what)
        return f"did {what}"


def test_calls_are_counted_over_all_ports_and_nothing_else_happens() -> None:
    plan = Plan()
    one, other = faulty(Port(), plan, "one"), faulty(Port(), plan)
    assert one.act("a") == "did a"
    assert other.act(what="b") == "did b"
    assert one.name == "a port"
    assert plan.calls == ["one.act", "Port.act"]
    assert not plan.happened


def test_a_crash_before_a_call_keeps_it_from_having_an_effect() -> None:
    port, plan = Port(), Plan(at=2)
    broken = faulty(port, plan)
    broken.act("a")
    with pytest.raises(Crash):
        broken.act("b")
    assert port.done == ["a"]
    assert plan.happened


def test_the_dead_do_nothing_until_they_are_revived() -> None:
    port, plan = Port(), Plan(at=1)
    broken = faulty(port, plan)
    for _ in range(3):
        with pytest.raises(Crash):
            broken.act("a")
    assert port.done == []
    plan.revived = True
    assert broken.act("b") == "did b"


def test_a_port_that_fails_once_goes_on() -> None:
    port = Port()
    broken = faulty(port, Plan(at=1, failure=lambda: StoreBusy("busy")))
    with pytest.raises(StoreBusy):
        broken.act("a")
    assert broken.act("b") == "did b"


def test_a_crash_after_a_call_loses_only_its_reply() -> None:
    port = Port()
    broken = faulty(port, Plan(at=1, moment=Moment.AFTER))
    with pytest.raises(Crash):
        broken.act("a")
    assert port.done == ["a"]


def test_a_crash_is_nothing_a_handler_of_errors_catches() -> None:
    assert not issubclass(Crash, Exception)


def test_a_service_that_stays_away_fails_every_call_from_then_on() -> None:
    port = Port()
    broken = faulty(port, Plan(at=2, once=False, failure=lambda: StoreBusy("busy")))
    broken.act("a")
    for _ in range(3):
        with pytest.raises(StoreBusy):
            broken.act("b")
    assert port.done == ["a"]


def test_an_error_of_the_port_itself_goes_through() -> None:
    broken = faulty([1, 2], Plan(at=9))
    with pytest.raises(IndexError):
        broken.pop(7)
