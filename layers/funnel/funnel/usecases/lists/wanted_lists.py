"""Which lists people should be on: by the values of their records, by hand, and by the rules of segments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from funnel.domain.connecting.currencies import UNKNOWN, Currencies
from funnel.domain.consent.consent import Consent
from funnel.domain.ids import ListId, MemberKey, Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.lists.auto_lists import (
    AutoValue,
    ListSettings,
    accounts_of,
    is_merged,
    values_of,
    wanted_lists,
)
from funnel.domain.lists.lists import Move, Standing, members_of_person
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.scoring import Counts, ScoringRules, added
from funnel.domain.scoring.tallies import Tally
from funnel.domain.segments.segment_facts import Facts, facts_of
from funnel.domain.segments.segment_fields import AMOUNT, CONSENT
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.app import App
from funnel.usecases.kept_segments import Definitions
from funnel.usecases.scoring.read_families import read_families


@dataclass(frozen=True, slots=True)
class WantedLists:
    """The move that brings a person's lists up to date, and the values its auto lists are of.

    `heir` is who has to be looked at as well, with whom it absorbed: who was merged into it had
    been put on lists.
    """

    move: Move
    values: Mapping[ListId, AutoValue]
    heir: PersonId = PersonId("")


@dataclass(slots=True)
class PeopleRead:
    """What people's lists follow from. `standings` also of those whom these people absorbed.

    `uncounted` are the segments whose behaviours are not counted for somebody yet: what is known of
    them would make them look as if they had done nothing.
    """

    app: App
    tenant: TenantId
    definitions: Definitions
    people: Mapping[PersonId, Person]
    records: Mapping[RecordKey, SugarRecord]
    opportunities: Mapping[SugarId, frozenset[SugarId]]
    standings: dict[PersonId, Standing]
    roots: dict[PersonId, PersonId]
    consents: Mapping[str, Consent] = field(default_factory=dict)
    scores: Mapping[PersonId, Score] = field(default_factory=dict)
    counts: Mapping[PersonId, Counts] = field(default_factory=dict)
    uncounted: Mapping[PersonId, frozenset[ListId]] = field(default_factory=dict)
    targets: Mapping[MemberKey, frozenset[ListId]] = field(default_factory=dict)
    currencies: Currencies = UNKNOWN

    def wanted(
        self, person_id: PersonId, settings: ListSettings, adopted: Iterable[PersonId] = ()
    ) -> WantedLists:
        """What to write of one of them; `adopted` are people merged into it of whom that is new."""
        before = self.standings[person_id]
        person = self.people.get(person_id)
        if person is None or person.erased:
            return WantedLists(Move(before, frozenset(), frozenset(), frozenset()), {})
        if person.merged_into:
            had_any = before.by_hand or before.absorbed
            heir = self.roots.get(person_id, PersonId("")) if had_any else PersonId("")
            return WantedLists(Move(before, frozenset()), {}, heir)
        absorbed = self._absorbed(person_id, adopted)
        by_hand = self._by_hand(person_id, absorbed)
        if not person.is_listed:
            return WantedLists(Move(before, frozenset(), absorbed=absorbed), {})
        records = self._records_of(person)
        auto = wanted_lists(self.tenant, values_of(records, settings.fields))
        facts = self.facts(person_id, auto, by_hand)
        evaluator = self.definitions.evaluator
        segments, recheck_at = evaluator.segments_of(facts), evaluator.next_change(facts)
        if undecided := self.uncounted.get(person_id):
            # It stays as it is: the lists follow once more when all is counted.
            segments = (segments - undecided) | (before.lists & undecided)
        kept = before.recheck_at
        if kept is not None and facts.now < kept and (recheck_at is None or kept < recheck_at):
            # It is looked at once for nothing then, which costs less than another write now.
            recheck_at = kept
        move = Move(
            before,
            frozenset(auto) | by_hand | segments,
            absorbed=absorbed,
            recheck_at=recheck_at,
        )
        return WantedLists(move, auto)

    def facts_now(self, person_id: PersonId, settings: ListSettings) -> Facts | None:
        """What the rules can know of one of them at this moment; None for nobody who is listed."""
        person = self.people.get(person_id)
        if person is None or not person.is_listed:
            return None
        auto = wanted_lists(self.tenant, values_of(self._records_of(person), settings.fields))
        return self.facts(person_id, auto, self._by_hand(person_id, self._absorbed(person_id)))

    def _absorbed(
        self, person_id: PersonId, adopted: Iterable[PersonId] = ()
    ) -> frozenset[PersonId]:
        known = {*self.standings[person_id].absorbed, *adopted}
        return frozenset(i for i in known if self.roots.get(i) == person_id)

    def _by_hand(self, person_id: PersonId, absorbed: Iterable[PersonId]) -> frozenset[ListId]:
        """What it was put on, itself or as somebody it absorbed."""
        own = self.standings[person_id].by_hand
        return own.union(*(self.standings[i].by_hand for i in absorbed))

    def facts(
        self, person_id: PersonId, auto: Iterable[ListId], by_hand: Iterable[ListId]
    ) -> Facts:
        """What the rules of segments can know of one of them."""
        person = self.people[person_id]
        score = self.scores.get(person_id)
        keys = members_of_person(person_id, (link.key for link in person.links))
        on_targets = (self.targets.get(key, frozenset()) for key in keys)
        return facts_of(
            self.app.clock.now(),
            person,
            self._records_of(person),
            consents=self.consents,
            score=score.value if score else 0,
            lists=frozenset(auto).union(by_hand, *on_targets),
            counts=self.counts.get(person_id, {}),
            currencies=self.currencies,
        )

    def _records_of(self, person: Person) -> list[SugarRecord]:
        """The records whose values a person has."""
        if is_merged(person):
            return []
        own = [self.records[ln.key] for ln in person.links if ln.key in self.records]
        keys = accounts_of(own)
        for record in own:
            keys |= self._opportunities_of(record)
        return own + [self.records[key] for key in sorted(keys) if key in self.records]

    def _opportunities_of(self, contact: SugarRecord) -> set[RecordKey]:
        if contact.key.module is not Module.CONTACTS:
            return set()
        keys = {
            RecordKey(Module.OPPORTUNITIES, i)
            for i in self.opportunities.get(contact.key.sugar_id, ())
        }
        return {
            key
            for key in keys
            if key in self.records and contact.key.sugar_id in self.records[key].contact_ids
        }


def read_for_lists(
    app: App,
    tenant: TenantId,
    ids: Sequence[PersonId],
    definitions: Definitions,
    adopted: Mapping[PersonId, set[PersonId]] | None = None,
) -> PeopleRead:
    """Read all that the lists of these people follow from, as far as the definitions ask for it."""
    # Read before what they follow from: a standing written meanwhile is then another version.
    standings = app.lists.standings(tenant, ids)
    people = app.records.people(tenant, ids)
    merged = {a for i in ids for a in standings[i].absorbed}
    merged |= {a for some in (adopted or {}).values() for a in some}
    if merged - set(standings):
        standings |= app.lists.standings(tenant, sorted(merged - set(standings)))
    roots = _roots(app, tenant, people, merged)
    own = [ln.key for p in people.values() if not is_merged(p) for ln in p.links]
    records = app.records.records(tenant, own)
    contacts = [key.sugar_id for key in records if key.module is Module.CONTACTS]
    opportunities = app.lists.opportunities_of(tenant, contacts) if contacts else {}
    around = accounts_of(records.values()) | {
        RecordKey(Module.OPPORTUNITIES, i) for some in opportunities.values() for i in some
    }
    if around:
        records = {**records, **app.records.records(tenant, sorted(around))}
    read = PeopleRead(app, tenant, definitions, people, records, opportunities, standings, roots)
    _read_asked(read, [p for p in people.values() if p.is_listed])
    return read


def _read_asked(read: PeopleRead, people: Sequence[Person]) -> None:
    """What only segments ask for, where one does."""
    app, tenant, evaluator = read.app, read.tenant, read.definitions.evaluator
    ids = [one.person_id for one in people]
    if not ids:
        return
    if CONSENT in evaluator.asked:
        emails = [one.emails[0] for one in people if one.emails]
        read.consents = app.records.consents(tenant, emails) if emails else {}
    if AMOUNT in evaluator.asked:
        read.currencies = app.sync.currencies(tenant) or UNKNOWN
    if evaluator.behaviours:
        families = read_families(app, tenant, ids)
        read.counts = {i: added(*(t.counts for t in f.values())) for i, f in families.items()}
        # After the definitions: what a rule in force asks for was asked to be counted before.
        rules = app.scoring.scoring_rules(tenant)
        read.uncounted = _uncounted(rules, evaluator.counted, families)
    if evaluator.asks_score:
        read.scores = app.activities.scores(tenant, ids)
    if read.definitions.targets:
        keys = [
            key
            for one in people
            for key in members_of_person(one.person_id, (link.key for link in one.links))
        ]
        read.targets = app.lists.on_lists(tenant, read.definitions.targets, keys)


def _uncounted(
    rules: ScoringRules,
    asked: Mapping[ListId, frozenset[str]],
    families: Mapping[PersonId, Mapping[SubjectId, Tally]],
) -> dict[PersonId, frozenset[ListId]]:
    """The segments that cannot be decided yet of who has done anything; who has not is counted."""
    known = {one.rule_id for one in rules.behaviours}
    of_all = frozenset(list_id for list_id, behaviours in asked.items() if not behaviours <= known)
    found = {
        person_id: of_all if _is_counted(rules, family.values()) else frozenset(asked)
        for person_id, family in families.items()
    }
    return {person_id: some for person_id, some in found.items() if some}


def _is_counted(rules: ScoringRules, family: Iterable[Tally]) -> bool:
    return all(one.generation == rules.tallied for one in family)


def _roots(
    app: App, tenant: TenantId, people: Mapping[PersonId, Person], others: Iterable[PersonId]
) -> dict[PersonId, PersonId]:
    """Of those who were merged, into whom in the end; of `others` also if they were not."""
    known = dict(people)
    todo = set(others) - set(known)
    todo |= {one.merged_into for one in known.values() if one.merged_into} - set(known)
    while todo:
        known |= (some := app.records.people(tenant, sorted(todo)))
        todo = {one.merged_into for one in some.values() if one.merged_into} - set(known)

    def root_of(person_id: PersonId) -> PersonId:
        seen = {person_id}
        while (one := known.get(person_id)) and one.merged_into and one.merged_into not in seen:
            person_id = one.merged_into
            seen.add(person_id)
        return person_id

    wanted = {i for i, one in known.items() if one.merged_into} | set(others)
    return {i: root_of(i) for i in wanted}
