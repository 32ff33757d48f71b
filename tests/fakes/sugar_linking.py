"""Campaigns, their Target Lists and who is on them, as `ModelCrm` does it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from funnel.domain.crm import Held, Value
from funnel.domain.errors import MethodMissing
from funnel.domain.ids import Module, SugarId, WrittenModule
from tests.fakes.model_sugar import ModelSugar, ModelTargetList


class ModelLinking(ABC):
    """A part of `ModelCrm`: it signs in and counts calls by `_call`."""

    sugar: ModelSugar

    @abstractmethod
    def _call(self, name: str) -> None:
        """Count a call, or fail it."""

    def held(
        self, module: WrittenModule, ids: Sequence[SugarId], fields: Sequence[str]
    ) -> Mapping[SugarId, Held]:
        self._call(f"held {module}")
        if module is WrittenModule.TARGET_LISTS:
            lists = {i: self.sugar.target_lists[i] for i in ids if i in self.sugar.target_lists}
            return {i: Held(one.deleted, _of_list(one, fields)) for i, one in lists.items()}
        table = self.sugar.related[module]
        return {
            i: Held(table[i].deleted, {n: _text(table[i].fields.get(n)) for n in fields})
            for i in ids
            if i in table
        }

    def relate(self, campaign: SugarId, target_list: SugarId) -> None:
        self._call_filling("relate")
        self.sugar.uses.setdefault(campaign, set()).add(target_list)

    def related(self, campaign: SugarId) -> frozenset[SugarId]:
        self._call_filling("related")
        one = self.sugar.campaigns.get(campaign)
        if one is None or one.deleted:
            return frozenset()
        lists = self.sugar.target_lists
        used = self.sugar.uses.get(campaign, set())
        return frozenset(i for i in used if i in lists and not lists[i].deleted)

    def add_members(self, target_list: SugarId, module: Module, ids: Sequence[SugarId]) -> None:
        self._call_filling(f"add_members {module}")
        one = self.sugar.target_lists.get(target_list)
        if one is not None:
            one.add(module, *(i for i in ids if i not in self.sugar.keeps_off))

    def remove_members(self, target_list: SugarId, module: Module, ids: Sequence[SugarId]) -> None:
        self._call_filling(f"remove_members {module}")
        one = self.sugar.target_lists.get(target_list)
        if one is not None:
            one.drop(module, *(i for i in ids if i not in self.sugar.keeps_off))

    def members_among(
        self, target_list: SugarId, module: Module, ids: Sequence[SugarId]
    ) -> frozenset[SugarId]:
        self._call(f"members_among {module}")
        one = self.sugar.target_lists.get(target_list)
        if one is None or one.deleted:
            return frozenset()
        return frozenset(ids) & self.sugar.live_members(target_list, module)

    def _call_filling(self, name: str) -> None:
        if not self.sugar.dialect.fills_target_lists:
            raise MethodMissing(
                "This way into Sugar cannot put Leads and Contacts on Target Lists."
            )
        self._call(name)


def _of_list(one: ModelTargetList, fields: Sequence[str]) -> dict[str, str]:
    told = {"name": one.name, "list_type": one.list_type, "description": one.description}
    return {name: told.get(name, "") for name in fields}


def _text(value: Value) -> str:
    return "" if value is None else str(value)
