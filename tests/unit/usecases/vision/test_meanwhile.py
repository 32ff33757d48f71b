"""What is handed on from the activity to the score and to the panels is never older than what is written.

Before each call of a port in turn somebody else does something else, to its end.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.scoring.scores import ScoreLine
from funnel.domain.sync.records import Person
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.app import App
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure, word_for
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.usecases.tracking.label_signals import record_labelled
from funnel.usecases.vision.project_people import project_people
from funnel.usecases.work.work_rescore import work_rescore
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT
from tests.unit.usecases.scoring.scoring import VIEW, with_rules
from tests.unit.usecases.vision.test_project_people import ADA, CONTACT, LEAD, Office

pytestmark = pytest.mark.feature("E1")
BROWSER = SubjectId("v-0001")
PAGE = replace(VIEW, rule_id="page", name="Saw the page", page="/page")
PORTS = ("records", "activities", "batches", "prospects", "scoring", "lists", "campaigns")


class Turns:
    """The calls of all ports, in turn; before one of them somebody else comes in between."""

    def __init__(self, at: int = 0, other: Callable[[], object] = lambda: None) -> None:
        self.calls: list[str] = []
        self._at = at
        self._other = other

    def app(self, app: App) -> App:
        """The same app, whose ports take turns."""
        ports: dict[str, Any] = {name: _Port(getattr(app, name), self, name) for name in PORTS}
        return replace(app, **ports)

    def take(self, name: str) -> None:
        """One more call."""
        self.calls.append(name)
        if len(self.calls) == self._at:
            self._other()


class _Port:
    def __init__(self, port: object, turns: Turns, name: str) -> None:
        self._port, self._turns, self._name = port, turns, name

    def __getattr__(self, method: str) -> Any:
        target = getattr(self._port, method)

        def call(*given: Any, **named: Any) -> Any:
            self._turns.take(f"{self._name}.{method}")
            return target(*given, **named)

        return call


def view(office: Office, name: str, subject: SubjectId = BROWSER, visit: str = "w") -> Activity:
    at = office.world.clock.now()
    about = {"visit": visit, "path": f"/{name}", "url": f"https://x.test/{name}"}
    return Activity(TENANT, subject, name, ActivityKind.PAGE_VIEW, at, about)


def another_page(office: Office) -> None:
    record_labelled(office.world.app, TENANT, BROWSER, [view(office, "other")])


def another_device(office: Office) -> None:
    device = SubjectId("v-0002")
    attach_subject(office.world.app, TENANT, office.person(), device)
    record_labelled(office.world.app, TENANT, device, [view(office, "phone", device, "x")])


def a_label(office: Office) -> None:
    done = office.world.store.list_activities(TENANT, BROWSER, 9).items[-1]
    app = office.world.app
    correct_signal(app, TENANT, office.person(), done.activity_id, done.at, "Zoë", was_person=False)


def another_persons(office: Office) -> None:
    attach_subject(office.world.app, TENANT, office.person(CONTACT), BROWSER)


def another_owner(office: Office) -> None:
    office.put(LEAD, **{**ADA, "assigned_user_id": "u1", "account_name": "Large & Co"})


def merged(office: Office) -> None:
    office.put(CONTACT, last_name="Rau", account_id="a", assigned_user_id="u0", email1="ada@x.test")


def passed_by(office: Office) -> None:
    """The re-score of everybody has been here."""
    work_rescore(office.world.app, Rescore(TENANT, people=(office.person(),)), lambda: 600.0)


def other_points(office: Office) -> None:
    """For what was not done yet, so that whoever scores everybody finds nothing to write."""
    with_rules(office.world, VIEW, replace(PAGE, points=7), tallied=False)
    passed_by(office)


def other_rules(office: Office) -> None:
    with_rules(office.world, replace(VIEW, rule_id="new", points=3, most=2))
    passed_by(office)


def erased(office: Office) -> None:
    app, person_id = office.world.app, office.person()
    person = office.world.store.people(TENANT, [person_id])[person_id]
    job = new_erasure(app, TENANT, person_id, word_for(person), "Ada")
    EraseWork(app, job).step(job)


OTHERS = (
    another_page, another_device, a_label, another_persons, another_owner, merged, other_points,
    other_rules, erased,
)  # fmt: skip


@made_once
def scene() -> Office:
    office = Office()
    with_rules(office.world, VIEW, PAGE)
    attach_subject(office.world.app, TENANT, office.person(), BROWSER)
    for name in ("a", "b"):
        record_labelled(office.world.app, TENANT, BROWSER, [view(office, name, visit=name)])
        office.world.clock.advance(3_600)
    office.world.drain()
    return office


def played(turns: Callable[[Office], Turns]) -> tuple[Office, list[str]]:
    """A page is seen, by a worker in whose way somebody comes; all messages are worked off."""
    office = scene()
    taken = turns(office)
    person = office.person()
    one = view(office, "page", visit="b")
    record_labelled(taken.app(office.world.app), TENANT, BROWSER, [one], person)
    calls = list(taken.calls)
    office.world.drain()
    return office, calls


def rows(office: Office) -> dict[str, object]:
    found = office.world.store.prospect_rows.items()
    return {str(key): replace(row, version=0, scored_at=None, trend=()) for (_, key), row in found}


def lines(office: Office, people: list[Any]) -> dict[str, tuple[ScoreLine, ...]]:
    found = office.world.store.scores(TENANT, people)
    return {str(i): one.lines for i, one in found.items() if one.lines}


CALLS = played(lambda _: Turns())[1]


@pytest.mark.parametrize("other", OTHERS, ids=lambda one: one.__name__)
def test_rows_and_scores_are_those_from_nothing_whatever_happens_in_between(
    other: Callable[[Office], None],
) -> None:
    for at in range(1, len(CALLS) + 1):
        office, calls = played(lambda office, at=at: Turns(at, lambda: other(office)))  # type: ignore[misc]
        where = f"before call {at}, {calls[at - 1]}"
        store = office.world.store
        ids = [one.person_id for one in store.rows.values() if isinstance(one, Person)]
        shown, scored = rows(office), lines(office, ids)
        for (tenant, subject), tally in list(store._tallies.items()):
            # Not of these rules: counted anew from what was done.
            store._tallies[tenant, subject] = replace(tally, generation=-1)
        store.prospect_rows.clear()
        rescore_people(office.world.app, TENANT, ids)
        project_people(office.world.app, TENANT, ids)
        assert scored == lines(office, ids), where
        assert shown == rows(office), where
        assert bool(shown) is (other is not erased), where


def test_each_step_is_come_in_between() -> None:
    assert {
        "batches.read_batch",
        "activities.write",
        "scoring.scoring_rules",
        "activities.list_activities",
        "activities.newest_activities",
        "prospects.save_prospects",
        "campaigns.running",
    } <= set(CALLS)
