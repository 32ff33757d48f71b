"""What the panels show of people, kept step by step, is what is worked out anew from nothing."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.ids import Module, PersonId, RecordKey
from funnel.domain.scoring.scoring import Rule
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.sync.runs import Job, RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.vision.prospect_visits import SeenVisit
from funnel.domain.vision.prospects import Prospect, Reason
from funnel.ports.marketing_messages import Relist, Rescore
from funnel.ports.messages import Message
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure, word_for
from funnel.usecases.living import is_empty
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.usecases.tracking.label_signals import record_labelled
from funnel.usecases.vision.project_people import project_people
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.property.hands import Hands
from tests.unit.usecases.scoring.scoring import with_rules

EMAILS = ["", "ann@x.test", "bob@x.test", "cy@x.test"]
OWNERS = ["", "u0", "u1"]
PAGES = ["/", "/pricing", "/blog"]
VISITORS = ["v-1", "v-2"]
SETS = [
    [Rule("any", "Viewed a page", ActivityKind.PAGE_VIEW, 2)],
    [Rule("price", "Looked at prices", ActivityKind.PAGE_VIEW, 9, page="/pric*", most=2, days=3),
     Rule("any", "Viewed a page", ActivityKind.PAGE_VIEW, 1, days=5)],
    [Rule("any", "Viewed a page", ActivityKind.PAGE_VIEW, -1)],
]  # fmt: skip
_KINDS = (
    "lead", "lead", "contact", "account", "convert", "delete", "restore", "sync", "sync", "did",
    "did", "did", "attach", "label", "rules", "later", "set_apart", "join_again", "erase", "deliver",
    "deliver",
)  # fmt: skip
Step = tuple[str, int, int, int]
_NUMBERS = st.integers(0, 30)
steps: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(_KINDS),
    _NUMBERS,
    _NUMBERS,
    _NUMBERS,
)


class Play:
    """Carries out steps. Messages wait until they are delivered, in any order, some of them twice."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world = World(page_size=3)
        self.hands = Hands(self.world)
        self.world.sugar.put(Module.USERS, "u0", user_name="anna", status="Active")
        self.world.sugar.put(Module.USERS, "u1", user_name="ben", status="Active")
        self.world.connect()
        with_rules(self.world, *SETS[0])
        for step in (("lead", 0, 1, 1), ("contact", 0, 2, 2), ("account", 0, 0, 0)):
            self._edit(step)
        self.held: list[Message] = []
        self.kind = RunKind.INITIAL
        self._sync()
        self.settle()
        self._did(0, 1, 1)

    def step(self, step: Step) -> None:
        kind, a, b, c = step
        app = self.world.app
        match kind:
            case "sync":
                self._sync()
            case "did":
                self._did(a, b, c)
            case "attach":
                if people := self.people():
                    visitor = SubjectId(VISITORS[a % 2])
                    attach_subject(app, TENANT, people[b % len(people)].person_id, visitor)
            case "label":
                self._label(a, human=b % 2 == 0)
            case "rules":
                with_rules(self.world, *SETS[a % 3])
                ids = tuple(one.person_id for one in self.people())
                self.world.queue.send(Rescore(TENANT, people=ids))
            case "later":
                self.world.clock.advance(a * 40_000)
                start_expiry(app, lambda: 60.0)
            case "set_apart" | "join_again":
                self.hands.act(kind.replace("_", " "), a, b)
            case "erase":
                if c % 3 == 0:
                    self._erase(a)
            case "deliver":
                self._deliver(1 + a % 4)
            case _:
                self._edit(step)

    def people(self) -> list[Person]:
        rows = self.world.store.rows.values()
        found = [one for one in rows if isinstance(one, Person) and one.is_listed]
        return sorted(found, key=lambda one: one.person_id)

    def _edit(self, step: Step) -> None:
        kind, a, b, c = step
        sugar = self.world.sugar
        match kind:
            case "lead":
                sugar.put(Module.LEADS, f"l{a % 4}", last_name=f"L{b % 2}", status="New",
                          email1=EMAILS[c % 4] or None, assigned_user_id=OWNERS[(b + c) % 3],
                          account_name=f"Firm {c % 2}")  # fmt: skip
            case "contact":
                sugar.put(Module.CONTACTS, f"c{a % 3}", last_name=f"C{b % 2}",
                          email1=EMAILS[c % 4] or None, assigned_user_id=OWNERS[(b + c) % 3],
                          account_id=f"a{b % 2}" if b % 3 else "")  # fmt: skip
            case "account":
                sugar.put(Module.ACCOUNTS, f"a{a % 2}", name=f"A{b % 3}", assigned_user_id="u0")
            case "convert":
                if f"l{a % 4}" in sugar.tables[Module.LEADS]:
                    sugar.put(Module.LEADS, f"l{a % 4}", converted=True, contact_id=f"c{b % 3}")
            case _:
                rows = [
                    one
                    for module in (Module.LEADS, Module.CONTACTS, Module.ACCOUNTS)
                    for one in sugar.tables[module].values()
                    if one.deleted is (kind == "restore")
                ]
                if rows:
                    one = rows[a % len(rows)]
                    one.deleted, one.date_modified = kind == "delete", sugar.now()
        self.world.clock.advance(61)

    def _sync(self) -> None:
        """A run; what follows from it waits, is lost at once, or comes."""
        self.world.clock.advance(3_600)
        start_run(self.world.app, TENANT, self.kind)
        self.kind = RunKind.HOURLY
        while (message := self.world.queue.pop_next()) is not None:
            if isinstance(message, Relist | Rescore):
                self.held.append(message)
            else:
                self.world.handle(message)
        self.hands.note()

    def _deliver(self, many: int) -> None:
        while message := self.world.queue.pop():
            self.held.append(message)
        for _ in range(min(many, len(self.held))):
            message = self.held.pop(self.chance.randrange(len(self.held)))
            self.world.handle(message)
            if self.chance.random() < 0.3:
                self.held.append(message)

    def _did(self, a: int, b: int, c: int) -> None:
        people = [one.person_id for one in self.people()]
        subjects = [*map(SubjectId, people), *map(SubjectId, VISITORS)]
        subject = subjects[a % len(subjects)]
        at = self.world.clock.now() - timedelta(hours=c)
        some = [
            Activity(
                TENANT, subject, f"{subject}-{b}-{n}", ActivityKind.PAGE_VIEW,
                at + timedelta(seconds=n * 20),
                {"visit": f"{subject}-{b % 5}", "path": PAGES[n % 3], "url": f"https://x{b}.test/"},
                (Signal.HUMAN, Signal.CRAWLER)[b % 7 == 6],
            )
            for n in range(1 + c % 4)
        ]  # fmt: skip
        record_labelled(self.world.app, TENANT, subject, some)

    def _label(self, a: int, *, human: bool) -> None:
        store = self.world.store
        for person in self.people()[a % 3 :]:
            for subject in store.subjects(TENANT, person.person_id):
                done = store.list_activities(TENANT, subject, 99).items
                if done:
                    one = done[a % len(done)]
                    correct_signal(
                        self.world.app, TENANT, person.person_id, one.activity_id, one.at, "Zoë",
                        was_person=human,
                    )  # fmt: skip
                    return

    def _erase(self, a: int) -> None:
        if people := self.people():
            one = people[a % len(people)]
            app = self.world.app
            job: Job = new_erasure(app, TENANT, one.person_id, word_for(one), "Ada")
            EraseWork(app, job).step(job)

    def settle(self) -> None:
        """Everything is delivered, and the clock is not moved on by more than it takes."""
        start_expiry(self.world.app, lambda: 60.0)
        while self.held or len(self.world.queue):
            if self.held:
                self.world.handle(self.held.pop(self.chance.randrange(len(self.held))))
            while (message := self.world.queue.pop_next()) is not None:
                self.held.append(message)

    def check(self) -> None:
        store = self.world.store
        shown = {key: replace(one, version=0) for (_, key), one in store.prospect_rows.items()}
        assert shown == self._expected()
        for owner in OWNERS[1:]:
            hot = store.prospects_hot(TENANT, owner, 99).items  # type: ignore[arg-type]
            assert all(one.owner == owner and one.score > 0 for one in hot)
        before = store.prospect_writes
        ids = [one.person_id for one in store.rows.values() if isinstance(one, Person)]
        assert project_people(self.world.app, TENANT, ids) == 0
        assert store.prospect_writes == before
        store.prospect_rows.clear()
        project_people(self.world.app, TENANT, ids)
        again = {key: replace(one, version=0) for (_, key), one in store.prospect_rows.items()}
        assert again == shown

    def _expected(self) -> dict[RecordKey, Prospect]:
        """Said plainly, from what is stored."""
        found: dict[RecordKey, Prospect] = {}
        for person in self.people():
            shown = self._of(person)
            found |= {one.key: one for one in shown}
        assert not any(is_empty(p) and p.links for p in self.people())
        return found

    def _of(self, person: Person) -> list[Prospect]:
        store = self.world.store
        score = store.scores(TENANT, [person.person_id]).get(person.person_id)
        value = max(0, score.value) if score else 0
        visits = self._visits(person.person_id)
        if not value and not visits:
            return []
        contacts = {ln.key.sugar_id for ln in person.links if ln.key.module is Module.CONTACTS}
        rows = []
        for link in person.links:
            record = store.records(TENANT, [link.key])[link.key]
            if link.key.module is Module.LEADS and record.fields.get("contact_id") in contacts:
                continue
            account = self._account(record)
            rows.append(
                Prospect(
                    TENANT, link.key, person.person_id, record.name,
                    company=account.name if account else str(record.fields.get("account_name") or ""),
                    account=RecordKey(Module.ACCOUNTS, record.parent_id)
                    if record.parent_id and link.key.module is Module.CONTACTS else None,
                    owner=record.owner_id, score=value,
                    scored_at=score.changed_at if score else None,
                    trend=score.trend if score else (),
                )
            )  # fmt: skip
            reasons, visited = self._shown(link.key)
            rows[-1] = replace(rows[-1], reasons=reasons, visits=visited)
            if value and score:
                best = sorted((one.points for one in score.lines if one.points > 0), reverse=True)
                assert [one.points for one in reasons] == best[:3]
            assert [(one.visit_id, one.until) for one in visited] == visits
            rows[-1] = replace(rows[-1], seen_at=visits[0][1] if visits else None)
        return rows

    def _shown(self, key: RecordKey) -> tuple[tuple[Reason, ...], tuple[SeenVisit, ...]]:
        row = self.world.store.prospect_rows.get((TENANT, key))
        assert row is not None, f"{key} is not shown"
        return row.reasons, row.visits

    def _account(self, record: SugarRecord) -> SugarRecord | None:
        if record.key.module is not Module.CONTACTS or not record.parent_id:
            return None
        key = RecordKey(Module.ACCOUNTS, record.parent_id)
        account = self.world.store.records(TENANT, [key]).get(key)
        live = account is not None and account.state.value in ("synced", "stale")
        return account if live else None

    def _visits(self, person_id: PersonId) -> list[tuple[str, datetime]]:
        store = self.world.store
        ends: dict[str, datetime] = {}
        browsers = [one for one in store.subjects(TENANT, person_id) if one in VISITORS]
        for subject in browsers:
            for one in store.list_activities(TENANT, subject, 60).items:
                if one.signal is Signal.HUMAN:
                    visit = one.about["visit"]
                    ends[visit] = max(one.at, ends.get(visit, datetime.min.replace(tzinfo=UTC)))
        return sorted(ends.items(), key=lambda one: (one[1], one[0]), reverse=True)[:3]


@pytest.mark.feature("E1")
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(todo=st.lists(steps, min_size=5, max_size=30), seed=st.integers(0, 999))
def test_rows_after_any_history_are_those_worked_out_from_nothing(
    todo: list[Step], seed: int
) -> None:
    play = Play(seed)
    assert START.tzinfo is UTC
    for step in todo:
        play.step(step)
    play.settle()
    play.check()
