"""A Sugar in memory behind the CRM port: it keeps no order, and anything may change at any call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from funnel.domain.connecting.currencies import Currency
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
    OpenSession,
    Operator,
    Page,
    Right,
    SignedIn,
    TargetList,
    Window,
)
from funnel.domain.errors import SignInRefused
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.mapping.mapping import STANDARD_ONLY
from funnel.domain.mapping.score_fields import SCORE_FIELD
from funnel.ports.crm import Crm, Filter, Hooks
from tests.fakes.model_sugar import (
    Login,
    ModelRecord,
    ModelSugar,
    ModelTargetList,
    addresses_of,
    email_of,
)
from tests.fakes.sugar_linking import ModelLinking
from tests.fakes.sugar_writing import ModelWriting

__all__ = ["ENDPOINT", "SITE", "Login", "ModelConnector", "ModelCrm", "ModelRecord", "ModelSugar"]
__all__ += ["ModelTargetList"]

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
class ModelCrm(ModelWriting, ModelLinking):
    """A signed-in endpoint of a `ModelSugar`."""

    sugar: ModelSugar
    credentials: Credentials
    hooks: Hooks
    endpoint: Endpoint = ENDPOINT
    signed_in: bool = False
    known_fields: dict[Module, list[FieldDef]] = field(default_factory=dict)
    assumed: dict[Module, list[FieldDef]] = field(default_factory=dict)

    def sign_in(self) -> SignedIn:
        self._keep(None)
        with self.hooks.sign_in_guard():
            self.sugar.called("login")
            user = self.sugar.logins.get(self.credentials.user_name)
            user = user or Login(self.sugar.password, "1", is_admin=True)
            if self.credentials.password != user.password:
                raise SignInRefused("Sugar refused the user name or password.")
        self.signed_in = True
        told = SignedIn(SugarId(user.user_id), user.is_admin)
        self._keep(OpenSession(f"session of {user.user_id}", told))
        return told

    def sign_out(self) -> None:
        self.signed_in = False

    def _keep(self, session: OpenSession | None) -> None:
        if self.hooks.session is not None:
            self.hooks.session.save(session)

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

    def assume(self, module: Module, fields: Sequence[FieldDef]) -> None:
        self.assumed[module] = list(fields)

    def currencies(self) -> list[Currency]:
        self._call("currencies")
        return list(self.sugar.currencies)

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
        if record is None or record.deleted:
            return ()
        told = [(email, self.sugar.address(email)) for email in addresses_of(record)]
        return tuple(
            EmailAddress(one.sugar_id, email, one.opt_out, one.invalid, one.date_modified)
            for email, one in told
        )

    def flag_address(
        self, address: SugarId, *, opt_out: bool | None = None, invalid: bool | None = None
    ) -> None:
        self._call("flag_address")
        self.sugar.flags_written.append(address)
        email = str(address).removeprefix("address ")
        if self.sugar.takes_flags:
            self.sugar.flag(email, opt_out=opt_out, invalid=invalid)

    def _call(self, name: str) -> None:
        kept = self.hooks.session.load() if self.hooks.session else None
        if not (self.signed_in or kept):
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
        address = self.sugar.addresses.get(email_of(record))
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
