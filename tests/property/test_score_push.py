"""Scores change here, people in Sugar edit them, and whatever fails: both sides agree in the end."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from funnel.domain.errors import SugarUnavailable
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.mapping.score_fields import SCORE_FIELD, SCORED_MODULES
from funnel.domain.pushing.score_marks import OVERWRITTEN, ScoreMoved
from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.error_report.push_again import push_again
from funnel.usecases.pushing.push_score_now import push_score_now
from funnel.usecases.pushing.relay_score import relay_score
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.scoring_world import FIELDS, ScoreStream

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "200"))
DAY = 86_400
PEOPLE = 3

Step = tuple[str, int, int]
steps: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(
        [
            "score", "score", "score", "stream", "stream", "stream twice", "late stream", "edit",
            "touch", "sync", "sync", "push", "push", "wait", "read only", "may write", "crash",
            "sloppy", "away", "refuse", "take", "die over", "fields gone", "fields back", "now",
            "delete",
        ]
    ),
    st.integers(0, PEOPLE - 1),
    st.integers(0, 60),
)  # fmt: skip


@dataclass
class Sides:
    """Both sides. Each person has a Lead and a Contact."""

    world: World = field(default_factory=World)
    relayed: list[ScoreMoved] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stream = ScoreStream(self.world.store)
        sugar = self.world.sugar
        sugar.seconds_a_call = 3
        self.install()
        for number in range(PEOPLE):
            for module, letter in ((Module.LEADS, "l"), (Module.CONTACTS, "c")):
                email = f"p{number}@x.test"
                sugar.put(module, f"{letter}{number}", last_name=f"P{number}", email1=email)
        self.world.connect()
        self.world.change(read_only=False)
        self.world.sync(RunKind.INITIAL)
        assert not sugar.updates, "a first pull causes no push"

    def install(self) -> None:
        self.world.sugar.custom_fields = {module: list(FIELDS) for module in SCORED_MODULES}

    def do(self, step: Step) -> None:
        kind, which, number = step
        self.world.clock.advance(7)
        getattr(self, "_" + kind.replace(" ", "_"))(which, number)

    def person(self, which: int) -> PersonId:
        for key in (RecordKey(Module.CONTACTS, SugarId(f"c{which}")), self.lead(which)):
            record = self.world.store.records(TENANT, [key])[key]
            if record.person_id:
                return record.person_id
        raise AssertionError

    @staticmethod
    def lead(which: int) -> RecordKey:
        return RecordKey(Module.LEADS, SugarId(f"l{which}"))

    def _score(self, which: int, number: int) -> None:
        self.stream.put(self.person(which), number, self.world.clock.now())

    def _stream(self, _which: int, _number: int) -> None:
        self.relayed += self.stream.relay(self.world.app)

    def _stream_twice(self, which: int, number: int) -> None:
        self._stream(which, number)
        for change in self.relayed[-3:]:
            relay_score(self.world.app, change)

    def _late_stream(self, _which: int, _number: int) -> None:
        """Changes of several people in another order: of one they keep theirs."""
        self.stream.moved.sort(key=lambda one: one.person_id, reverse=True)

    def _edit(self, which: int, number: int) -> None:
        module, letter = ((Module.LEADS, "l"), (Module.CONTACTS, "c"))[number % 2]
        if not self.world.sugar.tables[module][SugarId(f"{letter}{which}")].deleted:
            self.world.sugar.put(module, f"{letter}{which}", funnel_score_c=number or None)

    def _touch(self, which: int, number: int) -> None:
        self.world.sugar.put(Module.CONTACTS, f"c{which}", title=f"T{number}")

    def _delete(self, which: int, _number: int) -> None:
        self.world.sugar.delete(Module.LEADS, f"l{which}")

    def _sync(self, _which: int, _number: int) -> None:
        self.world.clock.advance(3_600)
        self.world.sync()

    def _push(self, _which: int, _number: int) -> None:
        self.world.drain()

    def _wait(self, _which: int, number: int) -> None:
        self.world.clock.advance(number * 5)

    def _read_only(self, _which: int, _number: int) -> None:
        update_connection(self.world.app, TENANT, "Ada", ConnectionChanges(read_only=True))

    def _may_write(self, _which: int, _number: int) -> None:
        update_connection(self.world.app, TENANT, "Ada", ConnectionChanges(read_only=False))

    def _now(self, which: int, _number: int) -> None:
        push_score_now(self.world.app, TENANT, self.person(which))

    def _refuse(self, which: int, _number: int) -> None:
        self.world.sugar.refuses = {SugarId(f"l{which}")}

    def _die_over(self, which: int, _number: int) -> None:
        self.world.sugar.dies_over = {SugarId(f"c{which}")}

    def _take(self, _which: int, _number: int) -> None:
        self.world.sugar.refuses = set()
        self.world.sugar.dies_over = set()

    def _fields_gone(self, _which: int, _number: int) -> None:
        self.world.sugar.custom_fields = {}

    def _fields_back(self, _which: int, _number: int) -> None:
        self.install()

    def _crash(self, _which: int, number: int) -> None:
        asked = len(self.world.sugar.calls)
        self._push_and_fail(lambda: len(self.world.sugar.calls) - asked >= number % 7, Crash)

    def _sloppy(self, _which: int, _number: int) -> None:
        """It dies with the next request after Sugar has saved."""
        written = len(self.world.sugar.updates)
        self._push_and_fail(lambda: len(self.world.sugar.updates) > written, Crash)

    def _away(self, _which: int, number: int) -> None:
        asked = len(self.world.sugar.calls)
        self._push_and_fail(
            lambda: len(self.world.sugar.calls) - asked >= number % 7,
            lambda: SugarUnavailable("Sugar does not answer."),
        )

    def _push_and_fail(self, when: Callable[[], bool], make: Callable[[], BaseException]) -> None:
        sugar = self.world.sugar
        written = len(sugar.updates)
        connection = self.world.store.connection(TENANT)

        def fail(_name: str) -> None:
            if when():
                raise make()

        sugar.before_call = fail
        try:
            handle_message(self.world.app, PushDue(TENANT), self.world.ids.new_id(), lambda: 600.0)
        except Crash:
            self.world.clock.advance(700)
            self.world.queue.send(PushDue(TENANT))
        finally:
            sugar.before_call = lambda _name: None
        assert connection is not None
        assert not connection.read_only or len(sugar.updates) == written

    def settle(self) -> None:
        """Sugar takes everything, may be written to, and some nights pass."""
        self.install()
        self._take(0, 0)
        self._stream(0, 0)
        update_connection(self.world.app, TENANT, "Ada", ConnectionChanges(read_only=False))
        for days in (1, 2, 1, 1):
            self.world.clock.advance(days * DAY)
            self.world.sync()
            push_again(self.world.app, TENANT, self.world.store.list_errors(TENANT, 50).items)
            self.world.drain()


@pytest.mark.feature("C6")
@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(script=st.lists(steps, max_size=40))
@example(script=[("fields gone", 0, 0), ("score", 0, 5), ("stream", 0, 0), ("sync", 0, 0)])
@example(script=[("score", 0, 5), ("stream", 0, 0), ("sync", 0, 0), ("edit", 0, 9), ("sync", 0, 0)])
def test_sugar_has_every_score_in_the_end_and_then_nothing_is_written(script: list[Step]) -> None:
    """Invariants 3 and 8 of the design, whatever happened before."""
    sides = Sides()
    for step in script:
        sides.do(step)
    sides.settle()
    sugar, store = sides.world.sugar, sides.world.store
    for which in range(PEOPLE):
        person_id = sides.person(which)
        score = store.scores(TENANT, [person_id]).get(person_id)
        mark = store.score_marks(TENANT, [person_id]).get(person_id)
        if score is None or mark is None:
            continue
        assert (mark.due_at, mark.failed, mark.parked) == (None, (), "")
        for module, letter in ((Module.LEADS, "l"), (Module.CONTACTS, "c")):
            record = sugar.tables[module][SugarId(f"{letter}{which}")]
            assert record.deleted or record.fields.get(SCORE_FIELD) == score.value
    open_rows = store.list_errors(TENANT, 10).items
    assert not [row for row in open_rows if row.direction == "push" and row.code != OVERWRITTEN]
    written, marks = len(sugar.updates), store.mark_writes
    sides.world.clock.advance(3_600)
    sides.world.sync()
    assert (len(sugar.updates), store.mark_writes) == (written, marks)
