"""The builder of the rule that a branch of a campaign asks, in the form of its step."""

from funnel.domain.campaigns.campaigns import Branch, Step
from funnel.domain.errors import FunnelError, InputInvalid
from funnel.domain.problems import Problems
from funnel.domain.segments.rule_json import rule_to_json
from funnel.usecases.campaigns.step_settings import StepKind
from funnel.web.asked import Asked
from funnel.web.marketing.campaign_page import Form
from funnel.web.marketing.rule_builder import (
    PREFIX,
    RuleBuilder,
    is_drawing,
    redrawn,
    rule_builder,
    sent_draft,
)
from funnel.web.marketing.rule_drafts import BLANK, DraftGroup, draft_of_json


def branch_rule(
    asked: Asked,
    kind: str,
    action: str,
    sent: Form | None = None,
    step: Step | None = None,
    error: FunnelError | None = None,
) -> RuleBuilder | None:
    """The builder, None for another kind of step; its buttons send the form to `action`.

    It holds what was sent, or else what the step asks.
    """
    if kind != StepKind.BRANCH:
        return None
    if sent is not None and is_drawing(sent):
        return redrawn(asked, action=action)
    draft = sent_draft(sent) if sent and f"{PREFIX}.match" in sent else _draft_of(step)
    return rule_builder(asked, draft, error=_within(error), action=action)


def _draft_of(step: Step | None) -> DraftGroup:
    if step is not None and isinstance(step.action, Branch) and step.action.rule.parts:
        found = draft_of_json(rule_to_json(step.action.rule))
        if isinstance(found, DraftGroup):
            return found
    return BLANK


def _within(error: FunnelError | None) -> InputInvalid | None:
    """All that is wrong with the rule, by its path in it."""
    some = (error, *error.others) if isinstance(error, InputInvalid) else ()
    wrong = Problems()
    for one in some:
        first, _, within = one.field.partition(".")
        if first == PREFIX:
            with wrong.found():
                raise InputInvalid(one.text, mend=one.mend, field=within)
    return wrong.first
