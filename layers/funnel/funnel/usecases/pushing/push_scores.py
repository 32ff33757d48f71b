"""Tell Sugar the scores of many people: by id, many at once, and read back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Self

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Value
from funnel.domain.errors import (
    MethodMissing,
    ModuleMissing,
    NoRight,
    Permanent,
    SugarRefused,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.pushing.score_marks import (
    NOT_TAKEN,
    ScoreMark,
    at_rest,
    failed,
    holds,
    parked,
    score_error,
    score_error_id,
    score_fields,
    scored_links,
    to_write,
    told,
)
from funnel.domain.scoring.scores import Score
from funnel.domain.sync.records import Link, Unit
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import change_connection
from funnel.usecases.pushing.push_lease import STOP
from funnel.usecases.pushing.score_modules import ScoreModules
from funnel.usecases.pushing.write_pace import WritePace

_MOST_POISON = 5
"""Records of one module over which the server may die before all of the module is left alone."""


@dataclass(slots=True)
class _Person:
    """One person whose score is due, and what became of it in this drain."""

    mark: ScoreMark
    score: Score
    left: set[RecordKey]
    bad: list[Link] = field(default_factory=list)
    blocked: Module | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """One record to be written."""

    person: _Person
    link: Link

    @property
    def sugar_id(self) -> SugarId:
        return self.link.key.sugar_id


class ScoreTeller:
    """Tells one Sugar, for as long as one worker has the lease.

    `freed` says that marks were parked and are not any more: there is more to do. `outrun` says that
    some stay due, because a score changed while it was told.
    """

    def __init__(self, app: App, crm: Crm, connection: Connection) -> None:
        self._app = app
        self._crm = crm
        self._connection = connection
        self._tenant = connection.tenant
        self._modules = ScoreModules(app, crm, connection)
        self._pace = WritePace(connection.write_size, connection.write_rate)
        self._poison: dict[Module, int] = {}
        self._apart: list[tuple[Module, Sequence[_Row]]] = []
        self._too_many = False
        self.outrun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Remember what the server has proved to bear."""
        if isinstance(error, SugarUnavailable | SugarReplyBroken):
            self._pace.failed()
        if kind is None or isinstance(error, Exception):
            self._remember()

    @property
    def freed(self) -> bool:
        """Whether marks were set free that are still to be told."""
        return self._modules.freed

    def free_what_was_parked(self) -> None:
        """Make due what waited for a module that takes scores again."""
        self._modules.free_mended()

    def tell(self, ids: Sequence[PersonId]) -> Iterator[Callable[[], None]]:
        """The steps of telling these people's scores, if they are due: each is one write, read back.

        Each score is taken as it is now. A step raises `Transient` errors, `ConnectionPaused` and
        what is about the whole Sugar; what it had not read back by then stays due.
        """
        rows = list(self._rows(ids))
        while rows or self._apart:
            if self._apart:
                yield partial(self._step, *self._apart.pop())
                continue
            module = rows[0].link.key.module
            of_module = [row for row in rows if row.link.key.module is module]
            batch = of_module[: self._pace.size]
            chosen = {row.link.key for row in batch}
            rows = [row for row in rows if row.link.key not in chosen]
            yield partial(self._step, module, batch)

    def _rows(self, ids: Sequence[PersonId]) -> Iterator[_Row]:
        """What is to be written of what is due; what needs no writing is settled at once.

        A listing may lag behind, so the marks are read once more.
        """
        if not ids:
            return
        stored = self._app.score_marks.score_marks(self._tenant, ids)
        marks = [one for i in ids if (one := stored.get(i)) and one.due_at and not one.parked]
        people = self._app.records.people(self._tenant, ids)
        scores = self._app.activities.scores(self._tenant, ids)
        settled = []
        for mark in marks:
            links = scored_links(people.get(mark.person_id))
            score = scores.get(mark.person_id)
            if score is None or not links:
                settled.append((mark, at_rest(mark)))
                continue
            if mark.told == score.value:
                links = [link for link in links if link.key in mark.failed]
            if not links:
                settled.append((mark, told(mark, score.value, mark.told_at or self._now())))
                continue
            person = _Person(mark, score, {link.key for link in links})
            yield from (_Row(person, link) for link in links)
        self._save(settled)

    def _step(self, module: Module, batch: Sequence[_Row]) -> None:
        """One write, read back; and what is known then of the people who are through."""
        self._write(module, batch)
        again = {row.link.key for _, rows in self._apart for row in rows}
        for row in batch:
            if row.link.key not in again:
                row.person.left.discard(row.link.key)
        through = {id(row.person): row.person for row in batch if not row.person.left}
        self._settle(list(through.values()))

    def _write(self, module: Module, batch: Sequence[_Row]) -> None:
        there = self._modules.fields(module)
        if there is None:
            self._block(module, batch)
            return
        fields = score_fields(self._connection, module)
        wanted = {
            row.sugar_id: to_write(fields, there, row.person.score.value, row.person.score)
            for row in batch
        }
        died = False
        try:
            died = self._update(module, wanted)
            taken, not_taken = self._read_back(module, batch, [f for f in fields if f in there])
        except STOP:
            raise
        except Permanent as error:
            self._modules.refused(module, error.text)
            self._block(module, batch)
            return
        if not_taken and self._modules.are_others(module):
            self._write(module, batch)
            return
        if taken:
            self._modules.taken(module)
        if died:
            self._try_apart(module, not_taken)
            return
        self._too_many = self._too_many or (bool(self._apart) and len(batch) == 1)
        self._refuse(not_taken)

    def _update(self, module: Module, wanted: Mapping[SugarId, Mapping[str, Value]]) -> bool:
        """Write them; whether Sugar refused it or died over it, maybe with some saved.

        Raises what refuses all of the module, whichever records these are.
        """
        began = self._app.clock.monotonic()
        try:
            self._crm.update(module, wanted)
        except (*STOP, NoRight, ModuleMissing, MethodMissing):
            raise
        except SugarRefused:
            return True
        self._pace.took(len(wanted), self._app.clock.monotonic() - began)
        return False

    def _read_back(
        self, module: Module, batch: Sequence[_Row], fields: Sequence[str]
    ) -> tuple[int, list[_Row]]:
        """How many hold the score, and which do not; those that are gone are nobody's error."""
        page = self._crm.by_ids(module, [row.sugar_id for row in batch], fields=fields)
        held = {row.sugar_id: row.fields for row in page.rows if not row.deleted}
        there = [row for row in batch if row.sugar_id in held]
        not_taken = [
            row for row in there if not _hold(held[row.sugar_id], fields, row.person.score.value)
        ]
        return len(there) - len(not_taken), not_taken

    def _try_apart(self, module: Module, rows: Sequence[_Row]) -> None:
        """It was refused, or the server died: over the first not saved, or over how many they were.

        So the first is tried alone. If it was not that one, the others are halved until they are
        few enough. Each part is a step of its own.
        """
        if len(rows) <= 1:
            self._refuse(rows)
            self._poison[module] = self._poison.get(module, 0) + len(rows)
            self._too_many = False
        else:
            first = len(rows) // 2 if self._too_many else 1
            self._apart += [(module, rows[first:]), (module, rows[:first])]
            if self._too_many:
                self._pace.failed()
        if self._poison.get(module, 0) >= _MOST_POISON:
            self._modules.refused(
                module, "Sugar's service refuses records of this module, or crashes over them."
            )

    def _refuse(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            row.person.bad.append(row.link)

    def _block(self, module: Module, rows: Iterable[_Row]) -> None:
        for row in rows:
            row.person.blocked = module

    def _settle(self, people: Sequence[_Person]) -> None:
        """Clear the marks of those who are through, unless their score changed meanwhile."""
        ids = [one.mark.person_id for one in people]
        scores = self._app.activities.scores(self._tenant, ids) if ids else {}
        settled = []
        for one in people:
            now = scores.get(one.mark.person_id)
            if now is not None and now.version == one.score.version:
                settled.append((one.mark, self._outcome(one)))
            else:
                self.outrun = True
        self._save(settled)

    def _outcome(self, one: _Person) -> ScoreMark:
        value, now = one.score.value, self._now()
        mark = self._report(one) if one.bad else one.mark
        if one.blocked is not None:
            return parked(mark, one.blocked)
        if one.bad:
            return failed(mark, value, now, [link.key for link in one.bad])
        return told(mark, value, now)

    def _report(self, one: _Person) -> ScoreMark:
        """A row for each record that did not take it, noted first so that it can be closed."""
        keys = tuple(dict.fromkeys((*one.mark.failed, *(link.key for link in one.bad))))
        noted = replace(one.mark, failed=keys)
        if noted != one.mark and self._app.score_marks.save_score_marks(self._tenant, [noted])[0]:
            noted = replace(noted, version=noted.version + 1)
        errors = [
            score_error(
                self._tenant,
                link.key,
                link.name,
                NOT_TAKEN,
                score_fields(self._connection, link.key.module)[0],
                str(one.score.value),
                self._app.records.errors_of(self._tenant, link.key),
                self._now(),
            )
            for link in one.bad
        ]
        self._app.records.commit(self._tenant, [Unit(errors=[error]) for error in errors])
        return noted

    def _save(self, settled: Sequence[tuple[ScoreMark, ScoreMark]]) -> None:
        """Keep how marks stand; one that was marked anew meanwhile stays due."""
        closed = [
            Unit(closed=[(key, score_error_id(key, NOT_TAKEN))])
            for before, after in settled
            for key in before.failed
            if key not in after.failed
        ]
        if closed:
            self._app.records.commit(self._tenant, closed)
        if settled:
            marks = [after for _, after in settled]
            if not all(self._app.score_marks.save_score_marks(self._tenant, marks)):
                self.outrun = True

    def _remember(self) -> None:
        learned, size, rate = self._modules.learned, self._pace.size, self._pace.rate
        differs = self._pace.differs_from(self._connection.write_size, self._connection.write_rate)
        if not (differs or learned):
            return

        def change(now: Connection) -> Connection:
            seen = {**now.score_fields_seen, **learned}
            after = replace(now, score_fields_seen=seen)
            return replace(after, write_size=size, write_rate=rate) if differs else after

        change_connection(self._app, self._tenant, change)

    def _now(self) -> datetime:
        return self._app.clock.now()


def _hold(fields: dict[str, Value], names: Iterable[str], score: int) -> bool:
    return all(holds(fields.get(name), score) for name in names)
