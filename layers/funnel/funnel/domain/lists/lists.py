"""Lists of people: by field values, by rules, by hand, and those made from Sugar's Target Lists.

A member of a target list is a Lead, Contact or Target of Sugar, whose person is found through the
record, so that a merge or parting is followed by itself. One of any other list is a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from funnel.domain.ids import ListId, MemberKey, PersonId, RecordKey, SugarId, TenantId, derived_id
from funnel.domain.segments.segments import Group
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


COUNTED = frozenset({ListKind.AUTO, ListKind.SEGMENT, ListKind.MANUAL})
"""Lists whose members are people, moved by a `Move` and counted with it."""


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

    A segment has a `rule`; that and a list made by hand have a `description`, and `by`, who made it.

    The `members` of all but target lists are counted by the store with each move, which is then the
    moment of `changed_at`; what is saved of these is not kept. An auto list is ACTIVE while it has
    any. Those of a target list are kept as they are saved.
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
    rule: Group | None = None
    description: str = ""
    by: str = ""
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
    """The lists that a person is on, but for target lists, as they were written last.

    `by_hand` are those it was put on itself, kept also while it is merged into another. `absorbed`
    are people who were merged into this one and had been put on lists. `recheck_at` is the earliest
    moment at which time alone may change its segments, None for never.
    """

    tenant: TenantId
    person_id: PersonId
    lists: frozenset[ListId] = frozenset()
    version: int = 0
    by_hand: frozenset[ListId] = frozenset()
    absorbed: frozenset[PersonId] = frozenset()
    recheck_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A person's lists as they stand, and as they should.

    `by_hand` and `absorbed` are as in a `Standing`; None leaves them as they are.
    """

    before: Standing
    lists: frozenset[ListId]
    by_hand: frozenset[ListId] | None = None
    absorbed: frozenset[PersonId] | None = None
    recheck_at: datetime | None = None

    @property
    def joined(self) -> list[ListId]:
        """The lists to get on, in order."""
        return sorted(self.lists - self.before.lists)

    @property
    def left(self) -> list[ListId]:
        """The lists to get off, in order."""
        return sorted(self.before.lists - self.lists)

    @property
    def after(self) -> Standing:
        """The standing that this writes."""
        before = self.before
        return replace(
            before,
            lists=self.lists,
            by_hand=before.by_hand if self.by_hand is None else self.by_hand,
            absorbed=before.absorbed if self.absorbed is None else self.absorbed,
            recheck_at=self.recheck_at,
            version=before.version + 1,
        )

    @property
    def changes_nothing(self) -> bool:
        """Whether all stands as it should."""
        return replace(self.after, version=self.before.version) == self.before


@dataclass(frozen=True, slots=True)
class SegmentRules:
    """The rules of all segments in use, by their lists. Each change makes another generation.

    0 is that of a tenant that never had any.
    """

    tenant: TenantId
    generation: int = 0
    rules: Mapping[ListId, Group] = field(default_factory=dict)


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


def segment_id(tenant: TenantId, key: str) -> ListId:
    """The segment that is made under an idempotency key."""
    return ListId(derived_id("list", tenant, ListKind.SEGMENT, key))


def manual_list_id(tenant: TenantId, key: str) -> ListId:
    """The list made by hand under an idempotency key."""
    return ListId(derived_id("list", tenant, ListKind.MANUAL, key))
