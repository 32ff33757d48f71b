"""Lists of people: those made from field values, and those made from Sugar's Target Lists.

A member of an auto list is a person; one of a target list is a Lead, Contact or Target of Sugar,
whose person is found through the record, so that a merge or parting is followed by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.ids import ListId, MemberKey, PersonId, RecordKey, SugarId, TenantId, derived_id
from funnel.domain.text import fold_name

_PERSON = "person#"


class ListKind(StrEnum):
    """What a list is made from: a field's value (AUTO), a Target List of Sugar (TARGET), a rule
    (SEGMENT), or people, forms and campaigns that put somebody on it (MANUAL).
    """

    AUTO = "auto"
    TARGET = "target"
    SEGMENT = "segment"
    MANUAL = "manual"


class ListStatus(StrEnum):
    """RETIRED is a list that nothing stands behind any more; it is kept, and may come back."""

    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list of people.

    An auto list has `field` and `value`; a target list has `sugar_id`, Sugar's `list_type`, and
    `suppresses` where that type keeps its members from getting mail. `digest` stands for the
    members of a target list as last read.

    The `members` of an auto list are counted by the store with each move, and it is ACTIVE while it
    has any; `changed_at` is then the moment of the last move. What is saved of these is not kept.
    Those of a target list are kept as they are saved.
    """

    tenant: TenantId
    list_id: ListId
    kind: ListKind
    name: str
    created_at: datetime
    changed_at: datetime
    field: str = ""
    value: str = ""
    sugar_id: SugarId = SugarId("")
    list_type: str = ""
    suppresses: bool = False
    status: ListStatus = ListStatus.ACTIVE
    members: int = 0
    digest: str = ""
    retired_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """Who is on a list, and since when."""

    key: MemberKey
    since: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """Which list somebody is on, and since when."""

    list_id: ListId
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The auto lists that a person is on, as they were written last."""

    tenant: TenantId
    person_id: PersonId
    lists: frozenset[ListId] = frozenset()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A person's auto lists as they stand, and as they should."""

    before: Standing
    lists: frozenset[ListId]

    @property
    def joined(self) -> list[ListId]:
        """The lists to get on, in order."""
        return sorted(self.lists - self.before.lists)

    @property
    def left(self) -> list[ListId]:
        """The lists to get off, in order."""
        return sorted(self.before.lists - self.lists)


@dataclass(frozen=True, slots=True)
class OpportunityContacts:
    """The Contacts that are known to lead to an Opportunity, and so may be on its lists."""

    tenant: TenantId
    opportunity_id: SugarId
    contact_ids: frozenset[SugarId] = frozenset()
    version: int = 0


def auto_list_id(tenant: TenantId, field: str, value: str) -> ListId:
    """The list of a field's value: one for all ways to write the value."""
    return ListId(derived_id("list", tenant, ListKind.AUTO, field, fold_name(value)))


def target_list_id(tenant: TenantId, sugar_id: SugarId) -> ListId:
    """The list of a Target List of Sugar."""
    return ListId(derived_id("list", tenant, ListKind.TARGET, sugar_id))


def person_member(person_id: PersonId) -> MemberKey:
    """A person as a member."""
    return MemberKey(f"{_PERSON}{person_id}")


def record_member(record: RecordKey) -> MemberKey:
    """A record of Sugar as a member: `Leads/<id>`."""
    return MemberKey(str(record))


def person_of_member(key: MemberKey) -> PersonId | None:
    """The person that is the member itself; None for a record."""
    return PersonId(key[len(_PERSON) :]) if key.startswith(_PERSON) else None


def record_of_member(key: MemberKey) -> RecordKey | None:
    """The record that is the member; None for a person."""
    return None if key.startswith(_PERSON) else RecordKey.parse(key)


def members_of_person(person_id: PersonId, records: Iterable[RecordKey]) -> list[MemberKey]:
    """Under which keys a person can be on a list: itself, and each of its records."""
    return [person_member(person_id), *map(record_member, records)]
