"""Decide what a push would do in Sugar: it reads, and writes nothing. Runs and previews share it."""

from collections.abc import Mapping, Sequence

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import CrmRow, FieldDef, Value
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule
from funnel.domain.mapping.typed_values import checked_address
from funnel.domain.pushing.push_fields import GoingUp, for_sugar, of_existing, of_new
from funnel.domain.pushing.push_ids import account_record_id, person_record_id
from funnel.domain.pushing.pushes import GENERATIONS, Deed, Obstacle, Plan, PushIntent, Step, Why
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.records import Person
from funnel.domain.text import fold_email
from funnel.ports.crm import Looking
from funnel.usecases.app import App
from funnel.usecases.pushing.plan_related import note_step, task_step

MISSES, REFUSED_VALUE, DELETED = "PushMissesField", "PushValueRefused", "PushDeleted"
ACCOUNT_DELETED, OWNER_INACTIVE = "PushAccountDeleted", "PushOwnerInactive"
ADDRESS_DROPPED, NO_ID_LEFT = "PushAddressDropped", "PushNoIdLeft"

_PEOPLE = (Module.CONTACTS, Module.LEADS)


class _Stop(Exception):
    """An obstacle; the steps before it stand."""

    def __init__(self, obstacle: Obstacle, *steps: Step) -> None:
        super().__init__(obstacle.code)
        self.obstacle = obstacle
        self.steps = steps


