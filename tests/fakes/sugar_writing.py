"""Finding, creating and changing records, as `ModelCrm` does it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence

from funnel.domain.crm import Value
from funnel.domain.errors import ServerCrashed
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule
from funnel.domain.mapping.mapping import STANDARD_ONLY
from funnel.domain.mapping.score_fields import SCORE_FIELD
from funnel.domain.text import fold_email, fold_name
from tests.fakes.model_sugar import (
    ModelRecord,
    ModelRelated,
    ModelSugar,
    ModelTargetList,
    addresses_of,
)

_PEOPLE = (Module.CONTACTS, Module.LEADS)


class ModelWriting(ABC):
    """A part of `ModelCrm`: it signs in and counts calls by `_call`."""

    sugar: ModelSugar

    @abstractmethod
    def _call(self, name: str) -> None:
        """Count a call, or fail it."""

    def holders(self, emails: Iterable[str]) -> Mapping[str, tuple[RecordKey, ...]]:
        self._call("holders")
        return {
            email: tuple(
                RecordKey(module, sugar_id)
                for module in _PEOPLE
                for sugar_id, record in sorted(self.sugar.tables[module].items())
                if not record.deleted and fold_email(email) in addresses_of(record)
            )
            for email in emails
        }

    def existing(self, module: WrittenModule, ids: Sequence[SugarId]) -> Mapping[SugarId, bool]:
        self._call(f"existing {module}")
        table = self._table(module)
        return {sugar_id: table[sugar_id].deleted for sugar_id in ids if sugar_id in table}

    def create(self, module: WrittenModule, sugar_id: SugarId, fields: Mapping[str, Value]) -> None:
        self._call(f"create {module}")
        if sugar_id in self._table(module):
            raise ServerCrashed("Sugar's service crashed while it worked on set_entry.")
        self.sugar.create(module, sugar_id, fields)

    def marked(self, module: WrittenModule, about: RecordKey, mark: str) -> list[SugarId]:
        self._call(f"marked {module}")
        return sorted(
            sugar_id
            for sugar_id, one in self.sugar.related[module].items()
            if one.fields.get("parent_id") == about.sugar_id
            and mark in str(one.fields.get("description") or "")
        )

    def accounts_named(self, name: str) -> list[SugarId]:
        self._call("accounts_named")
        found = [
            record
            for record in self.sugar.tables[Module.ACCOUNTS].values()
            if not record.deleted
            and fold_name(str(record.fields.get("name") or "")) == fold_name(name)
        ]
        by_age = sorted(
            found, key=lambda one: (str(one.fields.get("date_entered") or ""), one.sugar_id)
        )
        return [record.sugar_id for record in by_age]

    def update(
        self, module: Module | WrittenModule, rows: Mapping[SugarId, Mapping[str, Value]]
    ) -> None:
        self._call(f"update {module}")
        if module is WrittenModule.CAMPAIGNS or module is WrittenModule.TARGET_LISTS:
            self._update_marketing(module, rows)
            return
        module = Module(module)
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

    def _update_marketing(
        self, module: WrittenModule, rows: Mapping[SugarId, Mapping[str, Value]]
    ) -> None:
        for sugar_id, values in rows.items():
            record = self._table(module).get(sugar_id)
            if record is None or record.deleted or sugar_id in self.sugar.refuses:
                continue
            if isinstance(record, ModelTargetList):
                record.change(values)
            else:
                record.fields.update(values)

    def _table(
        self, module: WrittenModule
    ) -> Mapping[SugarId, ModelRecord] | Mapping[SugarId, ModelRelated | ModelTargetList]:
        if module is WrittenModule.TARGET_LISTS:
            return self.sugar.target_lists
        if module in self.sugar.related:
            return self.sugar.related[module]
        return self.sugar.tables[Module(module)]
