"""People are pushed, edited and deleted on both sides at random, amid faults and repeated messages.

Whatever happens, Sugar gets one record of each kind for each intent, no edit is lost to our own
write, and once it is quiet nothing more is written.
"""

import os
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from funnel.domain.crm import Value
from funnel.domain.errors import NotFound, SugarUnavailable
from funnel.domain.ids import Module, PersonId, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Deed, PushState, TaskKind, TaskWish, Wish
from funnel.domain.sync.records import Direction, Person
from funnel.domain.sync.runs import RunKind
from funnel.domain.text import fold_name
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.living import holder_of
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash
from tests.fakes.model_sugar import addresses_of
from tests.fakes.world import TENANT, World

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "300"))
DAY = 86_400
EMAILS = ("ann@x.test", "bob@x.test", "cy@x.test")
FIELDS = ("title", "phone_work")
COMPANIES = ("Acme", "ACME", "Byron & Co")
PEOPLE = (Module.LEADS, Module.CONTACTS)

Step = tuple[str, int, int]
steps: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(
        [
            "make", "make", "lead", "contact", "contact", "task", "again", "edit", "edit",
            "there", "change there", "change there", "delete there", "restore there",
            "move there", "push", "push", "push", "sync", "sync", "twice", "die", "die late",
            "fail", "fail late", "read only", "may write",
        ]
    ),
    st.integers(0, 2),
    st.integers(0, 11),
)  # fmt: skip


