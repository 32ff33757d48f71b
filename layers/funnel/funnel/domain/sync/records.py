"""Records of Sugar as they are kept here, and what a write of them consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from funnel.domain.consent.consent import Consent
from funnel.domain.crm import Value
from funnel.domain.ids import PersonId, RecordKey, SugarId, TenantId


class State(StrEnum):
    """How a record stands here.

    SYNCED is in use. HELD was never synced and waits for its cause to be mended. STALE was synced
    before and is out of date since its last reading failed the rules; what it held then stays.
    DELETED is deleted in Sugar. ERASED is of a person who was erased here: nothing of it is kept.
    """

    SYNCED = "synced"
    HELD = "held"
    STALE = "stale"
    DELETED = "deleted"
    ERASED = "erased"


LIVE = frozenset({State.SYNCED, State.STALE})
"""Records in these states count; what a STALE one held before is still true of it here."""


@dataclass(frozen=True, slots=True)
class ReadStamp:
    """Which state of a record was read: Sugar's time of change, and our interval of reading.

    `generation` counts the changes of the module's mapping.
    """

    date_modified: datetime | None
    began: datetime
    ended: datetime
    generation: int = 0


@dataclass(frozen=True, slots=True)
class SugarRecord:
    """One record of Sugar as kept here.

    `version` is the number of writes so far, 0 for one that was never written. `digest` stands for
    everything that was read, so that an unchanged record is recognised. `name` is what people call
    it. `parent_id` is the Account of a Contact or Opportunity, and whom a User reports to. Leads and
    Contacts belong to a person: `person_id`; `home_id` is the person it founded, if it did; `apart` is set when it was
    parted from the others by hand or for crowding, and then shares no person by address.
    `errors` are the ids of its open error rows, `root` the record that its error goes back to.
    """

    tenant: TenantId
    key: RecordKey
    state: State
    fields: Mapping[str, Value]
    stamp: ReadStamp
    digest: str
    name: str
    first_seen: datetime
    owner_id: SugarId = SugarId("")
    parent_id: SugarId = SugarId("")
    contact_ids: tuple[SugarId, ...] = ()
    person_id: PersonId = PersonId("")
    home_id: PersonId = PersonId("")
    apart: bool = False
    out_of_date_since: datetime | None = None
    errors: tuple[str, ...] = ()
    root: RecordKey | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A Lead or Contact as its person knows it. Each link keeps its own name and owner.

    `email` is folded. `converted_to` is the Contact a Lead was converted to, or empty.
    """

    key: RecordKey
    name: str
    owner_id: SugarId
    email: str
    converted_to: SugarId = SugarId("")
    home_id: PersonId = PersonId("")
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """When somebody here set a field, and who."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Person:
    """A contact of the platform: everything known under one address.

    `fields` are our values, `agreed` the last ones both sides agreed on, `edited` says of fields
    set here by whom and when, as long as that value stands. `emails` are the folded
    addresses it holds claims on, the main one first. `merged_into` points to the person this one
    was merged into; it then has no links. One whose records Sugar merged away under an address of
    their own keeps that in `emails`: whoever it was merged into holds the claim for it, and names
    it in `absorbed`, from where it is found. `shared` marks an address used under several names.
    A person whose links were all deleted stays, with no links. `made_by` is who made the person
    here, "" for one that came from Sugar; `took_in` are people made here who were merged into
    this one, and `formerly` records that were links of it and `had` addresses it had before, so that
    nothing of them is forgotten when it is erased. `erased` is set when it was: such a row is
    empty, and stays so.
    """

    tenant: TenantId
    person_id: PersonId
    fields: Mapping[str, Value]
    created_at: datetime
    changed_at: datetime
    agreed: Mapping[str, Value] = field(default_factory=dict)
    edited: Mapping[str, Edit] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    emails: tuple[str, ...] = ()
    merged_into: PersonId = PersonId("")
    absorbed: tuple[PersonId, ...] = ()
    shared: bool = False
    name: str = ""
    made_by: str = ""
    took_in: tuple[PersonId, ...] = ()
    formerly: tuple[RecordKey, ...] = ()
    had: tuple[str, ...] = ()
    erased: bool = False
    version: int = 0

    @property
    def is_listed(self) -> bool:
        """Whether it is shown in lists: in Sugar, or made here, and not merged into another."""
        return bool(self.links or self.made_by) and not self.merged_into


@dataclass(frozen=True, slots=True)
class Claim:
    """Says whose an address is. With an empty `person_id` the claim is given up (row removed).

    `consent` says that there is a `Consent` of the address, so that nobody looks for one in vain; it
    outlives the claim.
    """

    tenant: TenantId
    email: str
    person_id: PersonId
    version: int = 0
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Followers:
    """The Leads converted to a Contact, so that they find it whichever arrives first."""

    tenant: TenantId
    contact_id: SugarId
    lead_ids: tuple[SugarId, ...]
    version: int = 0


class Direction(StrEnum):
    """Which way a record could not sync."""

    PULL = "pull"
    PUSH = "push"


@dataclass(frozen=True, slots=True)
class SyncError:
    """One reason why one record could not sync. Removed when the record has synced.

    `error_id` is the same for the same record, field and code. `blocked_by` is the record that has
    to be mended first, `root` the one at the end of that chain (itself, if it is its own cause).
    `value` is what stands in the field, cut at 200 characters.
    """

    tenant: TenantId
    error_id: str
    direction: Direction
    record: RecordKey
    name: str
    field: str
    value: str
    code: str
    root: RecordKey
    root_name: str
    first_seen: datetime
    last_seen: datetime
    blocked_by: RecordKey | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, and the rule that decided."""

    field: str
    before: Value
    after: Value
    rule: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What happened to a record or person. `subject` is `Module/id` or a person's id.

    `kind` is a word of the catalogue (changed, deleted, restored, merged, split, held, healed ...),
    `side` where it was done: "Sugar" or "Funnel"; `by` who did it here, "" for nobody in person.
    `entry_id` is the same when a write is repeated.
    """

    tenant: TenantId
    subject: str
    at: datetime
    entry_id: str
    kind: str
    side: str
    changes: tuple[FieldChange, ...] = ()
    note: str = ""
    by: str = ""


@dataclass(slots=True)
class Unit:
    """What is written together or not at all: at most 100 rows.

    Rows with a `version` are written only if the stored one still has that version (0: if there is
    none), and are stored with the next; nothing is written to a person who was erased. `unmarked` are
    marks of erasures that may not be there. Error rows are put or removed, history rows put, both
    without a condition.
    """

    records: list[SugarRecord] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    followers: list[Followers] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    errors: list[SyncError] = field(default_factory=list)
    closed: list[tuple[RecordKey, str]] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return (
            len(self.records)
            + len(self.people)
            + len(self.claims)
            + len(self.followers)
            + len(self.consents)
            + len(self.errors)
            + len(self.closed)
            + len(self.history)
            + len(self.unmarked)
        )
