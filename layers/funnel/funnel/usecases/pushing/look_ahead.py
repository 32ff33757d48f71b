"""What plans of many people ask Sugar, asked once for all of them."""

from collections.abc import Iterable, Mapping, Sequence

from funnel.domain.crm import CrmRow, FieldDef, Page
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule
from funnel.domain.sync.records import Person
from funnel.ports.crm import Looking

_PEOPLE = (Module.CONTACTS, Module.LEADS)


class LookAhead:
    """A Sugar of which the answers about some people are there already; the rest is asked as ever.

    A few requests for a hundred people instead of some for each; a company is asked for once.
    """

    def __init__(self, crm: Looking) -> None:
        self._crm = crm
        self._holders: dict[str, tuple[RecordKey, ...]] = {}
        self._rows: dict[RecordKey, CrmRow | None] = {}
        self._read: dict[Module, Page] = {}
        self._existing: dict[tuple[WrittenModule, SugarId], bool | None] = {}
        self._accounts: dict[str, list[SugarId]] = {}

    def fetch(
        self,
        people: Iterable[Person],
        fields: Mapping[Module, Sequence[str]],
        made: Mapping[WrittenModule, Sequence[SugarId]],
    ) -> None:
        """Ask what plans of these will ask. `made` are the ids that would be given to them."""
        people = list(people)
        emails = [one.emails[0] for one in people if one.emails]
        try:
            self._holders |= self._crm.holders(emails) if emails else {}
        except InputInvalid:
            # One that cannot be asked for: each for itself then, so that its own plan says so.
            return
        keys = {key for found in self._holders.values() for key in found}
        keys |= {link.key for one in people for link in one.links if link.key.module in _PEOPLE}
        for module in _PEOPLE:
            wanted = sorted(key.sugar_id for key in keys if key.module is module)
            if not wanted:
                continue
            page = self._read[module] = self._crm.by_ids(module, wanted, fields=fields[module])
            there = {row.sugar_id: row for row in page.rows}
            self._rows |= {RecordKey(module, i): there.get(i) for i in wanted}
        for written, ids in made.items():
            there_by_id = self._crm.existing(written, ids) if ids else {}
            self._existing |= {(written, i): there_by_id.get(i) for i in ids}

    def fields(self, module: Module) -> list[FieldDef]:
        """See `Crm`."""
        return self._crm.fields(module)

    def holders(self, emails: Iterable[str]) -> Mapping[str, tuple[RecordKey, ...]]:
        """See `Crm`."""
        wanted = list(emails)
        if all(one in self._holders for one in wanted):
            return {one: self._holders[one] for one in wanted}
        return self._crm.holders(wanted)

    def by_ids(self, module: Module, ids: Sequence[SugarId], *, fields: Sequence[str]) -> Page:
        """See `Crm`."""
        keys = [RecordKey(module, i) for i in ids]
        if not keys or not all(key in self._rows for key in keys):
            return self._crm.by_ids(module, ids, fields=fields)
        read = self._read[module]
        rows = [row for key in keys if (row := self._rows[key]) is not None]
        return Page(rows, read.began, read.ended)

    def existing(self, module: WrittenModule, ids: Sequence[SugarId]) -> Mapping[SugarId, bool]:
        """See `Crm`."""
        if not all((module, i) in self._existing for i in ids):
            there = self._crm.existing(module, ids)
            self._existing |= {(module, i): there.get(i) for i in ids}
        found = {i: self._existing[module, i] for i in ids}
        return {i: deleted for i, deleted in found.items() if deleted is not None}

    def marked(self, module: WrittenModule, about: RecordKey, mark: str) -> list[SugarId]:
        """None: what is only looked at was never tried."""
        del module, about, mark
        return []

    def accounts_named(self, name: str) -> list[SugarId]:
        """See `Crm`."""
        if name not in self._accounts:
            self._accounts[name] = self._crm.accounts_named(name)
        return self._accounts[name]
