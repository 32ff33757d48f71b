"""People with lead scores in a Funnel in memory, and a Sugar that takes them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from funnel.domain.crm import FieldDef, Value
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.mapping.score_fields import SCORE_AT_FIELD, SCORE_FIELD, SCORED_MODULES
from funnel.domain.pushing.score_marks import ScoreMark, ScoreMoved
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.tallies import ScoreChange
from funnel.domain.sync.records import SyncError
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import SubjectId
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.pushing.relay_score import relay_score
from funnel.usecases.work.push_due import push_due
from tests.fakes.store import MemoryStore
from tests.fakes.world import TENANT, World

FIELDS = [
    FieldDef(SCORE_FIELD, "int", "Funnel score"),
    FieldDef(SCORE_AT_FIELD, "datetime", "Funnel score at"),
]


class ScoreStream:
    """Writes scores, as an activity does, and keeps what the table's stream tells of them."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.moved: list[ScoreMoved] = []

    def put(self, person_id: PersonId, value: int, at: datetime) -> None:
        """Write a person's score."""
        before = self._store.scores(TENANT, [person_id]).get(person_id)
        lines = (ScoreLine("visit", "Visit", 1, value),) if value else ()
        score = Score(TENANT, person_id, lines, at, version=before.version if before else 0)
        people = (SubjectId(person_id),)
        (told,) = self._store.write(TENANT, [ScoreChange((), score=score, people=people)])
        assert told.written
        self.moved.append(ScoreMoved(TENANT, person_id, before.value if before else 0, value))

    def relay(self, app: App) -> list[ScoreMoved]:
        """Relay what was told, and say what it was."""
        told, self.moved = self.moved, []
        for one in told:
            relay_score(app, one)
        return told


def lead(sugar_id: str) -> RecordKey:
    return RecordKey(Module.LEADS, SugarId(sugar_id))


def contact(sugar_id: str) -> RecordKey:
    return RecordKey(Module.CONTACTS, SugarId(sugar_id))


@dataclass
class Scoring:
    """A connected Funnel that may write, and a Sugar with the score fields."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.sugar = self.world.sugar
        self.store = self.world.store
        self.stream = ScoreStream(self.store)
        self.install()
        self.connection = self.world.connect()
        self.world.change(read_only=False)

    def install(self) -> None:
        """Give the modules the score fields, as the Sugar module does."""
        self.sugar.custom_fields = {module: list(FIELDS) for module in SCORED_MODULES}

    def people(self, *keys: RecordKey, kind: RunKind = RunKind.INITIAL) -> None:
        """Have these records in Sugar and here, each with an address of its own."""
        for key in keys:
            email = f"{key.sugar_id}@{key.module}.example".lower()
            self.sugar.put(key.module, key.sugar_id, last_name=key.sugar_id, email1=email)
        self.world.sync(kind)
        self.sugar.calls.clear()

    def person(self, key: RecordKey) -> PersonId:
        """Whose record it is."""
        return self.store.records(TENANT, [key])[key].person_id

    def score(self, key: RecordKey, value: int) -> PersonId:
        """A person's score is written, and the stream is relayed."""
        person_id = self.person(key)
        self.stream.put(person_id, value, self.world.clock.now())
        self.relay()
        return person_id

    def relay(self) -> None:
        """Relay what the stream has."""
        self.stream.relay(self.world.app)

    def quiet(self) -> None:
        """Deliver what is queued, in its time."""
        self.world.drain()

    def push(self, seconds_left: Callable[[], float] = lambda: 600.0) -> None:
        """What a message that arrives now does."""
        push_due(self.world.app, PushDue(TENANT), self.world.ids.new_id(), seconds_left)

    def held(self, key: RecordKey) -> Value:
        """The score that Sugar has."""
        return self.sugar.tables[key.module][key.sugar_id].fields.get(SCORE_FIELD)

    def mark(self, key: RecordKey) -> ScoreMark | None:
        """What is kept of a person's score towards Sugar."""
        person_id = self.person(key)
        return self.store.score_marks(TENANT, [person_id]).get(person_id)

    def errors(self) -> list[SyncError]:
        """The error report."""
        return list(self.store.errors.values())

    def written(self, module: Module | None = None) -> list[str]:
        """The records written so far, in their order."""
        return [
            str(sugar_id)
            for which, rows in self.sugar.updates
            if module in (None, which)
            for sugar_id in rows
        ]

    def calls(self, *kinds: str) -> list[str]:
        """The requests of these kinds."""
        return [call for call in self.sugar.calls if call.split()[0] in kinds]
