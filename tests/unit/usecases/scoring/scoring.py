"""What tests of scoring share: people, what they do, and whether the score adds up."""

from datetime import datetime, timedelta
from typing import Any

from funnel.domain.ids import PersonId
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.scoring import Rule, ScoringRules
from funnel.domain.sync.records import Person, Unit
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from tests.fakes.system import START
from tests.fakes.world import TENANT, World

ADA, BEN = PersonId("ada"), PersonId("ben")
VISITOR = SubjectId("v-1")
VIEW = Rule("view", "Viewed a page", ActivityKind.PAGE_VIEW, 1)
FORM = Rule("form", "Sent a form", ActivityKind.FORM, 20)
CLICK = Rule("click", "Clicked", ActivityKind.EMAIL_CLICK, 5)


def with_people(world: World, *people: str) -> World:
    """People that are nothing but there."""
    for person_id in people:
        made = Person(TENANT, PersonId(person_id), {}, created_at=START, changed_at=START)
        assert world.store.commit(TENANT, [Unit(people=[made])]) == [True]
    return world


def merge(world: World, person: str, into: str) -> None:
    """Have a person merged into another, or parted ("") again, as the pull writes it."""
    before = world.store.people(TENANT, [PersonId(person)])[PersonId(person)]
    after = Person(
        TENANT,
        before.person_id,
        before.fields,
        created_at=before.created_at,
        changed_at=before.changed_at,
        merged_into=PersonId(into),
        version=before.version,
    )
    assert world.store.commit(TENANT, [Unit(people=[after])]) == [True]


def with_rules(world: World, *rules: Rule, tallied: bool = True) -> ScoringRules:
    """Have these rules and no others; nobody is re-scored by it."""
    before = world.store.scoring_rules(TENANT)
    generation = before.generation + 1
    counted = generation if tallied else before.tallied
    after = ScoringRules(TENANT, rules, generation, counted, version=before.version)
    return world.store.save_scoring_rules(after)


def did(subject: str, name: str, at: datetime = START, **more: Any) -> Activity:
    """A page view, or what else `more` says."""
    values: dict[str, Any] = {"kind": ActivityKind.PAGE_VIEW, "about": {"path": "/"}, **more}
    return Activity(TENANT, SubjectId(subject), name, at=at, **values)


def bot(subject: str, name: str, at: datetime = START) -> Activity:
    """A page view of a machine."""
    return did(subject, name, at, signal=Signal.CRAWLER)


def points(world: World, person: str = ADA) -> int:
    """A person's score, which is the sum of its lines; 0 where there is none."""
    score = score_of(world, person)
    return sum(line.points for line in score.lines) if score else 0


def score_of(world: World, person: str = ADA) -> Score | None:
    """A person's score as it is stored."""
    return world.store.scores(TENANT, [PersonId(person)]).get(PersonId(person))


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)
