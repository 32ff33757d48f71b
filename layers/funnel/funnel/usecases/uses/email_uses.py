"""What uses an email, so that it is not deleted under it: what sends it, and rules that name it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from funnel.domain.campaigns.campaigns import Action, Asks, Branch, SendEmail
from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import TenantId
from funnel.domain.segments.segment_evaluator import tests_of
from funnel.domain.segments.segments import BehaviourTest, Group
from funnel.usecases.app import App
from funnel.usecases.uses.in_use import broadcasts_in_use, campaigns_in_use, segments_whose_rule


@dataclass(frozen=True, slots=True)
class EmailUse:
    """What uses an email, and the page of it.

    A `campaign`, `broadcast` or `form` sends it; a `segment`, a branch of a `campaign`, or a rule of the
    `score` or of an `overlay` asks who opened it or clicked in it, and names it for that.
    """

    kind: str
    name: str
    address: str


def uses_of(app: App, tenant: TenantId, email_id: EmailId) -> tuple[EmailUse, ...]:
    """All that uses this email. What is over uses nothing any more.

    A rule names it by its name, subject or id; one that is for whatever its `*` stands for names none.
    """
    email = app.emails.email(tenant, email_id)
    called = (email_id, email.name, email.subject) if email else (email_id,)
    words = frozenset(one.casefold() for one in called if one)
    return (
        *_campaigns(app, tenant, email_id, words),
        *_broadcasts(app, tenant, email_id),
        *_forms(app, tenant, email_id),
        *_segments(app, tenant, words),
        *_scores(app, tenant, words),
    )


def _campaigns(
    app: App, tenant: TenantId, email_id: EmailId, words: frozenset[str]
) -> Iterator[EmailUse]:
    for head, actions in campaigns_in_use(app, tenant):
        if any(_uses(one, email_id, words) for one in actions):
            yield EmailUse("campaign", head.name, f"/app/campaigns/{head.campaign_id}")


def _uses(action: Action, email_id: EmailId, words: frozenset[str]) -> bool:
    match action:
        case SendEmail():
            return action.email_id == email_id
        case Branch(asks=Asks.RULE):
            return _names(action.rule, words)
        case _:
            return False


def _broadcasts(app: App, tenant: TenantId, email_id: EmailId) -> Iterator[EmailUse]:
    for one in broadcasts_in_use(app, tenant):
        if one.plan.email_id == email_id:
            yield EmailUse("broadcast", one.plan.name, f"/app/broadcasts/{one.broadcast_id}")


def _forms(app: App, tenant: TenantId, email_id: EmailId) -> Iterator[EmailUse]:
    for form in app.forms.forms(tenant):
        if form.actions.confirm == email_id:
            yield EmailUse("form", form.name, f"/app/forms/{form.form_id}")


def _segments(app: App, tenant: TenantId, words: frozenset[str]) -> Iterator[EmailUse]:
    for one in segments_whose_rule(app, tenant, lambda rule: _names(rule, words)):
        yield EmailUse("segment", one.name, f"/app/segments/{one.list_id}")


def _scores(app: App, tenant: TenantId, words: frozenset[str]) -> Iterator[EmailUse]:
    rules = app.scoring.scoring_rules(tenant)
    for one in rules.rules:
        if _is_named((one.email,), words):
            yield EmailUse("score", one.name, f"/app/scoring/rules/{one.rule_id}")
    for overlay in rules.overlays:
        if _is_named((one.email for one in overlay.rules), words):
            yield EmailUse("overlay", overlay.name, f"/app/scoring/overlays/{overlay.overlay_id}")


def _names(rule: Group, words: frozenset[str]) -> bool:
    return _is_named((one.email for one in tests_of(rule) if isinstance(one, BehaviourTest)), words)


def _is_named(patterns: Iterable[str], words: frozenset[str]) -> bool:
    return any(one.casefold() in words for one in patterns)