@dataclass
class Sides:
    """Both sides. `edited` is what was last set here of fields that nobody has changed in Sugar."""

    world: World = field(default_factory=World)
    edited: dict[tuple[str, str], set[Value]] = field(default_factory=dict)
    """What a field that was edited here must hold in the end: one of these."""
    unread: dict[tuple[str, str], Value] = field(default_factory=dict)
    """What was changed in Sugar and no sync has read yet."""
    keys: list[tuple[PersonId, Wish, str]] = field(default_factory=list)
    number: int = 0
    doubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        sugar = self.world.sugar
        sugar.seconds_a_call = 2
        sugar.put(Module.USERS, "u1", user_name="anna", last_name="Ott", status="Active")
        self.world.connect()
        self.world.change(read_only=False, user_id=SugarId("u1"))
        self.world.sync(RunKind.INITIAL)
        create = sugar.create

        def watched(module: WrittenModule, sugar_id: SugarId, fields: dict[str, Value]) -> None:
            self._check_wanted(module, fields)
            create(module, sugar_id, fields)

        sugar.create = watched  # type: ignore[method-assign, assignment]

    def do(self, step: Step) -> None:
        kind, which, number = step
        self.world.clock.advance(7)
        getattr(self, "_" + kind.replace(" ", "_"))(EMAILS[which], number)

    # Here

    def _make(self, email: str, number: int) -> None:
        if holder_of(self.world.app, TENANT, email) is None:
            self.number += 1
            fields: dict[str, Value] = {"last_name": "L", "company": COMPANIES[number % 3]}
            new = NewPerson(fields, email, "Eva")
            create_person(self.world.app, TENANT, new, f"m{self.number}")

    def _edit(self, email: str, number: int) -> None:
        person, name = self.person(email), FIELDS[number % 2]
        if person is None:
            return
        value = None if number == 11 else f"here {number}"
        edit_person(self.world.app, TENANT, person.person_id, {name: value}, "Eva")
        # Changed on both sides: by the standard rule Sugar wins, unless it was read before the edit.
        self.edited[email, name] = {value, self.unread.get((email, name), value)}

    def _lead(self, email: str, _number: int) -> None:
        self._ask(email, Wish(WrittenModule.LEADS))

    def _contact(self, email: str, _number: int) -> None:
        self._ask(email, Wish(WrittenModule.CONTACTS))

    def _task(self, email: str, _number: int) -> None:
        self._ask(email, Wish(WrittenModule.LEADS, task=TaskWish(TaskKind.CALL, "Hello")))

    def _again(self, _email: str, number: int) -> None:
        """Somebody who got no answer asks again for the same."""
        if self.keys:
            person_id, wish, key = self.keys[number % len(self.keys)]
            self._request(person_id, wish, key)

    def _ask(self, email: str, wish: Wish) -> None:
        person = self.person(email)
        if person is not None:
            self.number += 1
            self.keys.append((person.person_id, wish, f"k{self.number}"))
            self._request(*self.keys[-1])

    def _request(self, person_id: PersonId, wish: Wish, key: str) -> None:
        try:
            request_push(self.world.app, TENANT, PushRequest(person_id, wish, "Eva", key))
        except NotFound:
            return

    def person(self, email: str) -> Person | None:
        return holder_of(self.world.app, TENANT, email)

    # There

    def _there(self, email: str, number: int) -> None:
        self.number += 1
        module = PEOPLE[number % 2]
        self.world.sugar.put(module, f"s{self.number}", last_name="S", email1=email)

    def _change_there(self, email: str, number: int) -> None:
        name = FIELDS[number % 2]
        for module in PEOPLE:
            for record in self._records(module, email)[:1]:
                self.world.sugar.put(module, record).fields[name] = f"there {number}"
        self.edited.pop((email, name), None)
        self.unread[email, name] = f"there {number}"

    def _delete_there(self, email: str, number: int) -> None:
        module = PEOPLE[number % 2]
        for record in self._records(module, email):
            self.world.sugar.delete(module, record)
            self._forget(email)

    def _restore_there(self, email: str, number: int) -> None:
        module = PEOPLE[number % 2]
        for record in self.world.sugar.tables[module].values():
            if record.deleted and email in addresses_of(record):
                record.deleted, record.date_modified = False, self.world.sugar.now()
                self._forget(email)

    def _move_there(self, email: str, number: int) -> None:
        module, to = PEOPLE[number % 2], EMAILS[number % 3]
        for record in self._records(module, email)[:1]:
            self.world.sugar.put(module, record, email1=to)
            self._forget(email, to)

    def _forget(self, *emails: str) -> None:
        """Whose fields these are is no longer only ours to say."""
        for email in emails:
            for name in FIELDS:
                self.edited.pop((email, name), None)

    def _records(self, module: Module, email: str) -> list[str]:
        table = self.world.sugar.tables[module].values()
        return [r.sugar_id for r in table if not r.deleted and email in addresses_of(r)]

    # Between

    def _push(self, _email: str, _number: int) -> None:
        self.world.drain()

    def _sync(self, _email: str, _number: int) -> None:
        self.world.clock.advance(3_600)
        self.world.sync()
        self.unread.clear()

    def _twice(self, _email: str, _number: int) -> None:
        self.world.handle(PushDue(TENANT))

    def _read_only(self, _email: str, _number: int) -> None:
        update_connection(self.world.app, TENANT, "Ada", ConnectionChanges(read_only=True))

    def _may_write(self, _email: str, _number: int) -> None:
        update_connection(self.world.app, TENANT, "Ada", ConnectionChanges(read_only=False))

    def _die(self, _email: str, number: int) -> None:
        self._break(number, Crash, late=False)

    def _die_late(self, _email: str, number: int) -> None:
        self._break(number, Crash, late=True)

    def _fail(self, _email: str, number: int) -> None:
        self._break(number, lambda: SugarUnavailable("cut off"), late=False)

    def _fail_late(self, _email: str, number: int) -> None:
        self._break(number, lambda: SugarUnavailable("cut off"), late=True)

    def _break(self, number: int, failure, *, late: bool) -> None:  # type: ignore[no-untyped-def]
        """One call fails, or the reply of the first write is lost; the message comes again."""
        sugar = self.world.sugar
        asked, written = len(sugar.calls), len(sugar.created) + len(sugar.updates)

        def strike(_name: str) -> None:
            wrote = len(sugar.created) + len(sugar.updates) > written
            if wrote if late else len(sugar.calls) - asked >= number:
                sugar.before_call = lambda _name: None
                raise failure()

        sugar.before_call = strike
        try:
            handle_message(self.world.app, PushDue(TENANT), self.world.ids.new_id(), lambda: 600.0)
        except Crash:
            self.world.clock.advance(700)
            self.world.queue.send(PushDue(TENANT))
        finally:
            sugar.before_call = lambda _name: None

    def settle(self) -> None:
        """The connection may be written to, everybody rests, and some nights pass."""
        self._may_write("", 0)
        for days in (1, 1, 8, 1, 1):
            self.world.clock.advance(days * DAY)
            self.world.handle(PushDue(TENANT))
            self.world.sync()

    # What must hold

    def _check_wanted(self, module: WrittenModule, fields: dict[str, Value]) -> None:
        """At the moment of creating: nobody live has the address, or the name."""
        if module in (WrittenModule.LEADS, WrittenModule.CONTACTS):
            email = str(fields["email1"])
            if [one for m in PEOPLE for one in self._records(m, email)]:
                self.doubles.append(email)
        if module is WrittenModule.ACCOUNTS:
            name = fold_name(str(fields["name"]))
            accounts = self.world.sugar.tables[Module.ACCOUNTS].values()
            if name in {fold_name(str(one.fields["name"])) for one in accounts}:
                self.doubles.append(name)

    def check(self) -> None:
        sugar, store = self.world.sugar, self.world.store
        assert self.doubles == []
        assert "PushUnexpected" not in {e.code for e in store.list_errors(TENANT, 500).items}
        asked = {key for _, wish, key in self.keys if wish.task}
        assert len(sugar.tasks) <= len(asked), "a second task"
        assert not [one for one in store.pushes.values() if one.state is PushState.DUE]
        failed = {one.failed for one in store.pushes.values() if one.state is PushState.FAILED}
        rows = store.list_errors(TENANT, 500).items
        assert {e.record for e in rows if e.direction is Direction.PUSH} == failed
        done = [one for one in store.pushes.values() if one.state is PushState.DONE]
        for intent in done:
            for step in intent.steps:
                if step.module is WrittenModule.TASKS:
                    assert step.sugar_id in sugar.tasks, "a task is lost"
        for (email, name), values in self.edited.items():
            person = self.person(email)
            assert person is None or person.fields.get(name) in values, f"{name} was lost"

    def writes(self) -> tuple[int, int, int]:
        sugar = self.world.sugar
        return self.world.store.writes, len(sugar.created), len(sugar.updates)


