"""`funnel.ports.crm.Crm` over REST."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from funnel.adapters.sugar_http import rights
from funnel.adapters.sugar_http.refusals import module_missing
from funnel.adapters.sugar_http.values import parse_moment
from funnel.adapters.sugar_rest import (
    creating,
    email_addresses,
    filters,
    finding,
    target_lists,
)
from funnel.adapters.sugar_rest.acls import told_acls
from funnel.adapters.sugar_rest.calls import Caller
from funnel.adapters.sugar_rest.currencies import read_currencies
from funnel.adapters.sugar_rest.filters import Expression
from funnel.adapters.sugar_rest.linking import RestLinking
from funnel.adapters.sugar_rest.listing import Links, Record, read_whole
from funnel.adapters.sugar_rest.metadata import ModuleFields, in_words, module_fields
from funnel.adapters.sugar_rest.rows import ALWAYS, RowBuilder, record_id
from funnel.adapters.sugar_rest.session import Session, who
from funnel.adapters.sugar_rest.updating import update_rows
from funnel.domain.connecting.currencies import Currency
from funnel.domain.crm import (
    Condition,
    CrmRow,
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
from funnel.domain.errors import (
    InputInvalid,
    MethodMissing,
    ModuleMissing,
    NoRight,
    ReplyTooLarge,
    ServerCrashed,
    SugarReplyBroken,
)
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule
from funnel.ports.system import Clock

_USUAL_LANGUAGE = "en_us"


class RestCrm(RestLinking):
    """One endpoint, one user. To be used by one thread at a time."""

    def __init__(self, caller: Caller, session: Session, clock: Clock) -> None:
        self.endpoint = caller.endpoint
        self._caller = caller
        self._session = session
        self._clock = clock
        self._fields: dict[str, ModuleFields] = {}
        self._assumed: dict[str, ModuleFields] = {}
        self._worded: dict[str, list[FieldDef]] = {}
        self._language: Mapping[str, Any] | None = None

    def sign_in(self) -> SignedIn:
        """Sign in now; see `Crm`. One request more says who we are."""
        return self._session.sign_in()

    def sign_out(self) -> None:
        """End a token of our own and let the connection go."""
        self._session.sign_out()
        self._caller.transport.close()

    def server_time(self) -> datetime:
        """The server's clock, which only a signed-in user is told (`/ping/whattimeisit`)."""
        text = self._get("ping/whattimeisit")
        try:
            at = parse_moment(text) if isinstance(text, str) else None
        except ValueError:
            at = None
        if at is None:
            raise SugarReplyBroken("Sugar does not say what time it is.")
        return at.replace(microsecond=0)

    def rights(self, modules: Sequence[str]) -> list[Right]:
        """From the user's access rules; of a module they do not name, by trying to read one."""
        user = self._session.me()
        acls = told_acls(user)
        unnamed = [module for module in modules if module not in acls]
        admin = bool(who(user).is_admin)
        probed = rights.by_probing(unnamed, self._probe, is_admin=admin, export_blocks=False)
        told = {one.module: one for one in (*rights.from_acls(list(acls), acls), *probed)}
        return [told[module] for module in modules]

    def fields(self, module: Module) -> list[FieldDef]:
        """The module's fields in the user's words; read once."""
        if module not in self._worded:
            known = self._told(module)
            self._worded[module] = in_words(module, known, self._words())
        return self._worded[module]

    def assume(self, module: Module, fields: Sequence[FieldDef]) -> None:
        """See `Crm`."""
        self._assumed[module] = ModuleFields({one.name: one for one in fields}, frozenset())

    def currencies(self) -> list[Currency]:
        """See `Crm`."""
        return read_currencies(self._get, self._records)

    def count(self, module: Module, window: Window, conditions: Sequence[Condition] = ()) -> int:
        """One request (`/<module>/filter/count`)."""
        if not (window.dated or window.undated):
            return 0
        asked = {"filter": self._filter(module, window, conditions), "deleted": True}
        path = f"{quote(module)}/filter/count"
        told = self._session.run(lambda token: self._caller.post(token, path, asked))
        number = told.get("record_count") if isinstance(told, dict) else None
        try:
            return int(str(number))
        except ValueError:
            raise ServerCrashed(f"Sugar could not count the {module} of a window.") from None

    def read(
        self,
        module: Module,
        window: Window,
        limit: int,
        *,
        fields: Sequence[str],
        conditions: Sequence[Condition] = (),
    ) -> Page:
        """See `Crm`; one request more for the contacts of each 50 opportunities."""
        if not (window.dated or window.undated):
            now = self._clock.now()
            return Page([], now, now)
        return self._page(module, [self._filter(module, window, conditions)], limit, fields)

    def by_ids(
        self,
        module: Module,
        ids: Sequence[SugarId],
        *,
        fields: Sequence[str],
        conditions: Sequence[Condition] = (),
    ) -> Page:
        """See `Crm`; 500 ids a request."""
        more = self._conditions(module, conditions)
        asked = [[*filters.ids_filter(chunk), *more] for chunk in filters.id_chunks(ids)]
        return self._page(module, asked, filters.IDS_A_REQUEST, fields)

    def changed_addresses(
        self, module: Module, since: datetime, limit: int, conditions: Sequence[Condition] = ()
    ) -> list[SugarId] | None:
        """None: filters reach neither addresses nor their links (`Endpoint.cannot` says so)."""
        del module, since, limit, conditions
        return None

    def parents(self, module: Module, window: Window, limit: int) -> Mapping[SugarId, SugarId]:
        """See `Crm`."""
        asked = self._filter(module, window, ())
        found = self._records(module, asked, limit, ("id", "account_id"), deleted=False)
        return {record_id(one): SugarId(str(one.get("account_id") or "")) for one in found}

    def sweep(
        self,
        module: Module,
        window: Window,
        limit: int,
        conditions: Sequence[Condition] = (),
    ) -> Mapping[SugarId, tuple[datetime | None, bool]]:
        """See `Crm`. A date that cannot be read counts as none."""
        builder = self._builder(module, ModuleFields({}, frozenset()), ())
        asked = self._filter(module, window, conditions)
        rows = map(builder.row, self._records(module, asked, limit, ALWAYS))
        return {row.sugar_id: (row.date_modified, row.deleted) for row in rows}

    def reads_ranges(self) -> bool:
        """Links are filtered by id as lists are."""
        return True

    def target_lists(self) -> list[TargetList]:
        """See `Crm`."""
        found = self._records(target_lists.MODULE, (), target_lists.MOST, target_lists.FIELDS)
        return [target_lists.from_record(one) for one in found]

    def members(self, target_list: SugarId, module: Module, ids: IdRange, limit: int) -> Members:
        """See `Crm`."""
        return target_lists.read_members(
            self._caller, self._session, target_list, module, ids, limit
        )

    def addresses(
        self, people: Sequence[RecordKey]
    ) -> Mapping[RecordKey, tuple[EmailAddress, ...]]:
        """See `Crm`; 500 people of one module a request."""
        found: dict[RecordKey, tuple[EmailAddress, ...]] = dict.fromkeys(people, ())
        for module in {person.module for person in people}:
            for ids in filters.id_chunks([one.sugar_id for one in people if one.module is module]):
                asked = filters.ids_filter(ids)
                fields = email_addresses.FIELDS
                for one in self._records(module, asked, len(ids), fields, deleted=False):
                    key = RecordKey(module, record_id(one))
                    found[key] = email_addresses.from_record(one)
        return found

    def flag_address(
        self, address: SugarId, *, opt_out: bool | None = None, invalid: bool | None = None
    ) -> None:
        """See `Crm`."""
        email_addresses.write_flags(self._caller, self._session, address, opt_out, invalid)

    def holders(self, emails: Iterable[str]) -> Mapping[str, tuple[RecordKey, ...]]:
        """See `Crm`."""
        return finding.find_holders(self._records, emails)

    def existing(self, module: WrittenModule, ids: Sequence[SugarId]) -> Mapping[SugarId, bool]:
        """See `Crm`."""
        return finding.find_existing(self._records, module, ids)

    def held(
        self, module: WrittenModule, ids: Sequence[SugarId], fields: Sequence[str]
    ) -> Mapping[SugarId, Held]:
        """See `Crm`."""
        return finding.find_held(self._records, module, ids, fields)

    def create(self, module: WrittenModule, sugar_id: SugarId, fields: Mapping[str, Value]) -> None:
        """See `Crm`."""
        creating.create_record(
            self._caller, self._session, module, sugar_id, fields, self._known(module).known
        )

    def marked(self, module: WrittenModule, about: RecordKey, mark: str) -> list[SugarId]:
        """See `Crm`."""
        return finding.find_marked(self._records, module, about, mark)

    def accounts_named(self, name: str) -> list[SugarId]:
        """See `Crm`."""
        return finding.find_accounts(self._records, name)

    def update(
        self, module: Module | WrittenModule, rows: Mapping[SugarId, Mapping[str, Value]]
    ) -> None:
        """See `Crm`; 50 records a request."""
        update_rows(self._caller, self._session, module, rows, self._known(module).known)

    def _page(
        self,
        module: Module,
        asked: Sequence[list[Expression]],
        limit: int,
        fields: Sequence[str],
    ) -> Page:
        builder = self._builder(module, self._known(module), fields)
        began = self._clock.now()
        rows: dict[SugarId, CrmRow] = {}
        for expressions in asked:
            for record in self._records(module, expressions, limit, builder.asked()):
                row = builder.row(record)
                rows[row.sugar_id] = row
        if module is Module.OPPORTUNITIES:
            self._relate(rows)
        return Page(list(rows.values()), began, self._clock.now())

    def _relate(self, rows: Mapping[SugarId, CrmRow]) -> None:
        live = [sugar_id for sugar_id, row in rows.items() if not row.deleted]
        links = Links(self._caller, Module.OPPORTUNITIES, "contacts")
        linked = self._session.run(lambda token: links.of(token, live)) if live else {}
        for sugar_id, contacts in linked.items():
            rows[sugar_id].contact_ids = contacts

    def _records(
        self,
        module: str,
        expressions: Sequence[Expression],
        limit: int,
        fields: Sequence[str],
        *,
        deleted: bool = True,
    ) -> list[Record]:
        """At most `limit` records, live and deleted ones; see `read_whole`."""
        if limit < 1:
            raise InputInvalid("A page has at least one record.", field="limit")

        def ask(expressions: Sequence[Expression], limit: int) -> Any:
            sent = {
                "filter": list(expressions),
                "fields": ",".join(fields),
                "max_num": limit,
                "deleted": deleted,
            }
            path = f"{quote(module)}/filter"
            return self._session.run(lambda token: self._caller.post(token, path, sent))

        return read_whole(ask, expressions, limit)

    def _builder(self, module: Module, known: ModuleFields, fields: Sequence[str]) -> RowBuilder:
        return RowBuilder(module, known, fields, self._caller.caps.value)

    def _filter(
        self, module: Module, window: Window, conditions: Sequence[Condition]
    ) -> list[Expression]:
        return [*filters.window_filter(window), *self._conditions(module, conditions)]

    def _conditions(self, module: Module, conditions: Sequence[Condition]) -> list[Expression]:
        if not conditions:
            return []
        known = self._known(module)
        return filters.conditions_filter(conditions, known.known, known.computed)

    def _known(self, module: str) -> ModuleFields:
        known = self._fields.get(module) or self._assumed.get(module)
        return known or self._told(module)

    def _told(self, module: str) -> ModuleFields:
        known = self._fields.get(module)
        if known is None:
            query = urlencode({"type_filter": "modules", "module_filter": module})
            told = self._get("metadata", query)
            modules = told.get("modules") if isinstance(told, dict) else None
            if not isinstance(modules, dict) or not isinstance(modules.get(module), dict):
                raise module_missing()
            vardefs = modules[module].get("fields")
            known = module_fields(vardefs if isinstance(vardefs, dict) else {})
            if not known.known:
                raise SugarReplyBroken(f"Sugar tells no fields of {module}.")
            self._fields[module] = known
        return known

    def _words(self) -> Mapping[str, Any]:
        """The user's language file; without it fields go by their names."""
        if self._language is None:
            told = self._session.me().get("preferences")
            chosen = told.get("language") if isinstance(told, dict) else None
            try:
                file = self._get(f"lang/{quote(str(chosen or _USUAL_LANGUAGE), safe='')}")
            except (MethodMissing, ModuleMissing, NoRight, ReplyTooLarge):
                file = {}
            self._language = file if isinstance(file, dict) else {}
        return self._language

    def _get(self, path: str, query: str = "") -> Any:
        return self._session.run(lambda token: self._caller.get(token, path, query))

    def _probe(self, module: str) -> None:
        self._records(module, (), 1, ("id",), deleted=False)
