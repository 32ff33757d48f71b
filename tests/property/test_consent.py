"""Two sides change the consent of a few addresses at random, and end in agreement.

A reference keeps, of each address, who said what last; what may be lost is nothing.
"""

import os
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from funnel.domain.consent.consent import Consent
from funnel.domain.errors import NotFound
from funnel.domain.ids import Module
from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.consent.change_consent import Said, take_back, unsubscribe
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash
from tests.fakes.world import TENANT, World

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "300"))
DAY = 86_400
EMAILS = ("ann@x.test", "bob@x.test", "cy@x.test")

Step = tuple[str, int, int]
steps: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(
        [
            "out here", "out here", "back here", "out there", "out there", "back there", "sync",
            "sync", "push", "push", "push", "touch", "move", "delete", "restore", "read only",
            "may write", "crash", "again", "sloppy",
        ]
    ),
    st.integers(0, 2),
    st.integers(0, 11),
)  # fmt: skip


@dataclass
class Sides:
    """Both sides, and the addresses whose last opt-out somebody took back, on either side.

    `unheard` are those opted out in Sugar since we last held them for opted out.
    """

    world: World = field(default_factory=World)
    taken_back: set[str] = field(default_factory=set)
    unheard: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        sugar = self.world.sugar
        sugar.seconds_a_call = 6
        for number, email in enumerate(EMAILS):
            sugar.address(email)
            sugar.put(Module.LEADS, f"l{number}", last_name=f"L{number}", email1=email)
            sugar.put(Module.CONTACTS, f"c{number}", last_name=f"L{number}", email1=email.title())
        self.world.connect()
        self.world.change(read_only=False)
        self.world.sync(RunKind.INITIAL)

    def do(self, step: Step) -> None:
        kind, which, number = step
        self.world.clock.advance(7)
        getattr(self, "_" + kind.replace(" ", "_"))(EMAILS[which], which, number)
        self.unheard -= {email for email in EMAILS if self.here(email)}

    def _out_here(self, email: str, _which: int, _number: int) -> None:
        stood = self.here(email)
        if self._change(unsubscribe, email, "unsubscribe") and not stood:
            self.taken_back.discard(email)

    def _back_here(self, email: str, _which: int, _number: int) -> None:
        stood = self.here(email)
        if self._change(take_back, email, "asked for it") and stood:
            self.taken_back.add(email)

    def _change(self, use_case, email: str, reason: str) -> bool:  # type: ignore[no-untyped-def]
        claim = self.world.store.claims(TENANT, [email]).get(email)
        if claim is None or not claim.person_id:
            return False
        try:
            use_case(self.world.app, TENANT, claim.person_id, email, Said("Ada", reason))
        except NotFound:
            return False
        return True

    def _out_there(self, email: str, _which: int, _number: int) -> None:
        """A yes that Sugar said before, and we were to take back, is no new one."""
        consent = self.consent(email)
        news = consent.telling or not consent.opt_out.agreed
        if news and not self.world.sugar.address(email).opt_out:
            self.taken_back.discard(email)
            self.unheard.add(email)
        self.world.sugar.flag(email, opt_out=True)

    def _back_there(self, email: str, _which: int, _number: int) -> None:
        if self.world.sugar.address(email).opt_out:
            self.taken_back.add(email)
        self.world.sugar.flag(email, opt_out=False)

    def _touch(self, _email: str, which: int, number: int) -> None:
        self.world.sugar.put(Module.LEADS, f"l{which}", title=f"T{number}")

    def _move(self, _email: str, which: int, number: int) -> None:
        self.world.sugar.change_address(Module.LEADS, f"l{which}", EMAILS[number % 3])

    def _delete(self, _email: str, which: int, number: int) -> None:
        self.world.sugar.delete(*self._record(which, number))

    def _restore(self, _email: str, which: int, number: int) -> None:
        module, sugar_id = self._record(which, number)
        record = self.world.sugar.tables[module][sugar_id]  # type: ignore[index]
        record.deleted, record.date_modified = False, self.world.sugar.now()

    @staticmethod
    def _record(which: int, number: int) -> tuple[Module, str]:
        return (Module.LEADS, f"l{which}") if number % 2 else (Module.CONTACTS, f"c{which}")

    def _read_only(self, _email: str, _which: int, _number: int) -> None:
        update_connection(self.world.app, TENANT, "Ada", ConnectionChanges(read_only=True))

    def _may_write(self, _email: str, _which: int, _number: int) -> None:
        update_connection(self.world.app, TENANT, "Ada", ConnectionChanges(read_only=False))

    def _sync(self, _email: str, _which: int, _number: int) -> None:
        self.world.clock.advance(3_600)
        self.world.sync()

    def _again(self, _email: str, _which: int, _number: int) -> None:
        """A message that comes twice."""
        self.world.handle(PushDue(TENANT))

    def _crash(self, _email: str, _which: int, number: int) -> None:
        """The next push dies at one of its calls to Sugar; the message comes again."""
        self._push_and_die(number, after=False)

    def _sloppy(self, _email: str, _which: int, number: int) -> None:
        """The same, after Sugar has done what it was asked."""
        self._push_and_die(number, after=True)

    def _push(self, _email: str, _which: int, _number: int) -> None:
        self.world.drain()

    def _push_and_die(self, number: int, *, after: bool) -> None:
        sugar = self.world.sugar
        written, asked = len(sugar.flags_written), len(sugar.calls)

        def die(_name: str) -> None:
            if after and len(sugar.flags_written) > written:
                raise Crash
            if not after and len(sugar.calls) - asked >= number % 5:
                raise Crash

        sugar.before_call = die
        connection = self.world.store.connection(TENANT)
        try:
            handle_message(self.world.app, PushDue(TENANT), self.world.ids.new_id(), lambda: 600.0)
        except Crash:
            self.world.clock.advance(700)
            self.world.queue.send(PushDue(TENANT))
        finally:
            sugar.before_call = lambda _name: None
        assert connection is not None
        assert not connection.read_only or len(sugar.flags_written) == written

    def here(self, email: str) -> bool:
        return self.consent(email).opt_out.value

    def consent(self, email: str) -> Consent:
        return self.world.store.consents(TENANT, [email]).get(email) or Consent(TENANT, email)

    def has_holder(self, email: str) -> bool:
        tables = self.world.sugar.tables
        records = [r for m in (Module.LEADS, Module.CONTACTS) for r in tables[m].values()]
        return any(
            str(r.fields.get("email1") or "").casefold() == email and not r.deleted for r in records
        )

    def settle(self) -> None:
        """The connection may be written to, everybody rests, and some nights pass."""
        update_connection(self.world.app, TENANT, "Ada", ConnectionChanges(read_only=False))
        for days in (1, 8, 1, 1):
            self.world.clock.advance(days * DAY)
            self.world.sync()