@pytest.mark.feature("C8")
@pytest.mark.feature("C9")
@pytest.mark.feature("C11")
@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(script=st.lists(steps, max_size=30))
@example(script=[("make", 0, 0), ("contact", 0, 0), ("fail late", 0, 0), ("push", 0, 0)])
@example(script=[("make", 0, 0), ("lead", 0, 0), ("die late", 0, 0), ("contact", 0, 0)])
@example(script=[("make", 0, 0), ("lead", 0, 0), ("push", 0, 0), ("move there", 0, 1)])
@example(script=[("there", 0, 0), ("sync", 0, 0), ("change there", 0, 0), ("edit", 0, 0)])
def test_nothing_is_doubled_no_edit_is_lost_and_then_it_is_quiet(script: list[Step]) -> None:
    """Invariants 1 to 4 of the design."""
    sides = Sides()
    for step in script:
        sides.do(step)
    sides.settle()
    sides.check()
    before = sides.writes()
    sides.world.clock.advance(3_600)
    sides.world.handle(PushDue(TENANT))
    sides.world.sync(RunKind.HOURLY)
    assert sides.writes() == before, "it is not quiet"
    _check_agreement(sides)


def _check_agreement(sides: Sides) -> None:
    """Whoever is pushed once more agrees with Sugar on every field, so that a second is no write."""
    sides.number += 1000
    for email in EMAILS:
        person = sides.person(email)
        if person is None or not person.links:
            continue
        outcomes = []
        for turn in range(2):
            key = f"check {email} {turn}"
            request = PushRequest(person.person_id, Wish(WrittenModule.LEADS), "Eva", key)
            asked = request_push(sides.world.app, TENANT, request)
            sides.world.drain()
            outcomes.append(sides.world.store.intents(TENANT, [asked.intent_id])[asked.intent_id])
        last = outcomes[-1]
        if last.state is PushState.DONE and last.steps:
            assert last.steps[-1].deed is Deed.KEEP, f"{email}: {last.steps[-1]}"
