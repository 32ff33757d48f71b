"""Work out the scores of some people anew, from what they and all who belong to them did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.scoring import ScoringRules
from funnel.domain.scoring.tallies import ScoreChange, Tally
from funnel.usecases.app import App
from funnel.usecases.scoring.score_families import Family, load_families

_TRIES = 12


@dataclass(frozen=True, slots=True)
class Rescored:
    """How many changes it took, whose scores were looked at, and by which rules; None for nobody's."""

    changes: int
    people: set[PersonId]
    rules: ScoringRules | None


def rescore(app: App, tenant: TenantId, people: Iterable[PersonId]) -> Rescored:
    """Bring the scores of these people up to date.

    Merges and partings are followed. Who was merged has no score any more; that of the person it
    was merged into is worked out instead. Nothing is written where nothing differs. Segments that
    ask for scores are to follow then (`follow_scores`). Raises `StoreBusy` when others keep changing
    the same.
    """
    todo, written = set(people), 0
    touched = set(todo)
    rules: ScoringRules | None = None
    for _ in range(_TRIES):
        if not todo:
            break
        read = load_families(app, tenant, todo)
        rules = read.rules
        touched |= {PersonId(one.root.subject) for one in read.roots}
        now = app.clock.now()
        changes = [change for one in read.roots if (change := one.anew(now))]
        changes += _emptied(app, read.owned)
        if not changes:
            todo = set()
            break
        done = app.activities.write(tenant, changes)
        written += sum(one.written for one in done)
        rules = app.scoring.scoring_rules(tenant)
        whole = rules.generation == read.rules.generation
        moved = moved_meanwhile(app, read.roots)
        todo = {
            PersonId(change.tallies[-1].subject)
            for change, outcome in zip(changes, done, strict=True)
            if not (whole and outcome.written) or PersonId(change.tallies[-1].subject) in moved
        }
    if todo:
        raise StoreBusy(f"Others kept changing the scores of {len(todo)} people.")
    return Rescored(written, touched, rules)


def moved_meanwhile(app: App, families: Sequence[Family]) -> set[PersonId]:
    """Of these the people who were merged, or whose lists were changed, since they were read.

    Lists where they matter; merges where there was no tally, so that nobody else could see to it.
    """
    standings = {one.standing.person_id: one.standing for one in families if one.standing}
    new = [one.person.person_id for one in families if one.person and not one.root.version]
    if not standings and not new:
        return set()
    tenant = families[0].root.tenant
    now = app.lists.standings(tenant, standings) if standings else {}
    people = app.records.people(tenant, new) if new else {}
    merged = {i for i, person in people.items() if person.merged_into}
    return merged | {i for i, one in standings.items() if now[i].version != one.version}


def _emptied(app: App, owned: Iterable[tuple[Tally, Score]]) -> list[ScoreChange]:
    """Who belongs to another person has no score."""
    return [
        ScoreChange((tally,), score=_nothing(app, score)) for tally, score in owned if score.lines
    ]


def _nothing(app: App, score: Score) -> Score:
    return score.with_lines((), app.clock.now())