@pytest.mark.feature("B11")
@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(script=st.lists(steps, max_size=30))
@example(script=[("out here", 0, 0), ("sync", 0, 0), ("back there", 0, 0), ("delete", 0, 0)])
@example(script=[("out here", 0, 0), ("sync", 0, 0), ("back there", 0, 0), ("move", 0, 1)])
@example(script=[("out here", 0, 0), ("back here", 0, 0), ("out there", 0, 0), ("move", 0, 1),
                 ("delete", 0, 0)])  # fmt: skip
def test_both_sides_agree_in_the_end_no_opt_out_is_lost_and_then_nothing_is_written(
    script: list[Step],
) -> None:
    """Invariants 3 and 4 of the design."""
    sides = Sides()
    known_here: set[str] = set()
    known_there: set[str] = set()
    for step in script:
        sides.do(step)
        known_here |= {email for email in EMAILS if sides.here(email)}
        known_there |= {email for email in EMAILS if sides.world.sugar.address(email).opt_out}
    sides.settle()
    sugar, store = sides.world.sugar, sides.world.store
    for email in EMAILS:
        known = email in known_here
        if sides.has_holder(email):
            assert sides.here(email) == sugar.address(email).opt_out, email
            assert not sides.consent(email).owed
            known |= email in known_there
        elif email in sides.unheard:
            continue  # Nobody has the address by whom Sugar could have told us.
        assert sides.here(email) or not known or email in sides.taken_back, f"{email} is lost"
    assert not [e for e in store.list_errors(TENANT, 10).items if e.direction == "push"]
    writes, told = store.writes, len(sugar.flags_written)
    sides.world.clock.advance(3_600)
    sides.world.sync()
    assert (store.writes, len(sugar.flags_written)) == (writes, told)


def test_last_word_of_a_side_that_is_alone_stands() -> None:
    """What one side says while the other rests holds on both, whichever side it is."""
    sides = Sides()
    for out, back, on in (("out here", "back there", True), ("out there", "back here", True)):
        sides.do((out, 0, 0))
        sides.settle()
        assert sides.here(EMAILS[0]) is sides.world.sugar.address(EMAILS[0]).opt_out is on
        sides.do((back, 0, 0))
        sides.settle()
        assert sides.here(EMAILS[0]) is sides.world.sugar.address(EMAILS[0]).opt_out is not on
