"""Put people of a campaign on its Target List in Sugar, and take off who is no longer in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from funnel.domain.campaigns.campaigns_in_sugar import (
    LIST_DELETED,
    MEMBER_MODULES,
    MEMBERS_AT_ONCE,
    CampaignInSugar,
    SugarMember,
    member_facing,
    member_of,
)
from funnel.domain.errors import MethodMissing, ModuleMissing, NoRight, ServerCrashed
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Obstacle
from funnel.domain.sync.records import Person
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.bells.wake_members import new_member
from funnel.usecases.campaigns.participants import participants
from funnel.usecases.campaigns_in_sugar.member_rows import MemberRows
from funnel.usecases.campaigns_in_sugar.sync_campaign import Hindered, NotNow, tried

_OF_THE_LIST = (NoRight, ModuleMissing, MethodMissing)


@dataclass(frozen=True, slots=True)
class _Case:
    """One row as it is stored, and which of the person's records is to be on the list."""

    row: SugarMember
    wanted: RecordKey | None
    name: str
    is_in: bool

    @property
    def unwanted(self) -> list[RecordKey]:
        """What we have put on the list, or may have, that is not to be on it."""
        mine = (self.row.on_list if self.row.ours else None, self.row.adding)
        return [key for key in dict.fromkeys(mine) if key is not None and key != self.wanted]


