"""Which Leads and Contacts are one person. The rules, with examples: `docs/identity.md`.

People are the connected groups of links: two links are connected when they have the same address,
or when one is a Lead that was converted to the other. Links that were set apart connect to nothing.
The grouping follows from what Sugar says now and from nothing else; who keeps which id follows from
who had it before, so that activities stay with the one they belong to.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from funnel.domain.ids import Module, PersonId, RecordKey, TenantId, derived_id
from funnel.domain.sync.records import Link, Person
from funnel.domain.text import fold_email

MOST_LINKS = 50
"""An address used by more records than this is no identity; what comes later stands apart."""


@dataclass(slots=True)
class Neighbourhood:
    """Everything a change of some links can touch.

    `links` are all live links, changed ones as they are now; `assigned` is who each belonged to
    before; `people` are these people, the holders of the addresses and the homes; `claims` say
    whose an address is now. `absorb` are people without links that belong to whoever has a link:
    Sugar has merged their last record away into it.
    """

    tenant: TenantId
    links: dict[RecordKey, Link] = field(default_factory=dict)
    assigned: dict[RecordKey, PersonId] = field(default_factory=dict)
    people: dict[PersonId, Person] = field(default_factory=dict)
    claims: dict[str, PersonId] = field(default_factory=dict)
    absorb: dict[PersonId, RecordKey] = field(default_factory=dict)


@dataclass(slots=True)
class Grouping:
    """Who belongs to whom now. `merged` says into whom a person was merged ("" for no longer).

    Those of `absorbed` keep their addresses, on which whoever they belong to has the claim.
    """

    members: dict[PersonId, list[Link]]
    merged: dict[PersonId, PersonId]
    claims: dict[str, PersonId]
    absorbed: set[PersonId] = field(default_factory=set)


def regroup(around: Neighbourhood) -> Grouping:
    """Group the links of a neighbourhood anew.

    Every live link ends in exactly one group, every address that connects in exactly one claim.
    """
    groups = _split_crowds(_components(around.links), around)
    owners = _owners(groups, around)
    members: dict[PersonId, list[Link]] = {}
    merged: dict[PersonId, PersonId] = {}
    claims: dict[str, PersonId] = {}
    for group, owner in zip(groups, owners, strict=True):
        links = [_founded(link, owner) for link in group]
        members[owner.person_id] = links
        merged[owner.person_id] = PersonId("")
        claims.update((link.email, owner.person_id) for link in links if _connects(link))
        for loser in owner.losers:
            merged[loser] = owner.person_id
    for person_id, person in around.people.items():
        if person_id not in members and merged.get(person_id, person.merged_into) == "":
            members[person_id] = []
            for email in person.emails:
                claims.setdefault(email, person_id)
    grouping = Grouping(members, merged, claims)
    _absorb(grouping, around)
    return grouping


def is_shared(links: Iterable[Link]) -> bool:
    """Whether an address is used under several names; who has none goes by the address itself."""
    names = {link.name.casefold() for link in links if fold_email(link.name) != link.email}
    return len(names - {""}) > 1


def _absorb(grouping: Grouping, around: Neighbourhood) -> None:
    """Who was merged away in Sugar goes, and went, to whom the record left over belongs.

    An address of theirs that a live link has is that link's.
    """
    holder = {link.key: i for i, links in grouping.members.items() for link in links}
    for person_id, key in around.absorb.items():
        into = holder.get(key, person_id)
        if into != person_id and grouping.members.get(person_id) == []:
            del grouping.members[person_id]
            grouping.merged[person_id] = into
            grouping.absorbed.add(person_id)
    for person_id, person in around.people.items():
        is_new = person_id in grouping.absorbed
        if is_new or (person.merged_into and person_id not in grouping.merged):
            into = _stands_for(person_id, grouping, around)
            for email in person.emails:
                if grouping.claims.get(email, person_id) == person_id:
                    grouping.claims[email] = into


def _stands_for(person_id: PersonId, grouping: Grouping, around: Neighbourhood) -> PersonId:
    for _ in range(len(around.people) + 1):
        person = around.people.get(person_id)
        into = grouping.merged.get(person_id, person.merged_into if person else PersonId(""))
        if not into:
            break
        person_id = into
    return person_id


def is_absorbed(person: Person) -> bool:
    """Whether it was merged into another for a merge in Sugar; others leave their addresses."""
    return bool(person.merged_into and person.emails)


def _connects(link: Link) -> bool:
    return bool(link.email) and not link.apart


def _components(links: Mapping[RecordKey, Link]) -> list[list[Link]]:
    parent: dict[object, object] = {}

    def find(node: object) -> object:
        root = node
        while parent.setdefault(root, root) != root:
            root = parent[root]
        while parent[node] != root:
            parent[node], node = root, parent[node]
        return root

    for key, link in links.items():
        find(key)
        if link.apart:
            continue
        if link.email:
            parent[find(link.email)] = find(key)
        contact = RecordKey(Module.CONTACTS, link.converted_to)
        if link.converted_to and contact in links and not links[contact].apart:
            parent[find(contact)] = find(key)
    groups: dict[object, list[Link]] = defaultdict(list)
    # Plain tuples sort in a tenth of the time.
    for key in sorted(links, key=lambda key: (key.module, key.sugar_id)):
        groups[find(key)].append(links[key])
    return list(groups.values())


def _split_crowds(groups: list[list[Link]], around: Neighbourhood) -> list[list[Link]]:
    """Whoever was there first stays; what would be one too many stands apart."""
    out: list[list[Link]] = []
    for group in groups:
        if len(group) <= MOST_LINKS:
            out.append(group)
            continue
        ranked = sorted(group, key=lambda link: (not around.assigned.get(link.key), link.key))
        out.append(ranked[:MOST_LINKS])
        out.extend([_apart(link)] for link in ranked[MOST_LINKS:])
    return out


def _apart(link: Link) -> Link:
    return Link(
        link.key, link.name, link.owner_id, link.email, link.converted_to, link.home_id, True
    )


@dataclass(frozen=True, slots=True)
class _Owner:
    """Who a group is. `founder` is the link that a new person comes from."""

    person_id: PersonId
    losers: tuple[PersonId, ...] = ()
    founder: RecordKey | None = None


def _owners(groups: list[list[Link]], around: Neighbourhood) -> list[_Owner]:
    """Who each group is. A person wanted by several groups goes to one; the others do without."""
    wanted: dict[PersonId, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for person_id in _candidates(group, around):
            wanted[person_id].append(index)
    kept: list[list[PersonId]] = [[] for _ in groups]
    for person_id, indexes in wanted.items():
        person = around.people[person_id]
        best = min(indexes, key=lambda index: _claim_of(groups[index], person, around))
        kept[best].append(person_id)
    taken = {person_id for ids in kept for person_id in ids}
    return [_owner(group, ids, taken, around) for group, ids in zip(groups, kept, strict=True)]


def _candidates(group: list[Link], around: Neighbourhood) -> set[PersonId]:
    assigned = {around.assigned.get(link.key, PersonId("")) for link in group}
    claims = {around.claims.get(link.email, PersonId("")) for link in group if _connects(link)}
    # Restored after Sugar had merged it away: back to its own person, not to whoever had it since.
    back = {i for i in assigned if (person := around.people.get(i)) and is_absorbed(person)}
    since = {_standing(person_id, around) for person_id in back}
    others = {_standing(i, around) for i in assigned - back}
    others |= {_standing(i, around) for i in claims} - since
    return (others | back) - {PersonId("")}


def _standing(person_id: PersonId, around: Neighbourhood) -> PersonId:
    """The person that stands for this id now; "" if it is not here."""
    for _ in range(len(around.people) + 1):
        person = around.people.get(person_id)
        if person is None:
            return PersonId("")
        if not person.merged_into:
            return person_id
        person_id = person.merged_into
    return PersonId("")


def _claim_of(
    group: list[Link], person: Person, around: Neighbourhood
) -> tuple[int, int, RecordKey]:
    """How good a group's claim to a person is, best first: the address, the founder, the number."""
    main = person.emails[0] if person.emails else None
    has_address = any(_connects(link) and link.email == main for link in group)
    was_there = [link for link in group if around.assigned.get(link.key) == person.person_id]
    founder = any(link.home_id == person.person_id for link in was_there)
    rank = 0 if has_address and was_there else 1 if founder else 2 if was_there else 3
    return rank, -len(was_there), group[0].key


def _owner(
    group: list[Link], ids: list[PersonId], taken: set[PersonId], around: Neighbourhood
) -> _Owner:
    homes = [
        link.home_id
        for link in group
        if link.home_id in around.people and link.home_id not in taken
    ]
    if ids:
        winner = min(ids, key=lambda i: (around.people[i].created_at, i))
        losers = {*ids, *homes} - {winner}
    elif homes:
        winner = min(homes, key=lambda i: (around.people[i].created_at, i))
        losers = set(homes) - {winner}
    else:
        winner = _new_id(group[0], around)
        return _Owner(winner, founder=group[0].key if winner not in around.people else None)
    return _Owner(winner, tuple(sorted(losers)))


def _new_id(link: Link, around: Neighbourhood) -> PersonId:
    """The same for the same link each time, and another once its first person went to others."""
    parts = ("person", around.tenant, link.key.module, link.key.sugar_id, link.home_id)
    return PersonId(derived_id(*parts))


def _founded(link: Link, owner: _Owner) -> Link:
    """A link remembers the person it founded."""
    if link.key != owner.founder:
        return link
    return Link(
        link.key,
        link.name,
        link.owner_id,
        link.email,
        link.converted_to,
        owner.person_id,
        link.apart,
    )
