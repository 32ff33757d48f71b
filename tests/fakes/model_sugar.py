"""The tables of a Sugar in memory, and what its users do with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from funnel.domain.connecting.currencies import BASE, Currency
from funnel.domain.crm import Dialect, FieldDef, Value
from funnel.domain.ids import Module, SugarId, WrittenModule
from funnel.domain.text import fold_email
from tests.fakes.system import FakeClock


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
    description: str = ""

    def change(self, fields: Mapping[str, Value]) -> None:
        """Set what a client of Sugar's services names."""
        told = {name: str(value or "") for name, value in fields.items()}
        self.name = told.get("name", self.name)
        self.list_type = told.get("list_type", self.list_type)
        self.description = told.get("description", self.description)

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
class ModelRelated:
    """A row of `tasks`, `notes` or `campaigns`."""

    fields: dict[str, Value]
    deleted: bool = False


@dataclass
class Login:
    """A person who can sign in; `is_admin` is what the sign-in's answer says, None for nothing."""

    password: str
    user_id: str
    is_admin: bool | None = False


def _nothing(_call: str) -> None:
    """What happens at a call of a Sugar that is well."""


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
    currencies: list[Currency] = field(
        default_factory=lambda: [Currency(BASE, "US Dollar", "$", "USD", "1")]
    )
    missing_fields: set[str] = field(default_factory=set)
    custom_fields: dict[Module, list[FieldDef]] = field(default_factory=dict)
    before_call: Callable[[str], None] = _nothing
    logins: dict[str, Login] = field(default_factory=dict)
    related: dict[WrittenModule, dict[SugarId, ModelRelated]] = field(
        default_factory=lambda: {
            module: {}
            for module in (WrittenModule.TASKS, WrittenModule.NOTES, WrittenModule.CAMPAIGNS)
        }
    )
    uses: dict[SugarId, set[SugarId]] = field(default_factory=dict)
    """The Target Lists of each Campaign."""
    keeps_off: set[SugarId] = field(default_factory=set)
    """Records that get on no Target List, though Sugar says they do."""
    dialect: Dialect = Dialect.V4_1
    created: list[tuple[WrittenModule, SugarId]] = field(default_factory=list)

    @property
    def tasks(self) -> dict[SugarId, ModelRelated]:
        """The Tasks."""
        return self.related[WrittenModule.TASKS]

    @property
    def campaigns(self) -> dict[SugarId, ModelRelated]:
        """The Campaigns."""
        return self.related[WrittenModule.CAMPAIGNS]

    @property
    def notes(self) -> dict[SugarId, ModelRelated]:
        """The Notes."""
        return self.related[WrittenModule.NOTES]

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

    def create(self, module: WrittenModule, sugar_id: SugarId, fields: Mapping[str, Value]) -> None:
        """Create a record as a client of Sugar's services does, under an id that is free."""
        self.created.append((module, sugar_id))
        if module in self.related:
            self.related[module][sugar_id] = ModelRelated(dict(fields))
            return
        if module is WrittenModule.TARGET_LISTS:
            one = self.put_list(sugar_id, "")
            one.change(fields)
            return
        made = self.put(Module(module), sugar_id)
        made.fields |= {"date_entered": self.now().isoformat(), **fields}
        account = self.tables[Module.ACCOUNTS].get(SugarId(str(fields.get("account_id") or "")))
        if module is WrittenModule.CONTACTS and account is not None:
            made.fields["account_name"] = account.fields.get("name")

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
                if email_of(record) == email.strip().casefold():
                    self.addresses_changed.append((module, record.sugar_id, self.now()))

    def called(self, name: str) -> None:
        """Count a request and let time pass."""
        self.before_call(name)
        self.calls.append(name)
        self.clock.advance(self.seconds_a_call)


def email_of(record: ModelRecord) -> str:
    """The folded main address of a row; "" for none."""
    return str(record.fields.get("email1") or "").strip().casefold()


def addresses_of(record: ModelRecord) -> tuple[str, ...]:
    """All folded addresses of a row, the main one first."""
    others = (fold_email(str(record.fields.get(f"email{n}") or "")) for n in range(2, 9))
    return tuple(dict.fromkeys(email for email in (email_of(record), *others) if email))
