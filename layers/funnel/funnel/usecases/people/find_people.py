"""Find people: by the words of a name, company or address, and by what else is wanted of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.lists.lists import (
    Member,
    members_of_person,
    person_of_member,
    record_of_member,
)
from funnel.domain.sync.records import Person
from funnel.domain.text import fold_email
from funnel.usecases.app import App
from funnel.usecases.living import holder_of
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.usecases.people.view_people import PersonRow, person_rows
from funnel.usecases.view_common import PAGE_SIZE

MOST_LOOKED_UP = 4_000
"""People of whom something is looked up for one page: some seconds."""

_STEP = 200
_EVERYBODY = PeopleFilter()


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people. `cursor` is where it goes on, "" at the end.

    `looked` is about how many people were looked through for it. A page that has fewer than it
    might and a cursor has stopped early: the rest is looked through from there.
    """

    items: tuple[PersonRow, ...]
    cursor: str
    looked: int


@dataclass(frozen=True, slots=True)
class Seen:
    """People who fit, how far the search has come behind them, and how many it looked through."""

    people: Sequence[Person]
    cursor: str
    looked: int


def find_people(
    app: App,
    tenant: TenantId,
    wanted: PeopleFilter = _EVERYBODY,
    cursor: str = "",
    limit: int = PAGE_SIZE,
) -> PeoplePage:
    """A page of the people who are wanted, by name; of those on a list, in the list's order.

    A whole address finds who has it, listed or not, whatever else is wanted.
    """
    seen = look(app, tenant, wanted, cursor, limit)
    return PeoplePage(person_rows(app, tenant, list(seen.people)), seen.cursor, seen.looked)


def look(
    app: App, tenant: TenantId, wanted: PeopleFilter, cursor: str = "", limit: int = PAGE_SIZE
) -> Seen:
    """A page of the people themselves."""
    if "@" in wanted.query and not cursor:
        holder = holder_of(app, tenant, fold_email(wanted.query))
        if holder is not None:
            return Seen([holder], "", 1)
    if not wanted:
        listing = app.records.list_people(tenant, "", limit, cursor)
        return Seen(listing.items, listing.cursor, len(listing.items))
    steps = _on_list if wanted.list_id else _by_name
    found: list[Person] = []
    looked = 0
    for seen in steps(app, tenant, wanted, cursor, limit):
        found += seen.people
        looked += seen.looked
        cursor = seen.cursor
        if not cursor or len(found) >= limit or looked >= _most(wanted):
            break
    return Seen(found, cursor, looked)


def _most(wanted: PeopleFilter) -> int:
    """How many are looked through; the store's search bounds itself."""
    return MOST_LOOKED_UP if wanted.looks_up else 1


def _by_name(
    app: App, tenant: TenantId, wanted: PeopleFilter, cursor: str, limit: int
) -> Iterator[Seen]:
    """Step by step; a step ends where the page is full."""
    left = limit
    step = max(limit, _STEP) if wanted.looks_up else limit
    while True:
        page = app.records.search_people(tenant, wanted.wanted, step, cursor)
        kept = wanted.kept(app, tenant, page.items)
        if len(kept) >= left:
            kept = kept[:left]
            at = page.places[list(page.items).index(kept[-1])]
            last = kept[-1] is page.items[-1]
            yield Seen(kept, page.cursor if last else at, page.looked)
            return
        left -= len(kept)
        cursor = page.cursor
        yield Seen(kept, cursor, page.looked)


def _on_list(
    app: App, tenant: TenantId, wanted: PeopleFilter, cursor: str, limit: int
) -> Iterator[Seen]:
    """Through the members of a list; a step is whole, so that a page may be a little longer."""
    while True:
        page = app.lists.members(tenant, wanted.on_list, limit, cursor)
        people = _people_of(app, tenant, wanted, page.items)
        search = wanted.wanted
        fitting = [one for one in people if search.wants_person(one)]
        cursor = page.cursor
        yield Seen(wanted.kept(app, tenant, fitting), cursor, len(page.items))


def _people_of(
    app: App, tenant: TenantId, wanted: PeopleFilter, members: Sequence[Member]
) -> list[Person]:
    """The people that these members are; who is on the list several times comes once."""
    keys = [key for one in members if (key := record_of_member(one.key))]
    records = app.records.records(tenant, keys) if keys else {}
    first: dict[PersonId, Member] = {}
    for one in members:
        key = record_of_member(one.key)
        record = records.get(key) if key else None
        person_id = person_of_member(one.key) or (record.person_id if record else None)
        if person_id:
            first.setdefault(person_id, one)
    people = app.records.people(tenant, first) if first else {}
    several = [one for one in people.values() if len(one.links) > 1]
    others = {
        one.person_id: members_of_person(one.person_id, [ln.key for ln in one.links])
        for one in several
    }
    asked = [key for some in others.values() for key in some]
    on = app.lists.memberships(tenant, asked) if asked else {}
    return [
        people[person_id]
        for person_id, one in first.items()
        if person_id in people
        and one.key
        == min(
            (
                key
                for key in others.get(person_id, ())
                if any(m.list_id == wanted.on_list for m in on.get(key, ()))
            ),
            default=one.key,
        )
    ]