class MemberTeller:
    """Tells Sugar of one campaign's people."""

    def __init__(
        self,
        app: App,
        crm: Crm,
        one: CampaignInSugar,
        name: str,
        may_write: Callable[[], bool],
    ) -> None:
        self._app = app
        self._crm = crm
        self._one = one
        self._may_write = may_write
        self._rows = MemberRows(app, one, name)

    @property
    def moved(self) -> int:
        """How many more are on the list by what was done."""
        return self._rows.moved

    def tell(self, rows: Iterable[SugarMember]) -> None:
        """Bring these in step; those of whom something changes meanwhile stay due.

        Whom Sugar does not take is in the error report. Repeated, it finds what was done. Raises
        `Hindered` where the list takes nobody, `NotNow`, `Transient` errors, and `NoRight`,
        `ModuleMissing` or `MethodMissing`.
        """
        cases = self._taken_off(self._cases(rows))
        self._put_on([case for case in cases if case.wanted not in (None, case.row.on_list)])
        self._settle([case for case in cases if case.wanted in (None, case.row.on_list)])

    def _cases(self, rows: Iterable[SugarMember]) -> list[_Case]:
        facing = [member_facing(row, self._one.connection_id) for row in rows]
        ids = {row.person_id for row in facing}
        people = self._app.records.people(self._one.tenant, ids) if ids else {}
        there = self._in(people)
        return [self._case(row, people.get(row.person_id), there) for row in facing]

    def _case(self, row: SugarMember, person: Person | None, there: set[PersonId]) -> _Case:
        """Who was erased is in no campaign, and who is part of another only as that other."""
        is_in = person is not None and row.person_id in there
        name = person.name if person else ""
        return _Case(row, member_of(person) if is_in else None, name, is_in)

    def _in(self, people: Mapping[PersonId, Person]) -> set[PersonId]:
        stand = [one for one in people.values() if not one.merged_into and not one.erased]
        return participants(self._app, self._one.tenant, self._one.campaign_id, stand)

    # ------------------------------------------------------------------ taking off

    def _taken_off(self, cases: Sequence[_Case]) -> list[_Case]:
        """With what is not wanted off the list; those of whom Sugar keeps it on are left out."""
        todo = [case for case in cases if case.unwanted]
        if not todo:
            return list(cases)
        kept = self._handed_over(todo)
        off = {key for case in todo for key in case.unwanted} - kept
        left = {key for module in MEMBER_MODULES for key in self._removed(module, off)}
        stuck = [case for case in todo if left.intersection(case.unwanted)]
        for case in stuck:
            self._rows.fail(case.row, case.name, next(key for key in case.unwanted if key in left))
        out = {case.row.person_id for case in stuck}
        done = [case for case in todo if case.row.person_id not in out]
        rows = self._rows.save([(case.row, _without(case)) for case in done])
        again = {row.person_id: row for row in rows if row is not None}
        gone = {case.row.person_id for case in todo} - set(again)
        return [
            replace(case, row=again.get(case.row.person_id, case.row))
            for case in cases
            if case.row.person_id not in gone
        ]

    def _handed_over(self, cases: Sequence[_Case]) -> set[RecordKey]:
        """Records that are another's by now, who is to have them on the list: they stay on it.

        Kept with the other first, so that nobody takes it for somebody else's doing.
        """
        wanted = sorted({key for case in cases for key in case.unwanted})
        tenant = self._one.tenant
        owners = {k: r.person_id for k, r in self._app.records.records(tenant, wanted).items()}
        people = self._app.records.people(tenant, set(filter(None, owners.values())))
        there = self._in(people)
        kept = set()
        for key, owner in owners.items():
            if owner in there and member_of(people[owner]) == key and self._given(key, owner):
                kept.add(key)
        return kept

    def _given(self, key: RecordKey, heir: PersonId) -> bool:
        tenant, at = self._one.tenant, (self._one.campaign_id, heir)
        now = self._app.clock.now()
        found = self._app.campaigns_in_sugar.sugar_members(tenant, [at]).get(at)
        before = member_facing(found or new_member(self._one, heir, now), self._one.connection_id)
        if before.on_list == key or before.adding == key:
            return True
        if before.adding is not None:
            return False
        return self._rows.save([(before, replace(before, due_at=now, adding=key))])[0] is not None

    def _removed(self, module: Module, keys: Iterable[RecordKey]) -> list[RecordKey]:
        """Take them off; who is on it all the same."""
        ids = sorted(key.sugar_id for key in keys if key.module is module)
        left: list[RecordKey] = []
        for at in range(0, len(ids), MEMBERS_AT_ONCE):
            chunk = ids[at : at + MEMBERS_AT_ONCE]
            self._ask_leave()
            self._try(self._crm.remove_members, module, chunk)
            left += self._among(module, chunk)
        return left

    # ------------------------------------------------------------------ putting on

    def _put_on(self, cases: Sequence[_Case]) -> None:
        for module in MEMBER_MODULES:
            some = [case for case in cases if case.wanted and case.wanted.module is module]
            for at in range(0, len(some), MEMBERS_AT_ONCE):
                self._add(module, some[at : at + MEMBERS_AT_ONCE])

    def _add(self, module: Module, cases: Sequence[_Case]) -> None:
        """Who is on it already is there by us only if that was kept before."""
        there = set(self._among(module, _ids(cases)))
        self._on_list([case for case in cases if case.wanted in there])
        todo = self._announced([case for case in cases if case.wanted not in there])
        if todo:
            self._ask_leave()
            self._added(module, todo)

    def _added(self, module: Module, cases: Sequence[_Case]) -> None:
        """One over which Sugar dies is found by halves, and keeps nobody else off."""
        failed = self._try(self._crm.add_members, module, _ids(cases))
        there = set(self._among(module, _ids(cases)))
        self._on_list([case for case in cases if case.wanted in there])
        left = [case for case in cases if case.wanted not in there]
        if failed and len(left) > 1:
            middle = len(left) // 2
            self._added(module, left[:middle])
            self._added(module, left[middle:])
        elif left:
            self._not_taken(module, left)

    def _not_taken(self, module: Module, cases: Sequence[_Case]) -> None:
        """Who was deleted in Sugar meanwhile is nobody's error; the pull will say so."""
        self._check_list()
        there = self._crm.existing(WrittenModule(module), _ids(cases))
        for case in cases:
            assert case.wanted is not None
            if there.get(case.wanted.sugar_id) is False:
                self._rows.fail(case.row, case.name, case.wanted)
            else:
                self._rows.save([(case.row, replace(case.row, due_at=None, adding=None))])

    def _announced(self, cases: Sequence[_Case]) -> list[_Case]:
        """Those of whom it is kept that we are about to put them on the list."""
        kept = [case for case in cases if case.row.adding == case.wanted]
        fresh = [case for case in cases if case.row.adding != case.wanted]
        rows = self._rows.save(
            [(case.row, replace(case.row, adding=case.wanted)) for case in fresh]
        )
        told = [replace(case, row=row) for case, row in zip(fresh, rows, strict=True) if row]
        return [*kept, *told]

    def _on_list(self, cases: Sequence[_Case]) -> None:
        ours = [(case, case.row.adding == case.wanted) for case in cases]
        rows = self._rows.save(
            [
                (
                    case.row,
                    replace(_at_rest(case.row), on_list=case.wanted, ours=by_us),
                )
                for case, by_us in ours
            ]
        )
        self._rows.close([case.row for case, row in zip(cases, rows, strict=True) if row])

    # ------------------------------------------------------------------ both

    def _try(
        self,
        write: Callable[[SugarId, Module, Sequence[SugarId]], None],
        module: Module,
        ids: Sequence[SugarId],
    ) -> bool:
        """Whether it failed over one of these: what is on the list then is asked anyway."""
        problem = tried(lambda: write(self._one.list_id, module, ids))
        if isinstance(problem, _OF_THE_LIST):
            raise problem
        return problem is not None

    def _among(self, module: Module, ids: Sequence[SugarId]) -> list[RecordKey]:
        try:
            found = self._crm.members_among(self._one.list_id, module, ids)
        except ServerCrashed:
            self._check_list()
            raise
        return [RecordKey(module, sugar_id) for sugar_id in sorted(found)]

    def _check_list(self) -> None:
        held = self._crm.held(WrittenModule.TARGET_LISTS, [self._one.list_id], ())
        mine = held.get(self._one.list_id)
        if mine is None or mine.deleted:
            raise Hindered(Obstacle(LIST_DELETED, "deleted"))

    def _ask_leave(self) -> None:
        if not self._may_write():
            raise NotNow

    # ------------------------------------------------------------------ writing down

    def _settle(self, cases: Sequence[_Case]) -> None:
        """Who is as it should be rests; who is not in the campaign is forgotten."""
        for case in cases:
            if not case.is_in:
                self._rows.forget(case.row)
        rest = [case for case in cases if case.is_in]
        rows = self._rows.save(
            [(case.row, replace(_at_rest(case.row), on_list=case.wanted)) for case in rest]
        )
        self._rows.close([case.row for case, row in zip(rest, rows, strict=True) if row])


def _at_rest(row: SugarMember) -> SugarMember:
    return replace(row, due_at=None, adding=None, failed=None)


def _without(case: _Case) -> SugarMember:
    """The row once what is not wanted is off the list."""
    off, row = case.unwanted, case.row
    return replace(
        row,
        on_list=None if row.on_list in off else row.on_list,
        adding=None if row.adding in off else row.adding,
    )


def _ids(cases: Sequence[_Case]) -> list[SugarId]:
    return [case.wanted.sugar_id for case in cases if case.wanted]