class Planner:
    """Plans for one worker on one connection. Each module's fields are read once."""

    def __init__(self, app: App, crm: Looking, connection: Connection) -> None:
        self._app = app
        self._crm = crm
        self._connection = connection
        self._mappings = connection.all_mappings()

    def plan(self, person: Person, intent: PushIntent) -> Plan:
        """What is to be done for the person now. Raises what Sugar raises."""
        try:
            return Plan(tuple(self._steps(person, intent)))
        except _Stop as stop:
            return Plan(stop.steps, stop.obstacle)

    def known(self, module: Module) -> Mapping[str, FieldDef]:
        """The module's fields by name."""
        return {one.name: one for one in self._crm.fields(module)}

    def read_fields(self, module: Module) -> list[str]:
        """What is read of a record, as a pull reads it."""
        known = self.known(module)
        return [name for name in self._mappings.read_fields(module) if name in known]

    def _steps(self, person: Person, intent: PushIntent) -> list[Step]:
        wish = intent.wish
        if wish.note is not None:
            return [note_step(self._crm, self._connection, intent, wish.note)]
        if wish.module is None:
            row = self._linked(person)
            return [self._change(person, row, intent, Why.EDITED)] if row else []
        self._check_owner(intent)
        email = person.emails[0] if person.emails else ""
        if not email and not wish.only_existing:
            raise _Stop(Obstacle(MISSES, "email1"))
        row, why = self._there(person, email)
        if row is not None:
            steps = [self._change(person, row, intent, why)]
        elif wish.only_existing:
            return []
        else:
            steps = self._new(person, email, intent, wish.module)
        if wish.task is None:
            return steps
        task = task_step(self._crm, self._connection, intent, wish.task, steps[-1], row)
        return [*steps, task]

    def _there(self, person: Person, email: str) -> tuple[CrmRow | None, Why]:
        """The record that is the person's: by the address, else one that is linked here."""
        if not email:
            return self._linked(person), Why.LINKED
        try:
            checked_address(email)
            keys = self._crm.holders([email])[email]
        except InputInvalid:
            raise _Stop(Obstacle(REFUSED_VALUE, "email1", email)) from None
        for key in self._ranked(person, keys):
            row = self._row(key)
            if row is not None:
                return row, Why.MADE if self._is_made_for(person, row) else Why.HAS_ADDRESS
        return self._linked(person), Why.LINKED

    def _is_made_for(self, person: Person, row: CrmRow) -> bool:
        """Whether it was made by a push of the person, such as one whose reply was lost."""
        module = WrittenModule(row.module)
        return row.sugar_id in self._ids(person, module)

    def _ids(self, person: Person, module: WrittenModule) -> list[SugarId]:
        connection_id = self._connection.connection_id
        return [
            person_record_id(connection_id, module, person.person_id, number)
            for number in range(GENERATIONS)
        ]

    def _linked(self, person: Person) -> CrmRow | None:
        """The first record of the person that Sugar still has, in the order of preference."""
        for link in person.links:
            if link.key.module in _PEOPLE and not link.apart:
                row = self._row(link.key)
                if row is not None:
                    return row
        return None

    def _ranked(self, person: Person, keys: Sequence[RecordKey]) -> list[RecordKey]:
        """Contacts first; those linked here before others, those set apart from us last."""
        mine = [link.key for link in person.links]
        stored = self._app.records.records(person.tenant, keys) if keys else {}

        def rank(key: RecordKey) -> tuple[bool, int, int, str]:
            record = stored.get(key)
            apart = record is not None and record.apart and record.person_id != person.person_id
            place = mine.index(key) if key in mine else len(mine)
            return apart, _PEOPLE.index(key.module), place, key.sugar_id

        return sorted(keys, key=rank)

    def _row(self, key: RecordKey) -> CrmRow | None:
        """A live record as Sugar has it now."""
        page = self._crm.by_ids(key.module, [key.sugar_id], fields=self.read_fields(key.module))
        return next((row for row in page.rows if not row.deleted), None)

    def _change(self, person: Person, row: CrmRow, intent: PushIntent, why: Why) -> Step:
        """Mapped fields where ours wins; owner and lead source only if that was asked for."""
        up = of_existing(person, row, self._mappings, self.known(row.module))
        wish = intent.wish
        asked: dict[str, Value] = {}
        if wish.update_existing and wish.owner_id:
            asked["assigned_user_id"] = wish.owner_id
        if wish.update_existing and wish.lead_source:
            asked["lead_source"] = self._lead_source(wish.lead_source, row.module)
        for name, value in asked.items():
            up.fields.pop(name, None)
            up.before.pop(name, None)
            if row.fields.get(name) != value:
                up.fields[name] = value
                up.before[name] = row.fields.get(name)
        deed = Deed.UPDATE if up.fields else Deed.KEEP
        module = WrittenModule(row.module)
        return _step(deed, module, row.sugar_id, why, person.name, up)

    def _new(
        self, person: Person, email: str, intent: PushIntent, module: WrittenModule
    ) -> list[Step]:
        """Nobody in Sugar has the address: the Account, if it is to be a Contact, and the person."""
        last_name = str(person.fields.get("last_name") or self._connection.default_last_name)
        company = str(person.fields.get("company") or self._connection.default_company).strip()
        for name, value in (("last_name", last_name.strip()), ("company", company)):
            if not value:
                raise _Stop(Obstacle(MISSES, name))
        sugar_id, why = self._free_id(person, email, module, anew=intent.wish.anew)
        if why is None:
            row = self._row(RecordKey(Module(module), sugar_id))
            assert row is not None
            return [self._change(person, row, intent, Why.MADE)]
        known = self.known(Module(module))
        up = of_new(person, Module(module), self._mappings, known)
        up.fields |= {"last_name": last_name, "email1": email, **self._owner(intent)}
        if intent.wish.lead_source:
            source = self._lead_source(intent.wish.lead_source, Module(module))
            up.fields["lead_source"] = source
        steps: list[Step] = []
        if module is WrittenModule.CONTACTS:
            account = self._account(company, intent)
            steps.append(account)
            up.fields["account_id"] = account.sugar_id
        else:
            up.fields["account_name"] = company
        name = person.name or last_name
        return [*steps, _step(Deed.CREATE, module, sugar_id, why, name, up)]

    def _free_id(
        self, person: Person, email: str, module: WrittenModule, *, anew: bool
    ) -> tuple[SugarId, Why | None]:
        """The id to create it under, and why; no reason where it is there and the person's.

        One that has another's address by now is left to that one; one that was deleted in Sugar is
        made once more only if that was asked for.
        """
        ids = self._ids(person, module)
        there = self._crm.existing(module, ids)
        why = Why.NOBODY_HAS_IT
        for sugar_id in ids:
            if sugar_id not in there:
                return sugar_id, why
            if there[sugar_id]:
                if not anew:
                    step = Step(Deed.KEEP, module, sugar_id, Why.DELETED, person.name)
                    raise _Stop(Obstacle(DELETED, "deleted", person.name), step)
                why = Why.DELETED
                continue
            row = self._row(RecordKey(Module(module), sugar_id))
            address = fold_email(str(row.fields.get("email1") or "")) if row else ""
            if row is not None and address == email:
                return sugar_id, None
            if row is not None and not address:
                step = Step(Deed.KEEP, module, sugar_id, Why.MADE, person.name)
                raise _Stop(Obstacle(ADDRESS_DROPPED, "email1", email), step)
            why = Why.ANOTHERS
        raise _Stop(Obstacle(NO_ID_LEFT, "id", email))

    def _account(self, company: str, intent: PushIntent) -> Step:
        """The oldest live Account of exactly this name, else one that is to be made."""
        accounts = WrittenModule.ACCOUNTS
        try:
            named = self._crm.accounts_named(company)
        except InputInvalid:
            raise _Stop(Obstacle(REFUSED_VALUE, "company", company)) from None
        if named:
            return Step(Deed.KEEP, accounts, named[0], Why.HAS_NAME, company)
        sugar_id = account_record_id(self._connection.connection_id, company)
        deleted = self._crm.existing(accounts, [sugar_id]).get(sugar_id)
        if deleted:
            step = Step(Deed.KEEP, accounts, sugar_id, Why.DELETED, company)
            raise _Stop(Obstacle(ACCOUNT_DELETED, "company", company), step)
        if deleted is False:
            return Step(Deed.KEEP, accounts, sugar_id, Why.MADE, company)
        fields = {"name": company, **self._owner(intent)}
        return Step(Deed.CREATE, accounts, sugar_id, Why.NONE_HAS_NAME, company, fields)

    def _owner(self, intent: PushIntent) -> dict[str, Value]:
        """Whom new records are assigned to: an Account that is nobody's would not sync."""
        owner = intent.wish.owner_id or self._connection.user_id
        return {"assigned_user_id": owner} if owner else {}

    def _check_owner(self, intent: PushIntent) -> None:
        owner = intent.wish.owner_id
        if not owner:
            return
        key = RecordKey(Module.USERS, owner)
        user = self._app.records.records(intent.tenant, [key]).get(key)
        if user is not None and not is_active(user):
            raise _Stop(Obstacle(OWNER_INACTIVE, "assigned_user_id", user.name))

    def _lead_source(self, wanted: str, module: Module) -> Value:
        known = self.known(module).get("lead_source")
        if known is None:
            return wanted
        try:
            return for_sugar(wanted, known)
        except InputInvalid:
            raise _Stop(Obstacle(REFUSED_VALUE, "lead_source", wanted)) from None


def _step(
    deed: Deed, module: WrittenModule, sugar_id: SugarId, why: Why, name: str, up: GoingUp
) -> Step:
    return Step(deed, module, sugar_id, why, name, up.fields, up.before, tuple(up.left_out))
