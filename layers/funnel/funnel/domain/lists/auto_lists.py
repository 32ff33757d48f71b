"""Which auto lists a person belongs to: one list for each value of a field of its records.

A person has the values of its live Leads and Contacts, of the Accounts of its Contacts, and of the
Opportunities its Contacts are on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from funnel.domain.connecting.currencies import AMOUNT_FIELDS
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId, Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.lists.lists import ListKind, PeopleList, auto_list_id
from funnel.domain.people.people import NAME_FIELDS
from funnel.domain.segments.segment_fields import OF_OPPORTUNITIES
from funnel.domain.sync.records import LIVE, Person, State, SugarRecord, Unit
from funnel.domain.text import fold_name

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class AutoField:
    """A field that can have lists. `sources` are the fields of Sugar it is read from, by module."""

    name: str
    label: str
    sources: Mapping[Module, str]
    by_default: bool = True


AUTO_FIELDS: Mapping[str, AutoField] = {
    one.name: one
    for one in (
        AutoField("account_type", "Account type", {Module.ACCOUNTS: "account_type"}),
        AutoField("account_industry", "Account industry", {Module.ACCOUNTS: "industry"}),
        AutoField("sales_stage", "Sales stage", {Module.OPPORTUNITIES: "sales_stage"}),
        AutoField("lead_status", "Lead status", {Module.LEADS: "status"}),
        AutoField(
            "lead_source",
            "Lead source",
            {Module.LEADS: "lead_source", Module.CONTACTS: "lead_source"},
        ),
        AutoField(
            "opportunity_type",
            "Opportunity type",
            {Module.OPPORTUNITIES: "opportunity_type"},
            by_default=False,
        ),
        AutoField(
            "opportunity_source",
            "Opportunity lead source",
            {Module.OPPORTUNITIES: "lead_source"},
            by_default=False,
        ),
        AutoField(
            "salutation",
            "Salutation",
            {Module.LEADS: "salutation", Module.CONTACTS: "salutation"},
            by_default=False,
        ),
    )
}
"""All fields that can have lists: dropdowns, whose values are few."""

DEFAULT_FIELDS = tuple(one.name for one in AUTO_FIELDS.values() if one.by_default)

_WATCHED: Mapping[Module, tuple[str, ...]] = {
    module: tuple(sorted({f.sources[module] for f in AUTO_FIELDS.values() if module in f.sources}))
    for module in Module
}
_OF_SEGMENTS: Mapping[Module, tuple[str, ...]] = {
    Module.OPPORTUNITIES: (*OF_OPPORTUNITIES.values(), *AMOUNT_FIELDS),
    Module.ACCOUNTS: ("annual_revenue",),
}
_WATCHED_BY_SEGMENTS: Mapping[Module, tuple[str, ...]] = {
    module: (*names, *_OF_SEGMENTS.get(module, ())) for module, names in _WATCHED.items()
}

Labels = Mapping[str, Mapping[str, str]]
"""What people call a field's values: by the field's name, then by the value as Sugar keeps it."""


@dataclass(frozen=True, slots=True)
class Recompute:
    """Everybody's lists are being worked out anew: who asked, and how far it is.

    `cursor` is where it goes on in the list of people, `people` how many were looked at, `moved_at`
    when the last of them were. `segments` is the generation of the rules of segments that it began
    with.
    """

    recompute_id: str
    asked_by: str
    started_at: datetime
    cursor: str = ""
    people: int = 0
    finished_at: datetime | None = None
    segments: int = 0
    moved_at: datetime | None = None

    @property
    def last_moved(self) -> datetime:
        """When it came further, or began."""
        return self.moved_at or self.finished_at or self.started_at


@dataclass(frozen=True, slots=True)
class ListSettings:
    """Which fields have lists, what their values are called, and the last recompute.

    `segments` is the generation of the rules of segments, as the store counts it; what is saved of
    it is not kept.
    """

    tenant: TenantId
    fields: tuple[str, ...] = DEFAULT_FIELDS
    labels: Labels = field(default_factory=dict)
    recompute: Recompute | None = None
    segments: int = 0
    version: int = 0

    @property
    def is_going(self) -> bool:
        """Whether everybody's lists are being worked out anew."""
        return self.recompute is not None and self.recompute.finished_at is None


@dataclass(frozen=True, slots=True)
class AutoValue:
    """A field and one of its values."""

    field: str
    value: str


@dataclass(slots=True)
class Touched:
    """Whose lists a write may change: people, and the people of Accounts and Opportunities."""

    people: set[PersonId] = field(default_factory=set)
    accounts: set[SugarId] = field(default_factory=set)
    opportunities: set[SugarId] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.people or self.accounts or self.opportunities)


def checked_fields(names: Iterable[str]) -> tuple[str, ...]:
    """The fields of these names, in their usual order. Raises `InputInvalid` for another name."""
    wanted = set(names)
    unknown = sorted(wanted - set(AUTO_FIELDS))
    if unknown:
        raise InputInvalid(
            f"There are no lists by {unknown[0]}.",
            mend=f"Choose among {', '.join(AUTO_FIELDS)}.",
            field="fields",
        )
    return tuple(name for name in AUTO_FIELDS if name in wanted)


