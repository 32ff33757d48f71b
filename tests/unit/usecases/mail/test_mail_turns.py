"""What holds for all of a tenant is read once for each turn of a worker, and not for each mail."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.campaigns.campaigns import End
from funnel.domain.ids import ListId
from funnel.domain.lists.lists import ListKind, PeopleList
from funnel.domain.mail.mails import MailState
from funnel.usecases.mail import exempt_lists as module
from funnel.usecases.mail.exempt_lists import exempt_lists
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import Campaigning, steps_of

pytestmark = pytest.mark.feature("D9")


@pytest.fixture
def world() -> Campaigning:
    return Campaigning()


def counting(world: Campaigning, monkeypatch: pytest.MonkeyPatch, *names: str) -> Counter[str]:
    """How often these methods of the store are called from now on."""
    found: Counter[str] = Counter()

    def counted(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            found[name] += 1
            return method(*arguments, **named)

        return call

    for name in names:
        monkeypatch.setattr(world.store, name, counted(name, getattr(world.store, name)))
    return found


def test_marks_of_erasures_and_exempt_lists_are_read_once_a_turn(
    world: Campaigning, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [world.person(f"p{n}@example.test") for n in range(120)]
    world.on_list(*people)
    reads = counting(world, monkeypatch, "erased", "list_lists")
    world.run_without_mail(world.draft(steps_of({"send": world.send, "last": End()})))
    # Four parts take them on, 25 at once.
    walked = Counter(reads)
    assert 1 <= walked["erased"] <= 4
    assert 1 <= walked["list_lists"] <= 4
    reads.clear()
    world.mailing.deliver()
    assert {one.state for one in world.mails(people[7])} == {MailState.SENT}
    assert len(world.mailing.mailer.sent) == 120
    assert (reads["erased"], reads["list_lists"]) == (1, 1)


def test_however_many_target_lists_there_are_all_that_are_exempt_count(
    world: Campaigning, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "_PAGE", 2)
    monkeypatch.setattr(module, "_MANY", 4)
    now = world.clock.now()
    for n in range(9):
        one = PeopleList(TENANT, ListId(f"t{n}"), ListKind.TARGET, f"List {n}", now, now)
        world.store.save_list(replace(one, suppresses=n == 8))
    assert exempt_lists(world.app, TENANT) == ["t8"]
    assert [one.message for one in caplog.records] == ["many Target Lists"]
