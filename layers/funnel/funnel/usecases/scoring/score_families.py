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
from funnel.domain.scoring.tallies import ScoreChange, Tally, owners
from funnel.domain.scoring.trends import at_least, moved_to
from funnel.domain.tracking.activities import Activity, SubjectId
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
    `standing` is the root's, where there are overlays.
    """

    rules: ScoringRules
    chain: tuple[Tally, ...]
    others: tuple[Tally, ...]
    is_person: bool
    score: Score | None
    rebuilt: frozenset[SubjectId]
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
        gained = tuple(gained)
        first, *rest = self.chain
        counts = without(first.counts, counts_of(rules, lost))
        counts = still_kept(rules, added(counts, counts_of(rules, gained)), now)
        chain = self._owned((replace(first, counts=counts), *rest))
        return ScoreChange(chain, gained, self._score(chain, now), self._new_people())

    def anew(self, now: datetime) -> ScoreChange | None:
        """What to write so that the score is that of this moment; None for nothing."""
        score = self._score(self.chain, now)
        if score is None and not self.rebuilt:
            return None
        return ScoreChange(self._owned(self.chain), (), score, self._new_people())

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
            after = self._first(lines, now, recheck_at)
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
    ) -> Score | None:
        root = self.root
        person_id, generation = PersonId(root.subject), self.rules.generation
        fresh = Score(root.tenant, person_id, lines, now, generation, recheck_at)
        return replace(fresh, trend=moved_to((), fresh.value, now)) if lines else None


@dataclass(frozen=True, slots=True)
class _Followed:
    """Tallies as they were read, which of their subjects are people, and who was moved."""

    tallies: Mapping[SubjectId, Tally]
    people: frozenset[SubjectId]
    touched: frozenset[PersonId]


def load_family(app: App, tenant: TenantId, subject: SubjectId) -> tuple[Family, set[PersonId]]:
    """The family of a subject, which need not have done anything yet.

    Also whose scores have to be worked out anew, because a merge had not been followed.
    """
    rules = app.scoring.scoring_rules(tenant)
    followed = _follow(app, tenant, [subject], new=True)
    moved = set(followed.touched)
    for _ in range(_TRIES):
        if not followed.touched:
            break
        followed = _follow(app, tenant, [subject], new=True)
        moved |= followed.touched
    chain = owners(lambda ids: {s: followed.tallies[s] for s in ids}, subject)
    return _families(app, rules, [chain], followed.people)[0], moved


def load_families(
    app: App, tenant: TenantId, people: Iterable[PersonId]
) -> tuple[list[Family], list[Tally]]:
    """The families of these people, and of those they belong to; the tallies of those who do."""
    rules = app.scoring.scoring_rules(tenant)
    followed = _follow(app, tenant, map(SubjectId, people))
    for _ in range(_TRIES):
        if not followed.touched:
            break
        followed = _follow(app, tenant, [*followed.tallies, *map(SubjectId, followed.touched)])
    roots = [[one] for one in followed.tallies.values() if not one.owner]
    owned = [one for one in followed.tallies.values() if one.owner]
    return _families(app, rules, roots, followed.people), owned


def _follow(
    app: App, tenant: TenantId, subjects: Iterable[SubjectId], *, new: bool = False
) -> _Followed:
    """Have people who were merged belong to those they were merged into, and parted ones to nobody.

    Whoever has no tally belongs to nobody, but with `new`. What is read is read in the order of
    belonging, so that a person's own tally comes before those of all who belong to it.
    """
    tallies: dict[SubjectId, Tally] = {}
    people: set[SubjectId] = set()
    touched: set[PersonId] = set()
    todo = sorted(set(subjects))
    while todo:
        some = app.activities.tallies(tenant, todo)
        rows = app.records.people(tenant, map(PersonId, todo))
        tallies.update(some)
        people.update(map(SubjectId, rows))
        ahead: set[SubjectId] = set()
        for subject in todo:
            owner, row = some[subject].owner, rows.get(PersonId(subject))
            if row and row.merged_into != owner and (new or some[subject].version):
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
    return _Followed(tallies, frozenset(people), frozenset(touched))


def _families(
    app: App,
    rules: ScoringRules,
    chains: Sequence[Sequence[Tally]],
    people: Iterable[SubjectId],
) -> list[Family]:
    """`chains` were read before this; all others that make up their roots are read now."""
    tenant, people = rules.tenant, set(people)
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
    # Where this comes too late, the root has changed as well, or somebody has counted the same.
    app.activities.write(tenant, [ScoreChange((one,)) for one in late.values()])
    roots = [chain[-1] for chain in chains]
    own = [one.subject for one in roots if one.is_person or one.subject in people]
    # Read before the scores: who is moved later is scored once more.
    standings = app.lists.standings(tenant, map(PersonId, own)) if rules.overlays and own else {}
    scores = app.activities.scores(tenant, map(PersonId, own))
    return [
        Family(
            rules=rules,
            chain=tuple(map(now, chain)),
            others=tuple(map(now, some)),
            is_person=chain[-1].subject in own,
            score=scores.get(PersonId(chain[-1].subject)),
            rebuilt=frozenset(stale & {one.subject for one in chain}),
            standing=standings.get(PersonId(chain[-1].subject)),
        )
        for chain, some in zip(chains, others, strict=True)
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
