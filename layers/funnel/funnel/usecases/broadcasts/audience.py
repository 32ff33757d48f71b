"""Walk the people on some lists, those on others left aside, each person once; page by page.

Nothing is remembered from page to page: whether somebody was met before is told by the lists
themselves, so that it does not matter how many there are, nor whether a page is read again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from funnel.domain.broadcasts.broadcasts import Place
from funnel.domain.ids import ListId, MemberKey, PersonId, RecordKey, TenantId
from funnel.domain.lists.lists import (
    ListKind,
    PeopleList,
    person_member,
    person_of_member,
    record_member,
    record_of_member,
)
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.broadcasts.audience_lists import Names, audience_lists
from funnel.usecases.lists.settled_lists import Settling
from funnel.usecases.living import all_living
from funnel.usecases.mail.mail_cap import counted_ids

PAGE = 200
"""Members that are looked at together."""


@dataclass(frozen=True, slots=True)
class AudiencePage:
    """Who was met for the first time, and how many were not counted: met before, or to be left aside.

    `gone` are members that stand for nobody, such as records that became no person. `place` is where
    to go on, None at the end.
    """

    people: tuple[Person, ...]
    twice: int
    minus: int
    gone: int
    place: Place | None


class Audience:
    """The people on any of `lists` and on none of `minus`, in the order of lists and members.

    Raises as `audience_lists`, which also says what `names` are.
    """

    def __init__(
        self,
        app: App,
        tenant: TenantId,
        lists: Sequence[ListId],
        minus: Sequence[ListId],
        names: Names | None = None,
    ) -> None:
        self._app = app
        self._tenant = tenant
        self._lists, self._minus = audience_lists(app, tenant, lists, minus, names)

    def waits_for(self) -> tuple[PeopleList, ...]:
        """Those of its lists that are still being worked out by now: it is not known before."""
        both = {one.list_id: one for one in (*self._lists, *self._minus)}
        return Settling(self._app, self._tenant).unsettled(both.values())

    def page(self, place: Place) -> AudiencePage:
        """The people of the next members. May be repeated."""
        if place.list_at >= len(self._lists):
            return AudiencePage((), 0, 0, 0, None)
        here = self._lists[place.list_at]
        found = self._app.lists.members(self._tenant, here.list_id, PAGE, place.cursor)
        keys = [member.key for member in found.items]
        people = self._people(keys)
        after = Place(place.list_at, found.cursor) if found.cursor else Place(place.list_at + 1)
        is_end = not found.cursor and after.list_at >= len(self._lists)
        met = [(key, people[key]) for key in keys if key in people]
        before, aside = self._met_before(place.list_at, met), self._aside(met)
        new: list[Person] = []
        twice = minus = 0
        for key, person in met:
            if key in before:
                twice += 1
            elif person.person_id in aside:
                minus += 1
            else:
                new.append(person)
        gone = len(keys) - len(met)
        return AudiencePage(tuple(new), twice, minus, gone, None if is_end else after)

    def _met_before(
        self, list_at: int, met: Sequence[tuple[MemberKey, Person]]
    ) -> frozenset[MemberKey]:
        """Members whose person is on a list before this one, or on this one by a key before."""
        here = self._lists[list_at]
        by_person = {person.person_id: person for _, person in met}
        earlier: set[PersonId] = set()
        for one in self._lists[:list_at]:
            earlier |= self._on(one, by_person.values()).keys()
        others = [person for _, person in met if len(member_keys(here.kind, person)) > 1]
        on_here = self._on(here, others)
        found = set()
        for key, person in met:
            first = min(on_here.get(person.person_id, (key,)))
            if person.person_id in earlier or first < key:
                found.add(key)
        return frozenset(found)

    def _aside(self, met: Sequence[tuple[MemberKey, Person]]) -> set[PersonId]:
        people = {person.person_id: person for _, person in met}.values()
        return {person_id for one in self._minus for person_id in self._on(one, people)}

    def _on(
        self, one: PeopleList, people: Iterable[Person]
    ) -> dict[PersonId, tuple[MemberKey, ...]]:
        """Who of these people is on a list, and by which keys."""
        by_person = {person.person_id: member_keys(one.kind, person) for person in people}
        wanted = [key for keys in by_person.values() for key in keys]
        on_it = self._app.lists.are_on(self._tenant, one.list_id, wanted)
        found = {i: tuple(k for k in keys if k in on_it) for i, keys in by_person.items()}
        return {person_id: keys for person_id, keys in found.items() if keys}

    def _people(self, keys: Sequence[MemberKey]) -> dict[MemberKey, Person]:
        """Whom the members stand for by now."""
        records: dict[RecordKey, MemberKey] = {}
        ids: dict[MemberKey, PersonId] = {}
        for key in keys:
            person_id, record = person_of_member(key), record_of_member(key)
            if person_id is not None:
                ids[key] = person_id
            elif record is not None:
                records[record] = key
        if records:
            for at, one in self._app.records.records(self._tenant, records).items():
                if one.person_id:
                    ids[records[at]] = one.person_id
        people = all_living(self._app, self._tenant, ids.values())
        return {key: people[i] for key, i in ids.items() if i in people}


def member_keys(kind: ListKind, person: Person) -> tuple[MemberKey, ...]:
    """By which keys a person can be on a list of this kind: the ids it has had, or its records."""
    if kind is ListKind.TARGET:
        return tuple(record_member(link.key) for link in person.links)
    return tuple(map(person_member, counted_ids(person)))
