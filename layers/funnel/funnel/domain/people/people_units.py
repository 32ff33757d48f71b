"""What has to be written, and together, when some Leads and Contacts have changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.consent.consent import Consent
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId, derived_id
from funnel.domain.mapping.mapping import STANDARD_ONLY, Mappings
from funnel.domain.people.consent_units import ConsentChange, consent_changes, unsure
from funnel.domain.people.identity import MOST_LINKS, Grouping, Neighbourhood, regroup
from funnel.domain.people.people import addresses_had, adopted_edits, with_links
from funnel.domain.sync.intake import Intake, history_of, link_of, same_standing
from funnel.domain.sync.records import (
    Claim,
    FieldChange,
    Followers,
    HistoryEntry,
    Person,
    SugarRecord,
    Unit,
)


@dataclass(slots=True)
class Around:
    """The rows that a change of some Leads and Contacts can touch, as they are stored.

    `records` are those of all links of `people`; the changed ones come with the intakes. `consents`
    are those of the intakes' addresses, `connection` is that of the Sugar all this is in.
    """

    tenant: TenantId
    connection: Connection | None = None
    records: dict[RecordKey, SugarRecord] = field(default_factory=dict)
    people: dict[PersonId, Person] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    followers: dict[SugarId, Followers] = field(default_factory=dict)
    consents: dict[str, Consent] = field(default_factory=dict)


def people_units(
    around: Around,
    intakes: Iterable[Intake],
    now: datetime,
    mappings: Mappings = STANDARD_ONLY,
    absorb: Mapping[PersonId, RecordKey] | None = None,
) -> list[Unit]:
    """The units to write; each holds everything that hangs together.

    `absorb` are people who belong to the person of a record from now on (`Neighbourhood`).
    """
    by_key = {intake.record.key: intake for intake in intakes}
    records = {**around.records, **{key: i.record for key, i in by_key.items()}}
    grouping = regroup(_neighbourhood(around, records, absorb or {}))
    people, history = _people(around, records, grouping, now, mappings)
    records = _assigned(records, grouping)
    consents = consent_changes(
        around.tenant, around.consents, records, by_key, now, around.connection
    )
    records = unsure(records, by_key, around.consents)
    sheaf = _Sheaf()
    for key, record in records.items():
        intake = by_key.get(key)
        before = intake.before if intake else around.records.get(key)
        after = replace(record, stamp=before.stamp) if before and not intake else record
        if before is None or not same_standing(before, after) or before.stamp != after.stamp:
            unit = sheaf.unit(str(key), *_neighbours(before, after))
            unit.records.append(after)
            _add_intake(unit, intake, after, now)
    for person in people:
        before_person = around.people.get(person.person_id)
        if person != before_person:
            nodes = [person.person_id, person.merged_into]
            sheaf.unit(*nodes).people.append(person)
    for entry in history:
        sheaf.unit(entry.subject).history.append(entry)
    for change in consents:
        unit = sheaf.unit(f"email {change.after.email}", *map(str, change.records))
        change.add_to(unit)
    for claim in _claims(around, grouping, consents):
        old = around.claims.get(claim.email)
        node = f"email {claim.email}" if claim.consent else ""
        sheaf.unit(claim.person_id, old.person_id if old else "", node).claims.append(claim)
    for row in _followers(around, by_key):
        sheaf.unit(*[f"{Module.LEADS}/{i}" for i in row.lead_ids]).followers.append(row)
    return sheaf.units()


class _Sheaf:
    """Units by what they are about; two that turn out to be about the same become one."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._units: dict[str, Unit] = {}

    def unit(self, *nodes: str) -> Unit:
        """The unit of these nodes (empty ones aside), to be added to before the next is asked for."""
        first, *others = [n for n in nodes if n]
        root = self._root(first)
        unit = self._units.get(root)
        if unit is None:
            unit = self._units[root] = Unit()
        for node in others:
            other = self._root(node)
            if other != root:
                self._parent[other] = root
                _join(unit, self._units.pop(other, None))
        return unit

    def units(self) -> list[Unit]:
        """All of them."""
        return list(self._units.values())

    def _root(self, node: str) -> str:
        root = node
        while self._parent.setdefault(root, root) != root:
            root = self._parent[root]
        self._parent[node] = root
        return root


def _join(unit: Unit, other: Unit | None) -> None:
    if other is not None:
        for name in Unit.__slots__:
            getattr(unit, name).extend(getattr(other, name))


def _neighbourhood(
    around: Around,
    records: Mapping[RecordKey, SugarRecord],
    absorb: Mapping[PersonId, RecordKey],
) -> Neighbourhood:
    links = {key: link for key, r in records.items() if (link := link_of(r))}
    return Neighbourhood(
        tenant=around.tenant,
        links=links,
        assigned={key: records[key].person_id for key in links if records[key].person_id},
        people=dict(around.people),
        claims={email: claim.person_id for email, claim in around.claims.items()},
        absorb=dict(absorb),
    )


