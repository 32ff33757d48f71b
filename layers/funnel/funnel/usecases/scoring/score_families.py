"""Read what the score of a person is worked out from: its own tally and those of all it consists of."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.errors import WasErased
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.lists.lists import Standing
from funnel.domain.scoring.overlays import all_lines, known_by_day
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.scoring import (
    Counts,
    ScoringRules,
    added,
    counts_of,
    next_change,
    still_kept,
    without,
)
from funnel.domain.scoring.tallies import NOBODY, ScoreChange, Tally, owners
from funnel.domain.scoring.trends import at_least, moved_to
from funnel.domain.sync.records import Person
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.domain.tracking.visitors import browser_of_subject
from funnel.ports.batches import Batch
from funnel.usecases.app import App

_TRIES = 12
_PAGE = 500
"""Activities that are read at once."""


@dataclass(frozen=True, slots=True)
class Family:
    """A person, or a visitor that is nobody yet, as it was read.

    `chain` are the tallies from a subject to the root, all of which are written with whatever
    changes the score. `others` make up the root too. `score` is None where the root is no person, or
    has none. All counts are by `rules`; `rebuilt` says which of the chain were not when read.
    `person` and `standing` are the root's; the first is None where it is not here, the second where
    there are no overlays.
    """

    rules: ScoringRules
    chain: tuple[Tally, ...]
    others: tuple[Tally, ...]
    is_person: bool
    score: Score | None
    rebuilt: frozenset[SubjectId]
    person: Person | None = None
    standing: Standing | None = None

    @property
    def root(self) -> Tally:
        """Whose score it is."""
        return self.chain[-1]

    def with_activities(
        self, gained: Iterable[Activity], now: datetime, lost: Iterable[Activity] = ()
    ) -> ScoreChange:
        """What to write so that the first of the chain has done these, and not those."""
        rules = self.rules.counted
        gained, lost = tuple(gained), tuple(lost)
        first, *rest = self.chain
        counts = without(first.counts, counts_of(rules, lost))
        counts = still_kept(rules, added(counts, counts_of(rules, gained)), now)
        chain = self._owned((replace(first, counts=counts), *rest))
        score = self._score(chain, now)
        if lost and score is None and self.is_person:
            # The score may be older than the tally it was read with, and just what is left now: the
            # stored one is not. Writing it under its version tells.
            score = self.score or self._first((), now, None)
        return ScoreChange(chain, gained, score, self._new_people(), self._of)

    @property
    def is_erased(self) -> bool:
        """Whether the person was erased: nothing more is written under it."""
        return self.person is not None and self.person.erased

    def written(self, change: ScoreChange) -> "Family":
        """The family as it stands once this change of it is written."""
        chain = tuple(replace(one, version=one.version + 1) for one in change.tallies)
        score = change.score and replace(change.score, version=change.score.version + 1)
        return replace(self, chain=chain, score=score or self.score)

    def anew(self, now: datetime) -> ScoreChange | None:
        """What to write so that the score is that of this moment; None for nothing."""
        score = self._score(self.chain, now)
        if score is None and not self.rebuilt:
            return None
        chain = self._owned(self.chain)
        return ScoreChange(chain, (), score, self._new_people(), self._of)

    @property
    def _of(self) -> PersonId:
        """Who may not be erased by the time its first row is written; the others stand on that one."""
        is_first = self.is_person and not self.root.version
        return PersonId(self.root.subject) if is_first else NOBODY

    def _owned(self, chain: Sequence[Tally]) -> tuple[Tally, ...]:
        """With the root known as the person it is; whoever owns anybody is known as one."""
        return (*chain[:-1], replace(chain[-1], is_person=self.is_person))

    def _new_people(self) -> tuple[SubjectId, ...]:
        return (self.root.subject,) if self.is_person and not self.root.is_person else ()

    def _score(self, chain: Sequence[Tally], now: datetime) -> Score | None:
        if not self.is_person:
            return None
        rules = self.rules
        counts = added(*(one.counts for one in (*chain, *self.others)))
        segments = self.standing.lists if self.standing else frozenset()
        lines = all_lines(rules, counts, now, segments)
        recheck_at = next_change(lines)
        before = self.score
        if before is None:
            after = self._first(lines, now, recheck_at) if lines else None
        else:
            after = before.with_lines(lines, now, recheck_at)
        if after is None or after == before:
            return None
        if after.trend and after.value > (before.value if before else 0):
            known = known_by_day(rules, counts, now, segments)
            after = replace(after, trend=at_least(after.trend, known))
        return replace(after, generation=rules.generation)

    def _first(
        self, lines: tuple[ScoreLine, ...], now: datetime, recheck_at: datetime | None
    ) -> Score:
        root = self.root
        person_id, generation = PersonId(root.subject), self.rules.generation
        fresh = Score(root.tenant, person_id, lines, now, generation, recheck_at)
        return replace(fresh, trend=moved_to((), fresh.value, now)) if lines else fresh


@dataclass(frozen=True, slots=True)
class _Followed:
    """The rules, tallies, and of those who may be people their rows and scores, as they were read.

    `touched` are those who were moved.
    """

    rules: ScoringRules
    tallies: Mapping[SubjectId, Tally]
    people: Mapping[PersonId, Person]
    scores: Mapping[PersonId, Score]
    touched: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class Families:
    """Families by the same rules; and of those who belong to another the tallies, where they have a score."""

    rules: ScoringRules
    roots: list[Family]
    owned: list[tuple[Tally, Score]]


def load_family(
    app: App, tenant: TenantId, subject: SubjectId, of: PersonId = NOBODY
) -> tuple[Family, set[PersonId]]:
    """The family of a subject, which need not have done anything yet.

    Also whose scores have to be worked out anew, because a merge had not been followed. `of` is whom
    it belongs to as far as is known, who is then read with it.
    """
    subjects = [one for one in (subject, SubjectId(of)) if one]
    followed = _follow(app, tenant, subjects, new=True)
    moved = set(followed.touched)
    for _ in range(_TRIES):
        if not followed.touched:
            break
        followed = _follow(app, tenant, subjects, new=True)
        moved |= followed.touched
    chain = owners(lambda ids: {s: followed.tallies[s] for s in ids}, subject)
    return _families(app, followed, [chain])[0], moved


def load_families(app: App, tenant: TenantId, people: Iterable[PersonId]) -> Families:
    """The families of these people, and of those they belong to."""
    followed = _follow(app, tenant, map(SubjectId, people))
    for _ in range(_TRIES):
        if not followed.touched:
            break
        subjects = [*followed.tallies, *map(SubjectId, followed.touched)]
        followed = _follow(app, tenant, subjects)
    tallies = followed.tallies.values()
    roots = _families(app, followed, [[one] for one in tallies if not one.owner])
    scored = ((one, followed.scores.get(PersonId(one.subject))) for one in tallies if one.owner)
    owned = [(one, score) for one, score in scored if score]
    return Families(roots[0].rules if roots else followed.rules, roots, owned)


def _follow(
    app: App, tenant: TenantId, subjects: Iterable[SubjectId], *, new: bool = False
) -> _Followed:
    """Have people who were merged belong to those they were merged into, and parted ones to nobody.

    Whoever has no tally belongs to nobody, but with `new`. What is read is read in the order of
    belonging, so that a person's own tally comes before those of all who belong to it.
    """
    rules: ScoringRules | None = None
    tallies: dict[SubjectId, Tally] = {}
    people: dict[PersonId, Person] = {}
    scores: dict[PersonId, Score] = {}
    touched: set[PersonId] = set()
    todo = sorted(set(subjects))
    while todo:
        ids = [PersonId(one) for one in todo if not browser_of_subject(one)]
        batch = Batch(people=ids, tallies=todo, scores=ids, rules=rules is None)
        some = app.batches.read_batch(tenant, batch)
        rules = rules or some.rules
        tallies.update(some.tallies)
        people.update(some.people)
        scores.update(some.scores)
        ahead: set[SubjectId] = set()
        for subject in todo:
            owner, row = some.tallies[subject].owner, some.people.get(PersonId(subject))
            if row and row.merged_into != owner and (new or some.tallies[subject].version):
                if row.merged_into:
                    # Were that one erased meanwhile, so would be whoever was merged into it.
                    with suppress(WasErased):
                        app.activities.attach(tenant, row.merged_into, subject)
                else:
                    app.activities.detach(tenant, subject)
                touched |= {p for p in (owner, row.merged_into, PersonId(subject)) if p}
                owner = row.merged_into
            if owner:
                ahead.add(SubjectId(owner))
        todo = sorted(ahead - set(tallies))
    rules = rules or app.scoring.scoring_rules(tenant)
    return _Followed(rules, tallies, people, scores, frozenset(touched))


def _families(app: App, followed: _Followed, chains: Sequence[Sequence[Tally]]) -> list[Family]:
    """`chains` are of what was followed; all others that make up their roots are read now."""
    rules, people = followed.rules, followed.people
    tenant = rules.tenant
    others = _others(app, tenant, chains)
    read = [one for some in (*chains, *others) for one in some]
    if any(one.generation > rules.tallied for one in read):
        rules = app.scoring.scoring_rules(tenant)
    stale = {one.subject for one in read if one.version and one.generation != rules.tallied}
    counts = _counted_anew(app, rules, stale)

    def now(one: Tally) -> Tally:
        found = counts.get(one.subject, one.counts)
        return replace(one, counts=found, generation=rules.tallied)

    late = {one.subject: now(one) for some in others for one in some if one.subject in stale}
    if late:
        # Where this comes too late, the root has changed as well, or somebody has counted the same.
        app.activities.write(tenant, [ScoreChange((one,)) for one in late.values()])
    roots = [PersonId(chain[-1].subject) for chain in chains]
    own = {i for i, chain in zip(roots, chains, strict=True) if chain[-1].is_person or i in people}
    standings = app.lists.standings(tenant, sorted(own)) if rules.overlays and own else {}
    return [
        Family(
            rules=rules,
            chain=tuple(map(now, chain)),
            others=tuple(map(now, some)),
            is_person=root in own,
            score=followed.scores.get(root) if root in own else None,
            rebuilt=frozenset(stale & {one.subject for one in chain}),
            person=people.get(root),
            standing=standings.get(root),
        )
        for root, chain, some in zip(roots, chains, others, strict=True)
    ]


def _others(app: App, tenant: TenantId, chains: Sequence[Sequence[Tally]]) -> list[list[Tally]]:
    """Who makes up the roots of these, beside those on the way to them; read by level."""
    found: list[dict[SubjectId, Tally]] = [{one.subject: one for one in some} for some in chains]
    todo = [
        {s for one in some for s in one.subjects} - set(some_found)
        for some, some_found in zip(chains, found, strict=True)
    ]
    while any(todo):
        tallies = app.activities.tallies(tenant, sorted(set().union(*todo)))
        for own, wanted in zip(found, todo, strict=True):
            some = [tallies[s] for s in sorted(wanted)]
            own.update({one.subject: one for one in some})
            wanted.clear()
            wanted |= {s for one in some for s in one.subjects} - set(own)
    return [list(own.values())[len(chain) :] for own, chain in zip(found, chains, strict=True)]


def _counted_anew(
    app: App, rules: ScoringRules, subjects: Iterable[SubjectId]
) -> dict[SubjectId, Counts]:
    """Their counts by these rules, from all they did."""
    subjects = sorted(subjects)
    if not subjects:
        return {}
    found: dict[SubjectId, Counts] = {}
    first = app.activities.newest_activities(rules.tenant, subjects, _PAGE)
    for subject, page in first.items():
        counts = counts_of(rules.counted, page.items)
        while page.cursor:
            page = app.activities.list_activities(rules.tenant, subject, _PAGE, page.cursor)
            counts = added(counts, counts_of(rules.counted, page.items))
        found[subject] = still_kept(rules.counted, counts, app.clock.now())
    return found
