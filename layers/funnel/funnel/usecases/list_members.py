"""Our members of one Target List, by the record that Sugar has on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from funnel.domain.crm import IdRange
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.lists import ListRow
from funnel.domain.target_lists import MEMBER_MODULES
from funnel.usecases.app import App

_PAGE = 1_000
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class ListMembers:
    """Members by ranges of ids and in pages, so that no list has to fit in memory."""

    app: App
    row: ListRow

    def between(self, module: Module, ids: IdRange) -> set[SugarId]:
        """The ids of one module that lie in the range, compared as text."""
        return {key.sugar_id for keys in self._pages(module, ids) for key in keys}

    def pages(self, *modules: Module) -> Iterator[list[RecordKey]]:
        """The members of these modules, or of all."""
        for module in modules or MEMBER_MODULES:
            yield from self._pages(module, IdRange())

    def add(self, module: Module, ids: Sequence[SugarId]) -> None:
        """Put them on the list; whoever is on it already stays."""
        if ids:
            self.app.lists.add_members(self.row.tenant, self.row.list_id, _keys(module, ids))

    def remove(self, module: Module, ids: Sequence[SugarId]) -> None:
        """Take them off; whoever is not on it stays off."""
        if ids:
            self.app.lists.remove_members(self.row.tenant, self.row.list_id, _keys(module, ids))

    def _pages(self, module: Module, ids: IdRange) -> Iterator[list[RecordKey]]:
        since = f"{module}/{ids.since or ''}"
        until = f"{module}/{_AFTER_ALL if ids.until is None else ids.until}"
        cursor = ""
        while True:
            listing = self.app.lists.members(
                self.row.tenant, self.row.list_id, since, until, _PAGE, cursor
            )
            yield [RecordKey.parse(key) for key in listing.items]
            cursor = listing.cursor
            if not cursor:
                return


def _keys(module: Module, ids: Sequence[SugarId]) -> list[str]:
    return [str(RecordKey(module, i)) for i in ids]
