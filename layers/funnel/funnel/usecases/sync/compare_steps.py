"""The steps of a comparison: count ours, read Sugar's ids and times, ask for what was not met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Window
from funnel.domain.errors import (
    FunnelError,
    InputInvalid,
    MethodMissing,
    ModuleMissing,
    NoRight,
    ReplyTooLarge,
    ServerCrashed,
)
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.comparison import (
    Comparison,
    Difference,
    Kind,
    ModuleComparison,
    Moments,
    Phase,
    Reason,
    Seen,
    Stage,
    difference,
    in_use,
    still_differing,
)
from funnel.domain.sync.records import SugarRecord
from funnel.domain.sync.runs import JobStatus, Note
from funnel.domain.sync.windows import Planned, cut_by_rows, everything, plan
from funnel.ports.crm import Crm, Filter
from funnel.usecases.app import App
from funnel.usecases.sync.hold_pushes import release_if_compared
from funnel.usecases.sync.repair import Repair
from funnel.usecases.sync.run_steps import Requests

PAGE = 1_500
"""Records that are looked at in one light reading: an id and a time each."""

_SLACK = PAGE // 10
_NO_CLOCK = timedelta(days=1)
"""What is dated further ahead was typed in, not saved a moment ago."""
_OURS = 500
_PART = 500
_OF_A_MODULE = (
    InputInvalid,
    MethodMissing,
    ModuleMissing,
    NoRight,
    ReplyTooLarge,
    ServerCrashed,
)
_ENDED = frozenset({Stage.DONE, Stage.FAILED})


class ComparisonSteps:
    """One worker's work on one comparison. `comparison` is it as last saved.

    Nothing is kept between steps but what is saved, so memory holds one page of each side.
    """

    def __init__(
        self,
        app: App,
        crm: Crm,
        connection: Connection,
        comparison: Comparison,
        requests: Requests,
    ) -> None:
        self.comparison = comparison
        self._app = app
        self._crm = crm
        self._connection = connection
        self._requests = requests
        self._repair = Repair(app, crm, connection)

    @property
    def row(self) -> Comparison:
        """See `Slice`."""
        return self.comparison

    def let_go(self) -> None:
        """Each step is saved."""

    def close(self) -> None:
        """Nothing is under way between steps."""

    def step(self) -> bool:
        """Do the next thing; False when nothing is left. A module Sugar refuses is left out."""
        current = self.comparison
        if current.server_time is None:
            self._save(
                replace(current, server_time=self._crm.server_time(), status=JobStatus.RUNNING)
            )
            return True
        if current.phase is Phase.REPAIR:
            return self._repaired()
        part = next((m for m in current.modules if m.stage not in _ENDED), None)
        if part is None:
            self._end()
            return False
        try:
            self._compare(part)
        except _OF_A_MODULE as error:
            self._fail(part, error)
        return True

    def _compare(self, part: ModuleComparison) -> None:
        match part.stage:
            case Stage.WAITING:
                self._begin(part)
            case Stage.COUNTING:
                self._count_ours(part)
            case Stage.READING:
                self._read(part)
            case _:
                self._ask(part)

    def _begin(self, part: ModuleComparison) -> None:
        whole = everything()
        expected = self._count(part.module, whole)
        windows = self._planned(part.module, Planned(whole, expected)) if expected else []
        after = replace(part, stage=Stage.COUNTING, expected=expected)
        self._save_part(after, windows=windows, cursor="")

    def _count_ours(self, part: ModuleComparison) -> None:
        current = self.comparison
        listing = self._app.records.list_records(
            current.tenant, part.module, "", _OURS, current.cursor
        )
        after = replace(
            part,
            here=part.here + len(listing.items),
            ours=part.ours + sum(self._was_here(r) for r in listing.items),
            stage=part.stage if listing.cursor else Stage.READING,
        )
        self._save_part(after, windows=current.windows, cursor=listing.cursor)

    def _read(self, part: ModuleComparison) -> None:
        """One window, cut further where it is too large; then on to what was not met."""
        windows = self.comparison.windows
        if not windows:
            stage = Stage.DONE if part.met == part.ours else Stage.ASKING
            self._save_part(replace(part, stage=stage), windows=(), cursor="")
            return
        first, *rest = windows
        if first.expected > PAGE and not first.stuck:
            self._save_part(part, windows=[*self._planned(part.module, first), *rest])
            return
        limit = PAGE + _SLACK
        found = self._crm.sweep(part.module, first.window, limit, self._conditions(part.module))
        if len(found) >= limit:
            rows = [(moment, str(i)) for i, (moment, _) in found.items()]
            self._save_part(part, windows=[*self._cut(part.module, first.window, rows), *rest])
            return
        stored = self._stored(part.module, found)
        differing = self._differing(part.module, found, stored)
        self._put(part, differing)
        met = [i for i, seen in found.items() if self._is_met(stored.get(i), seen)]
        held = [d for d in differing if d.kind is Kind.HELD and not in_use(stored.get(d.sugar_id))]
        after = replace(
            part,
            read=part.read + len(found),
            there=part.there + sum(not deleted for _, deleted in found.values()),
            held=part.held + len(held),
            met=part.met + len(met),
        )
        self._save_part(_with(after, differing), windows=rest)

    def _ask(self, part: ModuleComparison) -> None:
        """Sugar is asked by id for a page of ours; what is inside the filter was read before."""
        current, module = self.comparison, part.module
        listing = self._app.records.list_records(current.tenant, module, "", _OURS, current.cursor)
        ours = {r.key.sugar_id: r for r in listing.items if self._was_here(r)}
        there = self._seen(module, list(ours))
        conditions = self._conditions(module)
        inside = self._seen(module, list(there), filtered=True) if conditions else there
        gone = {i: r for i, r in ours.items() if i not in there}
        differing = self._differing(module, dict.fromkeys(gone), gone)
        differing += [
            Difference(
                module, i, Kind.ONLY_HERE, Reason.FILTERED, there[i][0], r.stamp.date_modified
            )
            for i, r in ours.items()
            if i in there and i not in inside
        ]
        self._put(part, differing)
        stage = part.stage if listing.cursor else Stage.DONE
        self._save_part(_with(replace(part, stage=stage), differing), cursor=listing.cursor)

    def _repaired(self) -> bool:
        """One part of what was found: read again, compared again, and written as it is now."""
        current = self.comparison
        listing = self._app.sync.differences(
            current.tenant, current.comparison_id, 1, current.cursor
        )
        for found in listing.items:
            remains = self._repair.remaining(found.items, self._moments)
            self._app.sync.put_differences(
                current.tenant, current.comparison_id, found.part, remains
            )
            if remains:
                module = remains[0].module
                part = next(m for m in current.modules if m.module is module)
                current = _replaced(current, still_differing(part, remains))
        if not listing.cursor:
            self.comparison = current
            self._end()
            return False
        self._save(replace(current, cursor=listing.cursor))
        return True

    def _fail(self, part: ModuleComparison, error: FunnelError) -> None:
        note = Note(error.code, error.text, error.mend)
        self._save_part(replace(part, stage=Stage.FAILED, note=note), windows=(), cursor="")

    def _end(self) -> None:
        release_if_compared(self._app, self.comparison)
        now = self._app.clock.now()
        self._save(replace(self.comparison, status=JobStatus.DONE, finished_at=now))

    def _moments(self, module: Module) -> Moments:
        server_time = self.comparison.server_time
        assert server_time is not None
        return Moments(server_time, self._connection.synced_until.get(module))

    def _was_here(self, record: SugarRecord) -> bool:
        return record.first_seen < self.comparison.created_at

    def _is_met(self, record: SugarRecord | None, seen: Seen) -> bool:
        """One of ours, which changes made while we read cannot have shown us twice."""
        moment, server_time = seen[0], self.comparison.server_time
        assert server_time is not None
        settled = moment is None or not server_time <= moment <= server_time + _NO_CLOCK
        return record is not None and in_use(record) and self._was_here(record) and settled

    def _differing(
        self,
        module: Module,
        seen: Mapping[SugarId, Seen | None],
        stored: Mapping[SugarId, SugarRecord],
    ) -> list[Difference]:
        when = self._moments(module)
        found = (difference(module, i, what, stored.get(i), when) for i, what in seen.items())
        return [one for one in found if one]

    def _put(self, part: ModuleComparison, found: Sequence[Difference]) -> None:
        """In as many parts each time, so that a step done again leaves nothing of the first."""
        current = self.comparison
        name = f"{current.modules.index(_of(current, part.module))}-{current.step:06}"
        for number in range(-(-(PAGE + _SLACK) // _PART)):
            some = found[number * _PART : (number + 1) * _PART]
            self._app.sync.put_differences(
                current.tenant, current.comparison_id, f"{name}-{number}", some
            )

    def _stored(self, module: Module, ids: Iterable[SugarId]) -> dict[SugarId, SugarRecord]:
        keys = [RecordKey(module, i) for i in ids]
        found = self._app.records.records(self.comparison.tenant, keys)
        return {key.sugar_id: record for key, record in found.items()}

    def _seen(
        self, module: Module, ids: Sequence[SugarId], *, filtered: bool = False
    ) -> dict[SugarId, Seen]:
        return self._repair.seen(module, ids, filtered=filtered)

    def _planned(self, module: Module, one: Planned) -> list[Planned]:
        now = self.comparison.server_time
        assert now is not None
        return plan(one.window, one.expected, PAGE, now, lambda w: self._count(module, w))

    def _cut(
        self, module: Module, window: Window, rows: Sequence[tuple[datetime | None, str]]
    ) -> list[Planned]:
        cuts = cut_by_rows(window, rows)
        if cuts is None:
            raise ServerCrashed(f"{module} holds {len(rows)} records that cannot be told apart.")
        counted = [Planned(w, self._count(module, w)) for w in cuts]
        return [p for p in counted if p.expected]

    def _count(self, module: Module, window: Window) -> int:
        return self._crm.count(module, window, self._conditions(module))

    def _conditions(self, module: Module) -> Filter:
        return self._connection.conditions.get(module, ())

    def _save_part(
        self,
        part: ModuleComparison,
        *,
        windows: Sequence[Planned] | None = None,
        cursor: str | None = None,
    ) -> None:
        current = self.comparison
        counted = replace(part, requests=part.requests + self._requests.take())
        after = _replaced(current, counted)
        self._save(
            replace(
                after,
                windows=current.windows if windows is None else tuple(windows),
                cursor=current.cursor if cursor is None else cursor,
            )
        )

    def _save(self, comparison: Comparison) -> None:
        """Raises `Conflict` if another worker has gone on with it."""
        after = replace(
            comparison,
            step=comparison.step + 1,
            attempt=0,
            next_try=None,
            note=None,
            changed_at=self._app.clock.now(),
        )
        self.comparison = self._app.sync.save_comparison(after)


def _with(part: ModuleComparison, found: Sequence[Difference]) -> ModuleComparison:
    return still_differing(replace(part, found=part.found + len(found)), found)


def _of(comparison: Comparison, module: Module) -> ModuleComparison:
    return next(m for m in comparison.modules if m.module is module)


def _replaced(comparison: Comparison, part: ModuleComparison) -> Comparison:
    modules = tuple(part if m.module is part.module else m for m in comparison.modules)
    return replace(comparison, modules=modules)
