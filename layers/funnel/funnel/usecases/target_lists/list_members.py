"""Our members of one Target List, by the record that Sugar has on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from funnel.domain.crm import IdRange
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.lists.lists import Member, PeopleList, record_member, record_of_member
from funnel.domain.lists.target_lists import MEMBER_MODULES
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE, ask_people
from funnel.usecases.bells.notice import lists_noticed, notice_joined, notice_left
from funnel.usecases.load_segments import definitions

_PAGE = 1_000
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class ListMembers:
    """Members by ranges of ids and in pages, so that no list has to fit in memory."""

    app: App
    people_list: PeopleList

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
            now = self.app.clock.now()
            members = [Member(record_member(RecordKey(module, i)), now) for i in ids]
            self._tell(module, ids, joins=True, early=True)
            self.app.lists.put_members(self.people_list.tenant, self.people_list.list_id, members)
            self._tell(module, ids, joins=True)

    def remove(self, module: Module, ids: Sequence[SugarId]) -> None:
        """Take them off; whoever is not on it stays off."""
        if ids:
            keys = [record_member(RecordKey(module, i)) for i in ids]
            self._tell(module, ids, joins=False, early=True)
            self.app.lists.remove_members(self.people_list.tenant, self.people_list.list_id, keys)
            self._tell(module, ids, joins=False)

    def _tell(
        self, module: Module, ids: Sequence[SugarId], *, joins: bool, early: bool = False
    ) -> None:
        """Have segments that ask for this list, and campaigns, follow those who come and go."""
        app, tenant, list_id = self.app, self.people_list.tenant, self.people_list.list_id
        asked = list_id in definitions(app, tenant).evaluator.lists
        noticed = list_id in lists_noticed(app, tenant)
        if not (asked or noticed):
            return
        for start in range(0, len(ids), _PAGE):
            keys = [RecordKey(module, i) for i in ids[start : start + _PAGE]]
            records = app.records.records(tenant, keys)
            people = {one.person_id for one in records.values() if one.person_id}
            if asked:
                ask_people(app.queue, tenant, people, SHOULD_WE_DIE if early else 0)
            if noticed:
                notice = notice_joined if joins else notice_left
                # Whom Sugar merged may come back with another part of the list, a moment later.
                notice(app, tenant, list_id, people, early=early or not joins)

    def _pages(self, module: Module, ids: IdRange) -> Iterator[list[RecordKey]]:
        since = f"{module}/{ids.since or ''}"
        until = f"{module}/{_AFTER_ALL if ids.until is None else ids.until}"
        cursor = ""
        while True:
            listing = self.app.lists.members(
                self.people_list.tenant,
                self.people_list.list_id,
                _PAGE,
                cursor,
                since=since,
                until=until,
            )
            yield [key for one in listing.items if (key := record_of_member(one.key))]
            cursor = listing.cursor
            if not cursor:
                return