def values_of(records: Iterable[SugarRecord], fields: Sequence[str]) -> set[AutoValue]:
    """The values that these records have in these fields; those not in use have none."""
    live = [record for record in records if record.state in LIVE]
    return {
        AutoValue(name, text)
        for name in fields
        for record in live
        if (source := AUTO_FIELDS[name].sources.get(record.key.module))
        and (text := _text(record, source))
    }


def wanted_lists(tenant: TenantId, values: Iterable[AutoValue]) -> dict[ListId, AutoValue]:
    """The lists of these values. Of several ways to write a value the smallest stands for all."""
    ordered = sorted(values, key=lambda one: (one.field, one.value), reverse=True)
    return {auto_list_id(tenant, one.field, one.value): one for one in ordered}


def accounts_of(records: Iterable[SugarRecord]) -> set[RecordKey]:
    """The Accounts that these Contacts are of."""
    return {
        RecordKey(Module.ACCOUNTS, record.parent_id)
        for record in records
        if record.key.module is Module.CONTACTS and record.parent_id and record.state in LIVE
    }


def contacts_on(opportunity: SugarRecord | None) -> frozenset[SugarId]:
    """The Contacts of an Opportunity that is in use."""
    live = opportunity is not None and opportunity.state in LIVE
    return frozenset(opportunity.contact_ids) if live and opportunity else frozenset()


def list_name(value: AutoValue, labels: Labels) -> str:
    """A list's name: the field's, and what people call the value."""
    by_value = labels.get(value.field, {})
    label = (
        by_value.get(value.value) or _folded(by_value).get(fold_name(value.value)) or value.value
    )
    return f"{AUTO_FIELDS[value.field].label}: {label}"[:_LONGEST_NAME]


def new_list(tenant: TenantId, value: AutoValue, labels: Labels, now: datetime) -> PeopleList:
    """The list of a value that had none."""
    return PeopleList(
        tenant=tenant,
        list_id=auto_list_id(tenant, value.field, value.value),
        kind=ListKind.AUTO,
        name=list_name(value, labels),
        created_at=now,
        changed_at=now,
        field=value.field,
        value=value.value,
    )


def touched_by(
    units: Iterable[Unit],
    before: Mapping[RecordKey, SugarRecord | None],
    *,
    segments: bool = False,
) -> Touched:
    """Whose lists these units may change. `before` are the records as they were read.

    An Account that was never in use has nobody yet: who hangs on it comes after it. Who is renamed
    may pass a recompute by, which goes through people by name. Where there are `segments`, whoever is
    written may be in others by it, and so may whoever has an address whose consent is written.
    """
    touched = Touched()
    watched = _WATCHED_BY_SEGMENTS if segments else _WATCHED
    for unit in units:
        touched.people |= _renamed(unit)
        if segments:
            touched.people |= {person.person_id for person in unit.people}
        if segments and unit.consents:
            touched.people |= {r.person_id for r in unit.records if r.person_id}
        if all(_says_the_same(before.get(r.key), r, watched) for r in unit.records):
            continue
        touched.people |= {person.person_id for person in unit.people}
        for record in unit.records:
            _add(touched, before.get(record.key), record)
    return touched


def is_merged(person: Person | None) -> bool:
    """Whether nobody stands behind these any more: merged into another, or gone."""
    return person is None or bool(person.merged_into) or not person.links


def _add(touched: Touched, before: SugarRecord | None, after: SugarRecord) -> None:
    module, sugar_id = after.key.module, after.key.sugar_id
    touched.people |= {r.person_id for r in (before, after) if r and r.person_id}
    if module is Module.ACCOUNTS and before is not None and before.state is not State.HELD:
        touched.accounts.add(sugar_id)
    if module is Module.OPPORTUNITIES and (before is not None or contacts_on(after)):
        touched.opportunities.add(sugar_id)


def _renamed(unit: Unit) -> set[PersonId]:
    subjects = {e.subject for e in unit.history if any(c.field in NAME_FIELDS for c in e.changes)}
    return {person.person_id for person in unit.people if person.person_id in subjects}


def _says_the_same(
    before: SugarRecord | None, after: SugarRecord, watched: Mapping[Module, tuple[str, ...]]
) -> bool:
    """Whether both lead to the same lists, for the same people."""
    if before is None:
        return after.key.module is Module.USERS
    return (
        (before.state in LIVE) == (after.state in LIVE)
        and before.person_id == after.person_id
        and before.parent_id == after.parent_id
        and before.contact_ids == after.contact_ids
        and all(
            before.fields.get(name) == after.fields.get(name) for name in watched[after.key.module]
        )
    )


def _text(record: SugarRecord, name: str) -> str:
    value = record.fields.get(name)
    return "" if value is None else str(value).strip()


def _folded(labels: Mapping[str, str]) -> dict[str, str]:
    return {fold_name(value): label for value, label in labels.items() if label}
