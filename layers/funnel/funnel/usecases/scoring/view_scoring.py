"""The rules of the lead score and how far a re-score is; a person's score and what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.overlays import is_membership
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.scoring import Period, Rule, ScoringRules
from funnel.domain.tracking.activities import ActivityKind
from funnel.usecases.app import App
from funnel.usecases.scoring.known_names import known_names

SOON = timedelta(days=7)
"""Points that expire within this are said to do so soon."""


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule. It counts `most` times per `per` (0: always), for `days` (0: for ever).

    `gone` says which of its `form` and `email` names one that is not there any more.
    """

    rule_id: str
    name: str
    kind: ActivityKind
    points: int
    page: str
    form: str
    email: str
    link: str
    most: int
    per: Period
    days: int
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RescoringView:
    """Everybody's score being worked out: `people` of about `of` are done.

    `started_at` is None while it is asked for and not begun.
    """

    people: int
    of: int
    asked_by: str
    asked_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def share(self) -> float | None:
        """Of 1; None while nobody knows."""
        return min(1.0, self.people / self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class ScoringView:
    """The rules in their order, and the last re-score, None before the first.

    A change of the rules has the scores of `people` worked out anew.
    """

    rules: tuple[RuleView, ...]
    people: int
    rescoring: RescoringView | None


@dataclass(frozen=True, slots=True)
class ScoreLineView:
    """One reason of a score.

    `counted` of `happened` count; fewer where the rule's cap was reached. `until` is when time alone
    changes it, `soon` whether that is within a week.
    """

    rule_id: str
    name: str
    counted: int
    happened: int
    points: int
    capped: bool
    until: datetime | None
    soon: bool

    @property
    def is_membership(self) -> bool:
        """Whether it is given for being in a segment, so that no number of times belongs to it."""
        return is_membership(self.rule_id)


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A person's score: the sum of the points of its lines."""

    person_id: str
    value: int
    lines: tuple[ScoreLineView, ...]
    changed_at: datetime | None


def scoring(app: App, tenant: TenantId) -> ScoringView:
    """The rules as they stand."""
    rules = app.scoring.scoring_rules(tenant)
    return ScoringView(
        rule_views(app, tenant, rules.rules),
        app.activities.count_scored(tenant),
        _rescoring(app, rules),
    )


def rule_views(app: App, tenant: TenantId, rules: Sequence[Rule]) -> tuple[RuleView, ...]:
    """Rules as they are shown; what they name is looked up once, and only where one names something."""
    if not any(one.form or one.email for one in rules):
        return tuple(_rule_view(one) for one in rules)
    known = known_names(app, tenant)
    return tuple(_rule_view(one, known.gone_of(one)) for one in rules)


def rule_view(app: App, tenant: TenantId, rule: Rule) -> RuleView:
    """A rule as it is shown."""
    return rule_views(app, tenant, [rule])[0]


def _rule_view(rule: Rule, gone: tuple[str, ...] = ()) -> RuleView:
    return RuleView(
        rule_id=rule.rule_id,
        name=rule.name,
        kind=rule.kind,
        points=rule.points,
        page=rule.page,
        form=rule.form,
        email=rule.email,
        link=rule.link,
        most=rule.most,
        per=rule.per,
        days=rule.days,
        gone=gone,
    )


def person_score(app: App, tenant: TenantId, person_id: PersonId) -> ScoreView:
    """A person's score, 0 without a reason if there is none. Raises `NotFound`."""
    if person_id not in app.records.people(tenant, [person_id]):
        raise NotFound("There is no such person.")
    return _score(app, person_id, app.activities.scores(tenant, [person_id]).get(person_id))


def _score(app: App, person_id: PersonId, score: Score | None) -> ScoreView:
    if score is None:
        return ScoreView(person_id, 0, (), None)
    soon = app.clock.now() + SOON
    lines = tuple(_line(one, soon) for one in score.lines)
    return ScoreView(person_id, score.value, lines, score.changed_at)


def _line(line: ScoreLine, soon: datetime) -> ScoreLineView:
    return ScoreLineView(
        rule_id=line.rule,
        name=line.name,
        counted=line.counted,
        happened=line.happened,
        points=line.points,
        capped=line.capped,
        until=line.until,
        soon=line.until is not None and line.until <= soon,
    )


def _rescoring(app: App, rules: ScoringRules) -> RescoringView | None:
    if not rules.generation:
        return None
    last = app.scoring.rescoring(rules.tenant)
    asked = (rules.changed_by, rules.changed_at)
    if last is None or last.generation < rules.generation:
        return RescoringView(0, 0, *asked, None, None)
    return RescoringView(last.people, last.of, *asked, last.started_at, last.finished_at)
