"""The lists and Segments that a campaign can be set up with: those offered, and those somebody looks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList
from funnel.domain.text import fold_name
from funnel.ports.listing import Listing
from funnel.usecases.app import App
from funnel.usecases.lists.settled_lists import Settling

MOST_LISTS = 300
"""Of each kind that are offered."""

KINDS = (ListKind.SEGMENT, ListKind.MANUAL, ListKind.TARGET, ListKind.AUTO)


@dataclass(frozen=True, slots=True)
class ListOffered:
    """A list to choose, and whether it is worked out by now who is on it."""

    value: str
    label: str
    is_settled: bool


@dataclass(frozen=True, slots=True)
class ListChoices:
    """What can be chosen, by what it is made from. `found` is how many of them were looked for.

    Of the kinds in `more` there are more than are offered.
    """

    groups: Mapping[ListKind, tuple[ListOffered, ...]]
    found: int
    more: frozenset[ListKind] = frozenset()

    @property
    def has_more(self) -> bool:
        """Whether there are more than are offered."""
        return bool(self.more)

    def of(self, kind: ListKind) -> "ListChoices":
        """Those of one kind."""
        some = self.groups.get(kind, ())
        return ListChoices({kind: some}, len(some), self.more & {kind})


def list_choices(
    app: App,
    tenant: TenantId,
    query: str = "",
    chosen: str = "",
    kinds: Sequence[ListKind] = KINDS,
) -> ListChoices:
    """The lists in use whose names have the words of the query, and the chosen one whatever it is called.

    Those that are too many to be offered are found by how their names begin.
    """
    first = {one: app.lists.list_lists(tenant, "", MOST_LISTS, kind=one) for one in kinds}
    found = {kind: _found(app, tenant, kind, some, query) for kind, some in first.items()}
    number = sum(map(len, found.values()))
    if chosen and not any(chosen in some for some in found.values()):
        for one in app.lists.lists(tenant, [ListId(chosen)]).values():
            found[one.kind] = {one.list_id: one, **found.get(one.kind, {})}
    settling = Settling(app, tenant)
    groups = {
        kind: tuple(
            ListOffered(one.list_id, one.name, settling.is_settled(one)) for one in some.values()
        )
        for kind, some in found.items()
    }
    return ListChoices(groups, number, frozenset(kind for kind, one in first.items() if one.cursor))


def _found(
    app: App, tenant: TenantId, kind: ListKind, first: Listing[PeopleList], query: str
) -> dict[ListId, PeopleList]:
    words = fold_name(query).split()
    some = [one for one in first.items if all(word in fold_name(one.name) for word in words)]
    if words and first.cursor:
        some += app.lists.list_lists(tenant, query.strip(), MOST_LISTS, kind=kind).items
    return {one.list_id: one for one in some if one.status is ListStatus.ACTIVE}
