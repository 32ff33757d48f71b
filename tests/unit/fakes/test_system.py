"""Time, queue and secrets in memory keep the ports' promises."""

from datetime import timedelta

import pytest

from funnel.domain.crm import Credentials
from funnel.domain.errors import NotFound
from funnel.domain.ids import JobId, RunId, TenantId
from funnel.ports.sync_messages import ContinueRun, DoJob
from tests.fakes.system import FakeClock, FakeIds, MemoryQueue, MemorySecrets

ACME = TenantId("acme")


def message(number: int) -> DoJob:
    """A message that is like no other."""
    return DoJob(ACME, JobId(str(number)))


def test_the_clock_moves_when_told_and_when_somebody_sleeps() -> None:
    clock = FakeClock()
    start, began = clock.now(), clock.monotonic()
    clock.sleep(1.5)
    clock.advance(2)
    assert clock.now() - start == timedelta(seconds=3.5)
    assert clock.monotonic() - began == 3.5
    assert clock.slept == 1.5


def test_a_clock_set_back_does_not_turn_back_what_only_goes_forward() -> None:
    clock = FakeClock()
    clock.advance(10)
    before = clock.monotonic()
    clock.set(clock.now() - timedelta(seconds=5))
    assert clock.monotonic() == before


def test_ids_and_tokens_are_the_same_in_each_run_and_never_twice() -> None:
    first, second = FakeIds(), FakeIds()
    made = [first.new_id() for _ in range(3)] + [first.new_token() for _ in range(3)]
    assert made == [second.new_id() for _ in range(3)] + [second.new_token() for _ in range(3)]
    assert len(set(made)) == 6
    assert FakeIds(1).new_id() not in made


def test_messages_come_when_they_are_due_in_the_order_they_were_sent() -> None:
    clock = FakeClock()
    queue = MemoryQueue(clock)
    for number, delay in enumerate((60, 0, 60, 0)):
        queue.send(message(number), delay)
    assert [queue.pop(), queue.pop(), queue.pop()] == [message(1), message(3), None]
    assert [due.message for due in queue.waiting] == [message(0), message(2)]
    clock.advance(60)
    assert [queue.pop(), queue.pop(), queue.pop()] == [message(0), message(2), None]


def test_the_next_message_moves_the_clock_to_when_it_is_due() -> None:
    clock = FakeClock()
    queue = MemoryQueue(clock)
    queue.send(ContinueRun(ACME, RunId("r")), 900)
    due = clock.now() + timedelta(seconds=900)
    assert queue.pop_next() == ContinueRun(ACME, RunId("r"))
    assert clock.now() == due
    assert queue.pop_next() is None


@pytest.mark.parametrize("delay", [-1, 901])
def test_a_message_waits_no_longer_than_sqs_lets_it(delay: int) -> None:
    with pytest.raises(ValueError, match="0 to 900"):
        MemoryQueue(FakeClock()).send(message(1), delay)


def test_secrets_are_the_tenants_own() -> None:
    secrets = MemorySecrets()
    mine = Credentials("api", "secret", "https://crm.example.test")
    ref = secrets.put(ACME, "sugar", mine)
    assert secrets.get(ACME, ref) == mine
    for other in ("acme2", "acm", ""):
        with pytest.raises(NotFound):
            secrets.get(TenantId(other), ref)
        secrets.delete(TenantId(other), ref)
    assert secrets.refs == [ref]
    secrets.delete(ACME, ref)
    secrets.delete(ACME, ref)
    with pytest.raises(NotFound):
        secrets.get(ACME, ref)