def _people(
    around: Around,
    records: Mapping[RecordKey, SugarRecord],
    grouping: Grouping,
    now: datetime,
    mappings: Mappings,
) -> tuple[list[Person], list[HistoryEntry]]:
    people: list[Person] = []
    history: list[HistoryEntry] = []
    lost: dict[PersonId, list[Person]] = defaultdict(list)
    for person_id, into in grouping.merged.items():
        before = around.people.get(person_id)
        if into and before is not None:
            if not before.merged_into:
                lost[into].append(before)
                history.append(_entry(before, now, "merged", note=into))
            emails = before.emails if person_id in grouping.absorbed else ()
            had = addresses_had(before, emails)
            people.append(replace(before, links=(), emails=emails, had=had, merged_into=into))
    held = _held(grouping)
    for person_id, links in grouping.members.items():
        before = around.people.get(person_id)
        person = before or Person(around.tenant, person_id, {}, created_at=now, changed_at=now)
        person = adopted_edits(person, lost[person_id])
        person = _absorbing(person, lost[person_id], grouping)
        kept = held[person_id] if person.absorbed else []
        person, changes = with_links(person, links, records, now, mappings, kept)
        people.append(person)
        if before is not None:
            kind = "parted" if before.merged_into else "changed"
            if before.merged_into or changes:
                history.append(_entry(before, now, kind, changes))
    return people, history


def _absorbing(person: Person, losers: Iterable[Person], grouping: Grouping) -> Person:
    """The person naming those it absorbs, and those that they had; not who stands again."""
    ids = list(person.absorbed)
    for loser in losers:
        ids += [loser.person_id] if loser.person_id in grouping.absorbed else []
        ids += loser.absorbed
    if not ids:
        return person
    left = [i for i in dict.fromkeys(ids) if i not in grouping.members]
    return replace(person, absorbed=tuple(left[:MOST_LINKS]))


def _held(grouping: Grouping) -> dict[PersonId, list[str]]:
    held: dict[PersonId, list[str]] = defaultdict(list)
    for email, person_id in grouping.claims.items():
        held[person_id].append(email)
    return held


def _entry(
    person: Person, now: datetime, kind: str, changes: Iterable[FieldChange] = (), note: str = ""
) -> HistoryEntry:
    entry_id = derived_id("history", person.person_id, str(person.version), kind, note)
    return HistoryEntry(
        person.tenant, person.person_id, now, entry_id, kind, "Sugar", tuple(changes), note
    )


def _assigned(
    records: Mapping[RecordKey, SugarRecord], grouping: Grouping
) -> dict[RecordKey, SugarRecord]:
    after = dict(records)
    for person_id, links in grouping.members.items():
        for link in links:
            after[link.key] = replace(
                records[link.key], person_id=person_id, home_id=link.home_id, apart=link.apart
            )
    return after


def _neighbours(before: SugarRecord | None, after: SugarRecord) -> list[str]:
    return [after.person_id, before.person_id if before else "", after.home_id]


def _add_intake(unit: Unit, intake: Intake | None, record: SugarRecord, now: datetime) -> None:
    if intake is None:
        return
    unit.errors.extend(intake.errors)
    unit.closed.extend(intake.closed)
    entry = history_of(intake, record, now)
    if entry:
        unit.history.append(entry)


def _claims(around: Around, grouping: Grouping, consents: Iterable[ConsentChange]) -> list[Claim]:
    """The claims that change, and those of addresses whose consent is new."""
    claims = {claim.email: claim for claim in _moved(around, grouping)}
    for email in [change.after.email for change in consents if change.is_new]:
        nobodys = Claim(around.tenant, email, PersonId(""))
        claim = claims.get(email) or around.claims.get(email) or nobodys
        claims[email] = replace(claim, consent=True)
    return list(claims.values())


def _moved(around: Around, grouping: Grouping) -> list[Claim]:
    after = [
        Claim(around.tenant, email, person_id, around.claims[email].version)
        if email in around.claims
        else Claim(around.tenant, email, person_id)
        for email, person_id in grouping.claims.items()
        if email not in around.claims or around.claims[email].person_id != person_id
    ]
    given_up = [
        replace(claim, person_id=PersonId(""))
        for email, claim in around.claims.items()
        if email not in grouping.claims
    ]
    return after + given_up


def _followers(around: Around, intakes: Mapping[RecordKey, Intake]) -> list[Followers]:
    """Leads that were converted, by Contact; a Lead once listed stays, whatever becomes of it."""
    wanted: dict[SugarId, set[SugarId]] = defaultdict(set)
    for key, intake in intakes.items():
        link = link_of(intake.record)
        if link and link.converted_to and key.module is Module.LEADS:
            wanted[link.converted_to].add(key.sugar_id)
    rows = []
    for contact_id, leads in wanted.items():
        old = around.followers.get(contact_id) or Followers(around.tenant, contact_id, ())
        if not leads <= set(old.lead_ids):
            rows.append(replace(old, lead_ids=tuple(sorted({*old.lead_ids, *leads}))))
    return rows
