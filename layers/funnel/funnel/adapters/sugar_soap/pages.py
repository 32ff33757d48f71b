"""Pages of complete records: their own fields, and what lists tell of them as links."""

from collections.abc import Callable, Mapping, Sequence

from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.dialects import Traits
from funnel.adapters.sugar_soap.lists import Lists
from funnel.adapters.sugar_soap.reader import Record
from funnel.adapters.sugar_soap.rows import ALWAYS, RowBuilder, apply_links, wanted_links
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.crm import CrmRow, Dialect, FieldDef, Page
from funnel.domain.ids import Module, SugarId
from funnel.ports.system import Clock


class Pages:
    """Reads pages of one endpoint. `known` tells the fields that a module has."""

    def __init__(
        self,
        caller: Caller,
        session: Session,
        traits: Traits,
        lists: Lists,
        clock: Clock,
        known: Callable[[str], dict[str, FieldDef]],
    ) -> None:
        self._caller = caller
        self._session = session
        self._traits = traits
        self._records = lists.records
        self._clock = clock
        self._known = known
        self._sugar5 = caller.endpoint.dialect is Dialect.SOAP_5

    def page(
        self, module: Module, queries: Sequence[str], limit: int, fields: Sequence[str]
    ) -> Page:
        """What these queries find, each once."""
        known = self._known(module)
        began = self._clock.now()
        rows: dict[SugarId, CrmRow] = {}
        for query in queries:
            rows.update(self._rows(module, known, query, limit, fields))
        return Page(list(rows.values()), began, self._clock.now())

    def _rows(
        self,
        module: Module,
        known: Mapping[str, FieldDef],
        query: str,
        limit: int,
        fields: Sequence[str],
    ) -> dict[SugarId, CrmRow]:
        asked = [
            name for name in dict.fromkeys((*ALWAYS, *fields)) if name in known or name == "id"
        ]
        links = wanted_links(module, fields, computed=self._traits.computed)
        links = links if self._traits.links else {}
        if "email_addresses" in links and "email1" not in asked:
            asked.append("email1")
        builder = RowBuilder(module, known, fields)
        primaries: list[str | None] = []

        def add(record: Record) -> None:
            builder.add(record)
            primaries.append(record.get("email1"))

        told = self._records(module, query, limit, asked, add, links=links)
        for row, linked, primary in zip(builder.rows, told, primaries, strict=False):
            apply_links(row, linked, links, primary, fields)
        if self._sugar5 and module is Module.OPPORTUNITIES:
            for row in builder.rows:
                self._relate(row, account="account_id" in fields and "account_id" not in known)
        return {row.sugar_id: row for row in builder.rows}

    def _relate(self, row: CrmRow, *, account: bool) -> None:
        """Contacts, and the account where lists leave it out, of a live opportunity.

        `soap.php` tells links in no other way than one request for each.
        """
        if row.deleted:
            return
        row.contact_ids = self._related(row.sugar_id, Module.CONTACTS)
        if account:
            row.fields["account_id"] = next(
                iter(self._related(row.sugar_id, Module.ACCOUNTS)), None
            )

    def _related(self, opportunity: SugarId, module: Module) -> tuple[SugarId, ...]:
        asked = (str(Module.OPPORTUNITIES), opportunity, str(module), "", 0)
        answer = self._session.run(
            lambda session: self._caller.call("get_relationships", session, *asked)
        )
        return tuple(SugarId(one.id) for one in answer.ids or () if one.id)
