"""What the panels show dies at every call of every port, is delivered again, and is right then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind
from funnel.usecases.app import App
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.usecases.tracking.label_signals import record_labelled
from funnel.usecases.vision.project_people import project_people
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT
from tests.faults.dying import again, kill_points, mortal
from tests.unit.usecases.scoring.scoring import VIEW, VISITOR, with_rules
from tests.unit.usecases.vision.test_project_people import ADA, CONTACT, LEAD, Office

pytestmark = pytest.mark.feature("E1")
PORTS = ("records", "activities", "prospects", "batches", "queue", "lists", "scoring")
Step = Callable[[Office, App], object]


def visited(office: Office, app: App) -> None:
    at = office.world.clock.now()
    one = Activity(
        TENANT, VISITOR, "new", ActivityKind.PAGE_VIEW, at, {"visit": "w", "path": "/new"}
    )
    record_labelled(app, TENANT, VISITOR, [one], office.person())


def attached(office: Office, app: App) -> None:
    attach_subject(app, TENANT, office.person(CONTACT), VISITOR)


def corrected(office: Office, app: App) -> None:
    done = office.world.store.list_activities(TENANT, office.browser(), 9).items[0]
    correct_signal(app, TENANT, office.person(), done.activity_id, done.at, "Zoë", was_person=False)


def synced(office: Office, app: App) -> None:
    """Another owner, and a Contact that turns out to be the same person."""
    start_run(app, TENANT, RunKind.HOURLY)


def expired(_: Office, app: App) -> None:
    start_expiry(app, lambda: 60.0)


STEPS: dict[str, Step] = {
    "visited": visited,
    "attached": attached,
    "corrected": corrected,
    "synced": synced,
    "expired": expired,
}


@made_once
def before(name: str) -> Office:
    """All is settled, and it is time for the step."""
    office = Office()
    with_rules(office.world, replace(VIEW, days=2 if name == "expired" else 0))
    office.visit(office.browser(), "a", "b")
    office.visit(VISITOR, "x", "y")
    attach_subject(office.world.app, TENANT, office.person(), VISITOR)
    office.world.drain()
    office.world.clock.advance(9 * 86_400 if name == "expired" else 3_600)
    if name == "synced":
        sugar = office.world.sugar
        sugar.put(LEAD.module, LEAD.sugar_id, **{**ADA, "assigned_user_id": "u1"})
        sugar.put(CONTACT.module, CONTACT.sugar_id, email1="ada@x.test")
        office.world.clock.advance(3_600)
    return office


def played(name: str, plan: Plan, at: int = 0) -> Office:
    """The step, whose caller comes again after a crash, and all messages that follow from it."""
    office = before(name)
    plan.at = at
    app = office.world.app
    dying = mortal(app, plan, PORTS)
    again(plan, lambda: STEPS[name](office, dying))
    while (message := office.world.queue.pop_next()) is not None:
        again(plan, lambda: handle_message(dying, message, office.world.ids.new_id(), lambda: 600))
        if plan.happened and plan.revived:
            office.world.clock.advance(30)
    return office


def rows(office: Office) -> dict[str, object]:
    found = office.world.store.prospect_rows.items()
    return {str(key): replace(row, version=0) for (_, key), row in found}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", STEPS)
def test_what_is_shown_is_what_is_worked_out_from_nothing_wherever_it_dies(
    name: str, moment: Moment
) -> None:
    plan = Plan()
    played(name, plan)
    made = list(plan.calls)
    assert name == "expired" or "prospects.save_prospects" in made
    for at in kill_points(made):
        dying = Plan(moment=moment)
        office = played(name, dying, at)
        assert dying.happened
        shown, store = rows(office), office.world.store
        store.prospect_rows.clear()
        ids = [one.person_id for one in store.rows.values() if isinstance(one, Person)]
        project_people(office.world.app, TENANT, ids)
        where = f"call {at}, {dying.calls[at - 1]}, {moment}"
        assert shown == rows(office), where
        assert shown, where


def test_a_row_of_somebody_who_was_erased_meanwhile_does_not_come_back() -> None:
    """Whoever works it out has read the person before, and dies before looking once more."""
    office = Office()
    office.visit(office.browser(), "a")
    person = office.world.store.people(TENANT, [office.person()])[office.person()]
    row = office.shown()
    assert row is not None
    late = replace(row, version=0, seen_at=office.world.clock.now() + timedelta(hours=1))
    office.world.store.prospect_rows.clear()
    office.put(LEAD, **{**ADA, "last_name": "Renamed"})
    assert office.world.store.save_prospects(
        TENANT, [late], {person.person_id: person.version}
    ) == [False]
