"""Lists of all kinds: the list of them, one with its members, those of a person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.errors import NotFound
from funnel.domain.ids import ListId, PersonId, RecordKey, TenantId
from funnel.domain.lists.lists import (
    ListKind,
    ListStatus,
    Member,
    PeopleList,
    members_of_person,
    person_of_member,
    record_of_member,
)
from funnel.domain.sync.records import SugarRecord
from funnel.usecases.app import App
from funnel.usecases.people.view_people import PersonRow, person_rows
from funnel.usecases.view_common import PAGE_SIZE, RecordRef, Sugar

_MOST_LISTS = 100
"""Of a person that are shown."""


MOST_CHOICES = 200
"""Lists made by hand, or segments, that are offered to choose from."""

_MOST_PAGES = 10
"""That are looked through for a list that is to be shown."""


class Show(StrEnum):
    """Which lists to show."""

    ALL = "all"
    SEGMENT = "segment"
    MANUAL = "manual"
    AUTO = "auto"
    TARGET = "target"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list. An auto list has `field` and `value`; `suppresses` keeps its members from mail.

    A segment and a list made by hand have a `description`, and `by`, who made them.
    """

    list_id: str
    name: str
    kind: ListKind
    status: ListStatus
    members: int
    field: str
    value: str
    suppresses: bool
    changed_at: datetime
    description: str
    by: str


@dataclass(frozen=True, slots=True)
class ListsPage:
    """A page of lists; `cursor` is where it goes on, "" at the end."""

    items: tuple[ListRow, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member: a person, or a record of Sugar with the person it is, once that is here."""

    key: str
    since: datetime
    person: PersonRow | None
    record: RecordRef | None


@dataclass(frozen=True, slots=True)
class MembersPage:
    """A page of members; `cursor` is where it goes on, "" at the end."""

    items: tuple[MemberRow, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class PersonLists:
    """The lists in use that a person is on, by name, the first hundred."""

    items: tuple[ListRow, ...]


def find_lists(
    app: App,
    tenant: TenantId,
    query: str = "",
    show: Show = Show.ALL,
    cursor: str = "",
    limit: int = PAGE_SIZE,
) -> ListsPage:
    """Lists whose name starts with the query, by name.

    A page may hold fewer than its limit, or none, and go on all the same: no more than a few pages
    are looked through at once.
    """
    fits, kind = _FITS[show], _KINDS.get(show)
    items: tuple[ListRow, ...] = ()
    for _ in range(_MOST_PAGES):
        listing = app.lists.list_lists(tenant, query.strip(), limit, cursor, kind)
        items = tuple(list_row(one) for one in listing.items if fits(one))
        cursor = listing.cursor
        if items or not cursor:
            break
    return ListsPage(items, cursor)


def one_list(app: App, tenant: TenantId, list_id: ListId) -> ListRow:
    """One list. Raises `NotFound`."""
    found = app.lists.lists(tenant, [list_id]).get(list_id)
    if found is None:
        raise NotFound("There is no such list.")
    return list_row(found)


def lists_by_hand(app: App, tenant: TenantId, limit: int = MOST_CHOICES) -> ListsPage:
    """The lists made by hand that are in use, by name: people can be put on them. With a cursor there are more."""
    return _in_use(app, tenant, Show.MANUAL, limit)


def segments_in_use(app: App, tenant: TenantId, limit: int = MOST_CHOICES) -> ListsPage:
    """The segments in use, by name. With a cursor there are more."""
    return _in_use(app, tenant, Show.SEGMENT, limit)


def lists_named(app: App, tenant: TenantId, ids: Iterable[str]) -> list[ListRow]:
    """Those of these lists that are here, in the order of their names."""
    found = app.lists.lists(tenant, [ListId(one) for one in ids]).values()
    return sorted(map(list_row, found), key=lambda row: row.name.casefold())


def list_members(
    app: App, tenant: TenantId, list_id: ListId, cursor: str = "", limit: int = PAGE_SIZE
) -> MembersPage:
    """A page of a list's members. Raises `NotFound`."""
    one_list(app, tenant, list_id)
    listing = app.lists.members(tenant, list_id, limit, cursor)
    keys = [key for m in listing.items if (key := record_of_member(m.key))]
    records = app.records.records(tenant, keys) if keys else {}
    person_of = {
        m.key: person_of_member(m.key) or _person_of(records, record_of_member(m.key))
        for m in listing.items
    }
    ids = sorted({person_id for person_id in person_of.values() if person_id})
    people = list(app.records.people(tenant, ids).values()) if ids else []
    rows = {row.person_id: row for row in person_rows(app, tenant, people)}
    sugar = Sugar(app, tenant)

    def member(one: Member) -> MemberRow:
        key = record_of_member(one.key)
        name = records[key].name if key in records else ""
        person = rows.get(person_of[one.key] or "")
        return MemberRow(one.key, one.since, person, sugar.ref(key, name) if key else None)

    return MembersPage(tuple(member(one) for one in listing.items), listing.cursor)


def lists_of_person(app: App, tenant: TenantId, person_id: PersonId) -> PersonLists:
    """The lists that a person, or one of its records in Sugar, is on. Raises `NotFound`."""
    person = app.records.people(tenant, [person_id]).get(person_id)
    if person is None:
        raise NotFound("There is no such person.")
    keys = members_of_person(person_id, [link.key for link in person.links])
    ids = {m.list_id for some in app.lists.memberships(tenant, keys).values() for m in some}
    found = app.lists.lists(tenant, sorted(ids)).values() if ids else ()
    rows = [list_row(one) for one in found if one.status is ListStatus.ACTIVE]
    return PersonLists(tuple(sorted(rows, key=lambda row: row.name.casefold())[:_MOST_LISTS]))


_KINDS: Mapping[Show, ListKind] = {
    Show.SEGMENT: ListKind.SEGMENT,
    Show.MANUAL: ListKind.MANUAL,
    Show.AUTO: ListKind.AUTO,
    Show.TARGET: ListKind.TARGET,
}

_FITS: Mapping[Show, Callable[[PeopleList], bool]] = {
    Show.ALL: lambda _one: True,
    Show.SEGMENT: lambda one: one.kind is ListKind.SEGMENT,
    Show.MANUAL: lambda one: one.kind is ListKind.MANUAL,
    Show.AUTO: lambda one: one.kind is ListKind.AUTO,
    Show.TARGET: lambda one: one.kind is ListKind.TARGET,
    Show.RETIRED: lambda one: one.status is ListStatus.RETIRED,
}


def _person_of(records: Mapping[RecordKey, SugarRecord], key: RecordKey | None) -> PersonId | None:
    record = records.get(key) if key else None
    return record.person_id or None if record else None


def _in_use(app: App, tenant: TenantId, show: Show, limit: int) -> ListsPage:
    found = find_lists(app, tenant, show=show, limit=limit)
    active = tuple(one for one in found.items if one.status is ListStatus.ACTIVE)
    return ListsPage(active, found.cursor)


def list_row(one: PeopleList) -> ListRow:
    """A list as it is shown."""
    return ListRow(
        list_id=one.list_id,
        name=one.name,
        kind=one.kind,
        status=one.status,
        members=one.members,
        field=one.field,
        value=one.value,
        suppresses=one.suppresses,
        changed_at=one.changed_at,
        description=one.description,
        by=one.by,
    )
