"""What the panels show of people follows whatever it is made of."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.vision.prospects import Prospect
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.usecases.tracking.label_signals import record_labelled
from funnel.usecases.vision.project_people import MANY, project_people
from tests.fakes.world import TENANT, World
from tests.unit.usecases.scoring.scoring import VIEW, VISITOR, with_rules

LEAD, CONTACT = RecordKey(Module.LEADS, SugarId("l")), RecordKey(Module.CONTACTS, SugarId("c"))
ADA: dict[str, Any] = {"last_name": "Brandt", "email1": "ada@x.test", "assigned_user_id": "u0"}


class Office:
    """A Lead of Anna's, who was on the site, and a Contact whom nobody ever saw."""

    def __init__(self) -> None:
        self.world = World()
        with_rules(self.world, VIEW)
        sugar = self.world.sugar
        for user in ("u0", "u1"):
            sugar.put(Module.USERS, user, user_name=user, status="Active")
        sugar.put(Module.ACCOUNTS, "a", name="Acme", assigned_user_id="u0")
        sugar.put(Module.LEADS, "l", account_name="Small & Co", status="New", **ADA)
        sugar.put(Module.CONTACTS, "c", last_name="Rau", account_id="a", assigned_user_id="u0")
        self.world.connect()
        self.sync(RunKind.INITIAL)

    def sync(self, kind: RunKind = RunKind.HOURLY) -> None:
        self.world.clock.advance(3_600)
        self.world.sync(kind)

    def put(self, key: RecordKey, **fields: object) -> None:
        self.world.sugar.put(key.module, key.sugar_id, **fields)  # type: ignore[arg-type]
        self.sync()

    def person(self, key: RecordKey = LEAD) -> PersonId:
        return self.world.store.records(TENANT, [key])[key].person_id

    def browser(self, key: RecordKey = LEAD) -> SubjectId:
        """What the person uses from now on."""
        browser = SubjectId(f"v-{key.sugar_id}")
        attach_subject(self.world.app, TENANT, self.person(key), browser)
        return browser

    def visit(self, subject: str, *names: str, **more: object) -> list[Activity]:
        done = [
            Activity(
                TENANT, SubjectId(subject), name, ActivityKind.PAGE_VIEW,
                self.world.clock.now() + timedelta(minutes=n),
                {"visit": "v", "path": f"/{name}", "url": f"https://x.test/{name}"}, **more,  # type: ignore[arg-type]
            )
            for n, name in enumerate(names)
        ]  # fmt: skip
        record_labelled(self.world.app, TENANT, SubjectId(subject), done)
        return done

    def shown(self, key: RecordKey = LEAD) -> Prospect | None:
        return self.world.store.prospect(TENANT, key)


@pytest.fixture
def office() -> Office:
    made = Office()
    made.visit(made.browser(), "a", "b")
    return made


def test_whoever_has_neither_score_nor_visits_has_no_row_and_costs_no_write() -> None:
    office = Office()
    assert office.world.store.prospect_rows == {}
    assert office.world.store.prospect_writes == 0


def test_a_visit_shows_the_lead_with_its_score_its_reasons_and_its_pages(office: Office) -> None:
    row = office.shown()
    assert row is not None
    assert (row.name, row.company, row.account, row.owner) == ("Brandt", "Small & Co", None, "u0")
    assert (row.score, [one.name for one in row.reasons]) == (2, ["Viewed a page"])
    assert [page.path for page in row.visits[0].pages] == ["/a", "/b"]
    assert office.world.store.prospects_hot(TENANT, SugarId("u0"), 9).items == [row]


def test_another_owner_name_or_account_in_sugar_is_shown_after_the_run(office: Office) -> None:
    office.put(LEAD, **{**ADA, "assigned_user_id": "u1"})
    row = office.shown()
    assert row is not None
    assert row.owner == "u1"
    assert office.world.store.prospects_hot(TENANT, SugarId("u0"), 9).items == []
    office.put(LEAD, account_name="Large & Co")
    assert (row := office.shown())
    assert row.company == "Large & Co"
    office.visit(office.browser(CONTACT), "c")
    assert (row := office.shown(CONTACT))
    assert (row.company, str(row.account)) == ("Acme", "Accounts/a")
    office.put(RecordKey(Module.ACCOUNTS, SugarId("a")), name="Acme SE")
    assert (row := office.shown(CONTACT))
    assert row.company == "Acme SE"


def test_a_lead_that_is_deleted_or_converted_is_shown_no_more(office: Office) -> None:
    office.put(CONTACT, email1="ada@x.test")
    assert (row := office.shown(CONTACT))
    assert row.score == 2
    office.put(LEAD, converted=True, contact_id="c")
    assert office.shown() is None
    office.world.sugar.delete(Module.CONTACTS, "c")
    office.sync()
    assert office.shown(CONTACT) is None
    assert office.shown() is not None, "the Lead is what is left of it in Sugar"
    office.world.sugar.delete(Module.LEADS, "l")
    office.sync()
    assert office.world.store.prospect_rows == {}


def test_a_browser_that_turns_out_to_be_anothers_takes_its_visits_along(office: Office) -> None:
    office.visit(VISITOR, "x", "y", "z")
    attach_subject(office.world.app, TENANT, office.person(), VISITOR)
    assert (row := office.shown())
    assert row.score == 5
    attach_subject(office.world.app, TENANT, office.person(CONTACT), VISITOR)
    scores = [one.score for key in (LEAD, CONTACT) if (one := office.shown(key))]
    assert scores == [2, 3]


def test_what_turns_out_to_be_a_machines_is_taken_back(office: Office) -> None:
    app, person, browser = office.world.app, office.person(), office.browser()
    done = office.visit(browser, "p")
    correct_signal(app, TENANT, person, "p", done[0].at, "Zoë", was_person=False)
    office.world.drain()
    assert (row := office.shown())
    assert row.score == 2
    names = [f"q{n}" for n in range(12)]
    at = office.world.clock.now() + timedelta(hours=3)
    burst = [replace(done[0], activity_id=n, at=at, about={"path": f"/{n}"}) for n in names]
    for start in (0, 6):
        record_labelled(app, TENANT, browser, burst[start : start + 6])
    assert {one.signal for one in office.world.store.list_activities(
        TENANT, browser, 12).items} == {Signal.CRAWLER}  # fmt: skip
    assert (row := office.shown())
    assert row.score == 2


@pytest.mark.parametrize(("pages", "more"), [(24, 14), (26, 16), (58, 48), (80, MANY - 10)])
def test_a_visit_of_very_many_pages_shows_the_first_of_those_that_are_looked_through(
    pages: int, more: int
) -> None:
    office = Office()
    office.visit(office.browser(), *(f"p{n}" for n in range(pages)))
    row = office.shown()
    assert row is not None
    [visit] = row.visits
    assert (visit.pages[0].path, visit.more) == (f"/p{max(0, pages - MANY)}", more)
    project_people(office.world.app, TENANT, [office.person()])
    assert office.shown() == row


def test_nothing_is_written_twice(office: Office) -> None:
    before = office.world.store.prospect_writes
    assert project_people(office.world.app, TENANT, [office.person(), PersonId("nobody")]) == 0
    office.sync()
    assert office.world.store.prospect_writes == before
