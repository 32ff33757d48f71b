"""A Sugar in memory behind the CRM port: it keeps no order, and anything may change at any call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from funnel.domain.crm import (
    Access,
    Condition,
    Credentials,
    CrmRow,
    Dialect,
    EmailAddress,
    Endpoint,
    FieldDef,
    IdRange,
    Members,
    Operator,
    Page,
    Right,
    SignedIn,
    TargetList,
    Value,
    Window,
)
from funnel.domain.errors import ServerCrashed, SignInRefused
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.mapping import STANDARD_ONLY
from funnel.domain.scores import SCORE_FIELD
from funnel.ports.crm import Crm, Filter, Hooks
from tests.fakes.system import FakeClock

SITE = "https://crm.example.test"
ENDPOINT = Endpoint(
    url=f"{SITE}/service/v4_1/soap.php",
    site_url=SITE,
    dialect=Dialect.V4_1,
    version="6.5.25",
    edition="CE",
    product="SuiteCRM",
)


@dataclass
class ModelRecord:
    """A row of a Sugar table."""

    module: Module
    sugar_id: SugarId
    date_modified: datetime | None
    fields: dict[str, Value]
    deleted: bool = False
    contact_ids: tuple[SugarId, ...] = ()


@dataclass
class ModelTargetList:
    """A Target List and what is linked to it, deleted records included."""

    sugar_id: SugarId
    name: str = ""
    list_type: str = "default"
    date_modified: datetime | None = None
    deleted: bool = False
    members: dict[Module, set[SugarId]] = field(default_factory=dict)

    def add(self, module: Module, *ids: str) -> None:
        """Link records, as in a subpanel: no time of change moves."""
        self.members.setdefault(module, set()).update(SugarId(i) for i in ids)

    def drop(self, module: Module, *ids: str) -> None:
        """Take links away."""
        self.members.get(module, set()).difference_update(SugarId(i) for i in ids)


@dataclass
class ModelAddress:
    """A row of `email_addresses`, which all who have the address share."""

    sugar_id: SugarId
    opt_out: bool = False
    invalid: bool = False
    date_modified: datetime | None = None


@dataclass
class Login:
    """A person who can sign in; `is_admin` is what the sign-in's answer says, None for nothing."""

    password: str
    user_id: str
    is_admin: bool | None = False


