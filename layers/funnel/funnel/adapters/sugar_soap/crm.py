"""`funnel.ports.crm.Crm` over SOAP."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from funnel.adapters.sugar_http import rights
from funnel.adapters.sugar_http.values import parse_moment
from funnel.adapters.sugar_soap import sql
from funnel.adapters.sugar_soap.acls import told_acls
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.creating import create_record
from funnel.adapters.sugar_soap.currencies import read_currencies
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.adapters.sugar_soap.email_addresses import read_addresses, write_flags
from funnel.adapters.sugar_soap.finding import (
    find_accounts,
    find_existing,
    find_held,
    find_holders,
    find_marked,
)
from funnel.adapters.sugar_soap.linking import SoapLinking
from funnel.adapters.sugar_soap.lists import Lists
from funnel.adapters.sugar_soap.metadata import field_defs
from funnel.adapters.sugar_soap.pages import Pages
from funnel.adapters.sugar_soap.reader import Record
from funnel.adapters.sugar_soap.rows import ALWAYS, RowBuilder
from funnel.adapters.sugar_soap.session import Session
from funnel.adapters.sugar_soap.target_lists import read_members, read_target_lists
from funnel.adapters.sugar_soap.updating import update_rows
from funnel.domain.connecting.currencies import Currency
from funnel.domain.crm import (
    Condition,
    Dialect,
    EmailAddress,
    FieldDef,
    Held,
    IdRange,
    Members,
    Page,
    Right,
    SignedIn,
    TargetList,
    Value,
    Window,
)
from funnel.domain.errors import ServerCrashed, SugarReplyBroken
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule
from funnel.ports.system import Clock

_IDS_A_REQUEST = 500
_LIVE_AND_DELETED = 1


class SoapCrm(SoapLinking):
    """One endpoint, one user. To be used by one thread at a time."""

    def __init__(self, caller: Caller, session: Session, clock: Clock) -> None:
        self.endpoint = caller.endpoint
        self._caller = caller
        self._session = session
        self._clock = clock
        self._traits = TRAITS[caller.endpoint.dialect]
        self._sugar5 = caller.endpoint.dialect is Dialect.SOAP_5
        self._fields: dict[str, dict[str, FieldDef]] = {}
        self._assumed: dict[str, dict[str, FieldDef]] = {}
        lists = Lists(caller, session, self._traits)
        self._records = lists.records
        self._probe = lists.probe
        self._page = Pages(caller, session, self._traits, lists, clock, self._known).page

    def sign_in(self) -> SignedIn:
        """Sign in now; see `Crm`. `soap.php` takes two more requests to say who we are."""
        return self._session.sign_in()

    def sign_out(self) -> None:
        """End the session, unless it is kept, and let the connection go."""
        self._session.sign_out()
        self._caller.transport.close()

    def server_time(self) -> datetime:
        """The server's clock, which needs no session."""
        if self._sugar5:
            text = str(self._caller.call("get_gmt_time") or "")
        else:
            text = str(self._caller.call("get_server_info").gmt_time or "")
        try:
            at = parse_moment(text)
        except ValueError:
            at = None
        if at is None:
            raise SugarReplyBroken("Sugar does not say what time it is.")
        return at

    def rights(self, modules: Sequence[str]) -> list[Right]:
        """From the module list where it tells rights, else by trying to read one record."""
        blocks = self._traits.export_blocks
        if self._traits.acls:
            told = self._session.run(
                lambda session: self._caller.call("get_available_modules", session, "all")
            )
            return rights.from_acls(modules, told_acls(told or ()), export_blocks=blocks)
        admin = bool(self._session.user().is_admin)
        return rights.by_probing(modules, self._probe, is_admin=admin, export_blocks=blocks)

    def fields(self, module: Module) -> list[FieldDef]:
        """The module's fields; read once."""
        return list(self._told(module).values())

    def assume(self, module: Module, fields: Sequence[FieldDef]) -> None:
        """See `Crm`; every module has the fields that every read asks for."""
        always = {name: FieldDef(name, name, name) for name in ALWAYS}
        self._assumed[module] = {**always, **{one.name: one for one in fields}}

    def currencies(self) -> list[Currency]:
        """See `Crm`; three requests on `soap.php`."""
        return read_currencies(self._caller, self._session, self._records)

    def count(self, module: Module, window: Window, conditions: Sequence[Condition] = ()) -> int:
        """One request: any `deleted` but 0 counts live and deleted ones on every endpoint."""
        if not (window.dated or window.undated):
            return 0
        query = self._query(module, window, conditions)
        answer = self._session.run(
            lambda session: self._caller.call(
                "get_entries_count", session, str(module), query, _LIVE_AND_DELETED
            )
        )
        number = answer.result_count if self._sugar5 else answer
        if number is None or number < 0:
            raise ServerCrashed(f"Sugar could not count the {module} of a window.")
        return int(number)

    def read(
        self,
        module: Module,
        window: Window,
        limit: int,
        *,
        fields: Sequence[str],
        conditions: Sequence[Condition] = (),
    ) -> Page:
        """See `Crm`. Two requests on `soap.php`, and two more for each opportunity."""
        if not (window.dated or window.undated):
            now = self._clock.now()
            return Page([], now, now)
        return self._page(module, [self._query(module, window, conditions)], limit, fields)

    def by_ids(
        self,
        module: Module,
        ids: Sequence[SugarId],
        *,
        fields: Sequence[str],
        conditions: Sequence[Condition] = (),
    ) -> Page:
        """See `Crm`; 500 ids a request."""
        unique = list(dict.fromkeys(one for one in ids if one))
        chunks = [unique[at : at + _IDS_A_REQUEST] for at in range(0, len(unique), _IDS_A_REQUEST)]
        known = self._known(module) if conditions else None
        queries = [sql.ids_query(module, chunk, conditions, known) for chunk in chunks]
        return self._page(module, queries, _IDS_A_REQUEST, fields)

    def changed_addresses(
        self, module: Module, since: datetime, limit: int, conditions: Sequence[Condition] = ()
    ) -> list[SugarId] | None:
        """See `Crm`: a sub-select on the tables of addresses and their links."""
        if self._sugar5:
            return None
        found: dict[SugarId, None] = {}
        self._records(
            module,
            sql.changed_addresses_query(
                module, since, conditions, self._known(module) if conditions else None
            ),
            limit,
            ("id",),
            lambda record: found.setdefault(_id(record)),
        )
        return list(found)

    def parents(self, module: Module, window: Window, limit: int) -> Mapping[SugarId, SugarId]:
        """See `Crm`."""
        found: dict[SugarId, SugarId] = {}

        def add(record: Record) -> None:
            found[_id(record)] = SugarId(record.get("account_id") or "")

        query = self._query(module, window, ())
        self._records(module, query, limit, ("id", "account_id"), add, deleted=(0,))
        return found

    def sweep(
        self,
        module: Module,
        window: Window,
        limit: int,
        conditions: Sequence[Condition] = (),
    ) -> Mapping[SugarId, tuple[datetime | None, bool]]:
        """See `Crm`. A date that cannot be read counts as none."""
        builder = RowBuilder(module, {}, ())
        query = self._query(module, window, conditions)
        self._records(module, query, limit, ALWAYS, builder.add)
        return {row.sugar_id: (row.date_modified, row.deleted) for row in builder.rows}

    def reads_ranges(self) -> bool:
        """See `Crm`."""
        return self._traits.ranges

    def target_lists(self) -> list[TargetList]:
        """See `Crm`."""
        return read_target_lists(self._records)

    def members(self, target_list: SugarId, module: Module, ids: IdRange, limit: int) -> Members:
        """See `Crm`."""
        return read_members(self._caller, self._session, target_list, module, ids, limit)

    def addresses(
        self, people: Sequence[RecordKey]
    ) -> Mapping[RecordKey, tuple[EmailAddress, ...]]:
        """See `Crm`."""
        return {person: tuple(self._addresses(person)) for person in dict.fromkeys(people)}

    def flag_address(
        self, address: SugarId, *, opt_out: bool | None = None, invalid: bool | None = None
    ) -> None:
        """See `Crm`."""
        write_flags(self._caller, self._session, address, opt_out, invalid)

    def holders(self, emails: Iterable[str]) -> Mapping[str, tuple[RecordKey, ...]]:
        """See `Crm`."""
        return find_holders(self._records, self.endpoint.dialect, emails)

    def existing(self, module: WrittenModule, ids: Sequence[SugarId]) -> Mapping[SugarId, bool]:
        """See `Crm`."""
        return find_existing(self._records, module, ids)

    def held(
        self, module: WrittenModule, ids: Sequence[SugarId], fields: Sequence[str]
    ) -> Mapping[SugarId, Held]:
        """See `Crm`."""
        return find_held(self._records, module, ids, fields)

    def create(self, module: WrittenModule, sugar_id: SugarId, fields: Mapping[str, Value]) -> None:
        """See `Crm`."""
        create_record(self._caller, self._session, module, sugar_id, fields, self._known(module))

    def marked(self, module: WrittenModule, about: RecordKey, mark: str) -> list[SugarId]:
        """See `Crm`."""
        return find_marked(self._records, module, about, mark)

    def accounts_named(self, name: str) -> list[SugarId]:
        """See `Crm`."""
        return find_accounts(self._records, name)

    def update(
        self, module: Module | WrittenModule, rows: Mapping[SugarId, Mapping[str, Value]]
    ) -> None:
        """See `Crm`; one request."""
        update_rows(self._caller, self._session, module, rows, self._known(module))

    def _addresses(self, person: RecordKey) -> list[EmailAddress]:
        """Where the server crashes over a person, by whether the person is there at all."""
        try:
            return read_addresses(self._caller, self._session, person)
        except ServerCrashed:
            page = self.by_ids(person.module, [person.sugar_id], fields=())
            if any(not row.deleted for row in page.rows):
                raise
            return []

    def _known(self, module: str) -> dict[str, FieldDef]:
        known = self._fields.get(module) or self._assumed.get(module)
        return known or self._told(module)

    def _told(self, module: str) -> dict[str, FieldDef]:
        known = self._fields.get(module)
        if known is None:
            asked: tuple[object, ...] = (str(module),) if self._sugar5 else (str(module), [])
            answer = self._session.run(
                lambda session: self._caller.call("get_module_fields", session, *asked)
            )
            known = field_defs(answer.module_fields or ())
            if not known:
                raise SugarReplyBroken(f"Sugar tells no fields of {module}.")
            self._fields[module] = known
        return known

    def _query(self, module: Module, window: Window, conditions: Sequence[Condition]) -> str:
        known = self._known(module) if conditions else None
        return sql.window_query(module, window, conditions, known)


def _id(record: Record) -> SugarId:
    sugar_id = record.get("id")
    if not sugar_id:
        raise SugarReplyBroken("The reply contains a record without an id.")
    return SugarId(sugar_id)
