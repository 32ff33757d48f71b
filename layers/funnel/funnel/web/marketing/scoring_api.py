"""Scoring by JSON: what the pages of scoring and of a person show and do."""

from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.scoring import view_scoring
from funnel.usecases.scoring.keep_rules import (
    RuleChanges,
    add_rule,
    change_rule,
    delete_rule,
    recount,
)
from funnel.usecases.scoring.view_scoring import RuleView, ScoreView, ScoringView, rule_view
from funnel.web.asked import Asked
from funnel.web.marketing.scoring import heed
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

CONFIRMED = ("confirmed",)
"""`yes` says that all the scores that change may be written to Sugar, however many they are."""


@room.api(
    "GET",
    "/api/app/scoring",
    "The rules of the lead score, and how far a re-score is",
    ScoringView,
)
def scoring(asked: Asked) -> ScoringView:
    """All rules."""
    return view_scoring.scoring(asked.app, asked.tenant)


@room.api(
    "POST",
    "/api/app/scoring/rules",
    "Add a rule; everybody's score is worked out anew",
    RuleView,
    body=RuleChanges,
    status=201,
    queries=CONFIRMED,
)
def add(asked: Asked) -> RuleView:
    """A new rule."""
    heed(asked, asked.query("confirmed"))
    values = asked.json(RuleChanges)
    made = add_rule(asked.app, asked.tenant, values, asked.who.user_name)
    return rule_view(asked.app, asked.tenant, made)


@room.api(
    "PATCH",
    "/api/app/scoring/rules/<rule_id>",
    "Change a rule; what is null or left out stays. Everybody's score is worked out anew",
    RuleView,
    body=RuleChanges,
    queries=CONFIRMED,
)
def change(asked: Asked, rule_id: str) -> RuleView:
    """Change what the body names."""
    heed(asked, asked.query("confirmed"))
    values = asked.json(RuleChanges)
    changed = change_rule(asked.app, asked.tenant, rule_id, values, asked.who.user_name)
    return rule_view(asked.app, asked.tenant, changed)


@room.api(
    "DELETE",
    "/api/app/scoring/rules/<rule_id>",
    "Delete a rule; everybody's score is worked out anew",
    ScoringView,
    queries=CONFIRMED,
)
def delete(asked: Asked, rule_id: str) -> ScoringView:
    """Delete it; what is left."""
    heed(asked, asked.query("confirmed"))
    delete_rule(asked.app, asked.tenant, rule_id, asked.who.user_name)
    return view_scoring.scoring(asked.app, asked.tenant)


@room.api(
    "POST",
    "/api/app/scoring/recount",
    "Work everybody's score out anew, from all that was done",
    ScoringView,
    status=202,
)
def count_anew(asked: Asked) -> ScoringView:
    """Count anew; how far that is."""
    recount(asked.app, asked.tenant, asked.who.user_name)
    return view_scoring.scoring(asked.app, asked.tenant)


@room.api(
    "GET",
    "/api/app/people/<person_id>/score",
    "A person's score, and what it is made of: the points of its lines add up to it",
    ScoreView,
)
def person_score(asked: Asked, person_id: str) -> ScoreView:
    """One person's score."""
    return view_scoring.person_score(asked.app, asked.tenant, PersonId(person_id))