@dataclass
class ModelSugar:
    """The server: its tables, its clock, and what happens to it at each call.

    Whoever is not among `logins` signs in with `password`, as user 1.
    """

    clock: FakeClock
    skew: float = 0
    seconds_a_call: float = 0.25
    password: str = "right"
    tables: dict[Module, dict[SugarId, ModelRecord]] = field(
        default_factory=lambda: {m: {} for m in Module}
    )
    target_lists: dict[SugarId, ModelTargetList] = field(default_factory=dict)
    reads_ranges: bool = True
    addresses: dict[str, ModelAddress] = field(default_factory=dict)
    takes_flags: bool = True
    flags_written: list[SugarId] = field(default_factory=list)
    refuses: set[SugarId] = field(default_factory=set)
    """Records that an update passes over without a word, as for want of a right."""
    dies_over: set[SugarId] = field(default_factory=set)
    """Records over which the server dies, once it has saved those before them."""
    updates: list[tuple[Module, dict[SugarId, dict[str, Value]]]] = field(default_factory=list)
    addresses_changed: list[tuple[Module, SugarId, datetime]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    rows_read: int = 0
    missing_fields: set[str] = field(default_factory=set)
    custom_fields: dict[Module, list[FieldDef]] = field(default_factory=dict)
    before_call: Callable[[str], None] = lambda _name: None
    logins: dict[str, Login] = field(default_factory=dict)

    def now(self) -> datetime:
        """The server's clock, in whole seconds."""
        return (self.clock.now() + timedelta(seconds=self.skew)).replace(microsecond=0)

    def put(
        self, module: Module, sugar_id: str, *, at: datetime | None = None, **fields: Value
    ) -> ModelRecord:
        """Create or save a record as a person would: its time of change moves to now, or `at`."""
        record = self.tables[module].get(SugarId(sugar_id))
        if record is None:
            record = ModelRecord(module, SugarId(sugar_id), None, {})
            self.tables[module][record.sugar_id] = record
        record.fields.update(fields)
        record.date_modified = at or self.now()
        return record

    def delete(self, module: Module, sugar_id: str) -> None:
        """Delete it as Sugar does: the row stays, marked, its time of change is now."""
        record = self.tables[module][SugarId(sugar_id)]
        record.deleted = True
        record.date_modified = self.now()

    def change_address(self, module: Module, sugar_id: str, email: str) -> None:
        """Change an address in its own table: the person's time of change does not move."""
        self.tables[module][SugarId(sugar_id)].fields["email1"] = email or None
        self.addresses_changed.append((module, SugarId(sugar_id), self.now()))

    def put_list(
        self, sugar_id: str, name: str, list_type: str = "default", *, at: datetime | None = None
    ) -> ModelTargetList:
        """Create or save a Target List as a person would."""
        one = self.target_lists.setdefault(SugarId(sugar_id), ModelTargetList(SugarId(sugar_id)))
        one.name, one.list_type, one.date_modified = name, list_type, at or self.now()
        return one

    def delete_list(self, sugar_id: str) -> None:
        """Delete a Target List; its members stay linked, as Sugar leaves them."""
        one = self.target_lists[SugarId(sugar_id)]
        one.deleted, one.date_modified = True, self.now()

    def live_members(self, sugar_id: str, module: Module) -> set[SugarId]:
        """The members of one module that exist and are not deleted."""
        table = self.tables[module]
        linked = self.target_lists[SugarId(sugar_id)].members.get(module, set())
        return {i for i in linked if i in table and not table[i].deleted}

    def address(self, email: str) -> ModelAddress:
        """The record of an address, made if it is new."""
        folded = email.strip().casefold()
        made = ModelAddress(SugarId(f"address {folded}"))
        return self.addresses.setdefault(folded, made)

    def flag(self, email: str, *, opt_out: bool | None = None, invalid: bool | None = None) -> None:
        """Set flags as a person would: no time of change moves but the address's own."""
        one = self.address(email)
        one.opt_out = one.opt_out if opt_out is None else opt_out
        one.invalid = one.invalid if invalid is None else invalid
        one.date_modified = self.now()
        for module in (Module.LEADS, Module.CONTACTS, Module.PROSPECTS):
            for record in self.tables[module].values():
                if _email(record) == email.strip().casefold():
                    self.addresses_changed.append((module, record.sugar_id, self.now()))

    def called(self, name: str) -> None:
        """Count a request and let time pass."""
        self.before_call(name)
        self.calls.append(name)
        self.clock.advance(self.seconds_a_call)


@dataclass
class ModelCrm:
    """A signed-in endpoint of a `ModelSugar`."""

    sugar: ModelSugar
    credentials: Credentials
    hooks: Hooks
    endpoint: Endpoint = ENDPOINT
    signed_in: bool = False
    known_fields: dict[Module, list[FieldDef]] = field(default_factory=dict)

    def sign_in(self) -> SignedIn:
        with self.hooks.sign_in_guard():
            self.sugar.called("login")
            user = self.sugar.logins.get(self.credentials.user_name)
            user = user or Login(self.sugar.password, "1", is_admin=True)
            if self.credentials.password != user.password:
                raise SignInRefused("Sugar refused the user name or password.")
        self.signed_in = True
        return SignedIn(SugarId(user.user_id), user.is_admin)

    def sign_out(self) -> None:
        self.signed_in = False

    def server_time(self) -> datetime:
        self._call("server_time")
        return self.sugar.now()

    def rights(self, modules: Sequence[str]) -> list[Right]:
        self._call("rights")
        return [Right(m, Access.YES, Access.YES) for m in modules]

    def fields(self, module: Module) -> list[FieldDef]:
        if module not in self.known_fields:
            self._call(f"fields {module}")
            self.known_fields[module] = [
                FieldDef(name, "varchar", name)
                for name in STANDARD_ONLY.read_fields(module)
                if name not in (*self.sugar.missing_fields, SCORE_FIELD)
            ] + self.sugar.custom_fields.get(module, [])
        return self.known_fields[module]

    def count(self, module: Module, window: Window, conditions: Filter = ()) -> int:
        self._call(f"count {module}")
        return len(self._inside(module, window, conditions))

    def read(
        self,
        module: Module,
        window: Window,
        limit: int,
        *,
        fields: Sequence[str],
        conditions: Filter = (),
    ) -> Page:
        began = self.sugar.clock.now()
        self._call(f"read {module}")
        rows = [self._row(r, fields) for r in self._inside(module, window, conditions)[:limit]]
        self.sugar.rows_read += len(rows)
        return Page(rows, began, self.sugar.clock.now())

    def by_ids(
        self,
        module: Module,
        ids: Sequence[SugarId],
        *,
        fields: Sequence[str],
        conditions: Filter = (),
    ) -> Page:
        began = self.sugar.clock.now()
        self._call(f"by_ids {module}")
        table = self.sugar.tables[module]
        found = [table[i] for i in ids if i in table]
        rows = [self._row(r, fields) for r in found if _matches(r, conditions)]
        return Page(rows, began, self.sugar.clock.now())

    def changed_addresses(
        self, module: Module, since: datetime, limit: int, conditions: Filter = ()
    ) -> list[SugarId] | None:
        self._call(f"changed_addresses {module}")
        found = [i for m, i, at in self.sugar.addresses_changed if m is module and at >= since]
        table = self.sugar.tables[module]
        matching = [i for i in dict.fromkeys(found) if _matches(table[i], conditions)]
        return matching[:limit]

    def parents(self, module: Module, window: Window, limit: int) -> Mapping[SugarId, SugarId]:
        self._call(f"parents {module}")
        live = [r for r in self._inside(module, window) if not r.deleted][:limit]
        return {r.sugar_id: SugarId(str(r.fields.get("account_id") or "")) for r in live}

    def sweep(
        self, module: Module, window: Window, limit: int, conditions: Filter = ()
    ) -> Mapping[SugarId, tuple[datetime | None, bool]]:
        self._call(f"sweep {module}")
        found = self._inside(module, window, conditions)[:limit]
        return {r.sugar_id: (r.date_modified, r.deleted) for r in found}

    def reads_ranges(self) -> bool:
        return self.sugar.reads_ranges

    def target_lists(self) -> list[TargetList]:
        self._call("target_lists")
        found = [
            TargetList(one.sugar_id, one.name, one.list_type, one.date_modified, one.deleted)
            for one in self.sugar.target_lists.values()
        ]
        return sorted(found, key=lambda one: hash((one.sugar_id, len(self.sugar.calls))))

    def members(self, target_list: SugarId, module: Module, ids: IdRange, limit: int) -> Members:
        self._call(f"members {module}")
        one = self.sugar.target_lists.get(target_list)
        if one is None or one.deleted:
            return Members({})
        table = self.sugar.tables[module]
        live = self.sugar.live_members(target_list, module)
        if self.sugar.reads_ranges:
            live = {
                i
                for i in live
                if (ids.since is None or i >= ids.since) and (ids.until is None or i < ids.until)
            }
        # In an order that means nothing, as a server without an index gives them.
        found = sorted(live, key=lambda i: hash((i, len(self.sugar.calls))))
        whole = not self.sugar.reads_ranges or len(found) <= limit
        self.sugar.rows_read += len(found)
        dated = module is Module.PROSPECTS
        kept = found if whole else found[:limit]
        return Members({i: table[i].date_modified if dated else None for i in kept}, whole)

    def addresses(
        self, people: Sequence[RecordKey]
    ) -> Mapping[RecordKey, tuple[EmailAddress, ...]]:
        return {person: self._addresses(person) for person in people}

    def _addresses(self, person: RecordKey) -> tuple[EmailAddress, ...]:
        self._call(f"addresses {person.module}")
        record = self.sugar.tables[person.module].get(person.sugar_id)
        if record is None or record.deleted or not _email(record):
            return ()
        one = self.sugar.address(_email(record))
        return (
            EmailAddress(one.sugar_id, _email(record), one.opt_out, one.invalid, one.date_modified),
        )

    def flag_address(
        self, address: SugarId, *, opt_out: bool | None = None, invalid: bool | None = None
    ) -> None:
        self._call("flag_address")
        self.sugar.flags_written.append(address)
        email = str(address).removeprefix("address ")
        if self.sugar.takes_flags:
            self.sugar.flag(email, opt_out=opt_out, invalid=invalid)

    def update(self, module: Module, rows: Mapping[SugarId, Mapping[str, Value]]) -> None:
        self._call(f"update {module}")
        self.sugar.updates.append((module, {i: dict(values) for i, values in rows.items()}))
        known = {one.name for one in self.sugar.custom_fields.get(module, [])}
        known |= set(STANDARD_ONLY.read_fields(module)) - self.sugar.missing_fields - {SCORE_FIELD}
        for sugar_id, values in rows.items():
            if sugar_id in self.sugar.dies_over:
                raise ServerCrashed("Sugar's service crashed while it worked on set_entries.")
            record = self.sugar.tables[module].get(sugar_id)
            if record is None or record.deleted or sugar_id in self.sugar.refuses:
                continue
            self.sugar.put(module, sugar_id)
            record.fields.update((n, value) for n, value in values.items() if n in known)

    def _call(self, name: str) -> None:
        if not self.signed_in:
            self.sign_in()
        self.hooks.before_request()
        self.sugar.called(name)

    def _inside(self, module: Module, window: Window, conditions: Filter = ()) -> list[ModelRecord]:
        """In an order that means nothing and changes with each call."""
        rows = self.sugar.tables[module].values()
        found = [r for r in rows if _in(r, window) and _matches(r, conditions)]
        turn = len(self.sugar.calls)
        return sorted(found, key=lambda r: hash((r.sugar_id, turn)))

    def _row(self, record: ModelRecord, fields: Sequence[str]) -> CrmRow:
        values = {f: v if (v := record.fields.get(f)) != "" else None for f in fields}
        address = self.sugar.addresses.get(_email(record))
        if address is not None and "email_opt_out" in values:
            values |= {"email_opt_out": address.opt_out, "invalid_email": address.invalid}
        contacts = tuple(
            i
            for i in record.contact_ids
            if i in self.sugar.tables[Module.CONTACTS]
            and not self.sugar.tables[Module.CONTACTS][i].deleted
        )
        return CrmRow(
            record.module, record.sugar_id, record.date_modified, record.deleted, values, contacts
        )


@dataclass
class ModelConnector:
    """Opens a `ModelSugar` whatever the address."""

    sugar: ModelSugar

    def detect(self, url: str) -> Endpoint:
        return ENDPOINT

    def open(self, endpoint: Endpoint, credentials: Credentials, hooks: Hooks | None = None) -> Crm:
        return ModelCrm(self.sugar, credentials, hooks or Hooks(), endpoint)


def _email(record: ModelRecord) -> str:
    return str(record.fields.get("email1") or "").strip().casefold()


def _matches(record: ModelRecord, conditions: Filter) -> bool:
    return all(_holds(str(record.fields.get(c.field) or ""), c) for c in conditions)


def _holds(value: str, condition: Condition) -> bool:
    match condition.operator:
        case Operator.IS:
            return value in condition.values
        case Operator.IS_NOT:
            return value not in condition.values
        case Operator.IS_EMPTY:
            return not value
        case Operator.IS_NOT_EMPTY:
            return bool(value)


def _in(record: ModelRecord, window: Window) -> bool:
    moment = record.date_modified
    if moment is None:
        inside = window.undated
    else:
        inside = (
            window.dated
            and (window.since is None or moment >= window.since)
            and (window.until is None or moment < window.until)
        )
    return (
        inside
        and (window.id_from is None or record.sugar_id >= window.id_from)
        and (window.id_until is None or record.sugar_id < window.id_until)
    )
