"""What uses an email, so that it is not deleted under it: what sends it, and rules that name it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from funnel.domain.campaigns.campaigns import Asks, Branch, SendEmail
from funnel.domain.emails.emails import EmailHead, EmailId
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


@dataclass(frozen=True, slots=True)
class _Using:
    """What uses emails: those that it `sends`, and those whose words (folded) its rules name."""

    use: EmailUse
    sends: frozenset[EmailId] = frozenset()
    names: frozenset[str] = frozenset()


def uses_of(app: App, tenant: TenantId, email_id: EmailId) -> tuple[EmailUse, ...]:
    """All that uses this email. What is over uses nothing any more.

    A rule names it by its name, subject or id; one that is for whatever its `*` stands for names none.
    """
    email = app.emails.email(tenant, email_id)
    called = (email_id, email.name, email.subject) if email else (email_id,)
    return _of(_all(app, tenant), email_id, called)


def uses_of_each(
    app: App, tenant: TenantId, emails: Iterable[EmailHead]
) -> dict[EmailId, tuple[EmailUse, ...]]:
    """As `uses_of`, of each of them, by one look at what there is."""
    found = [one for one in _all(app, tenant) if one.sends or one.names]
    return {
        one.email_id: _of(found, one.email_id, (one.email_id, one.name, one.subject))
        for one in emails
    }


def _of(found: Iterable[_Using], email_id: EmailId, called: Iterable[str]) -> tuple[EmailUse, ...]:
    words = frozenset(one.casefold() for one in called if one)
    return tuple(
        one.use for one in found if email_id in one.sends or not words.isdisjoint(one.names)
    )


def _all(app: App, tenant: TenantId) -> Iterator[_Using]:
    yield from _campaigns(app, tenant)
    for broadcast in broadcasts_in_use(app, tenant):
        plan, address = broadcast.plan, f"/app/broadcasts/{broadcast.broadcast_id}"
        yield _Using(EmailUse("broadcast", plan.name, address), frozenset({plan.email_id}))
    for form in app.forms.forms(tenant):
        use = EmailUse("form", form.name, f"/app/forms/{form.form_id}")
        yield _Using(use, frozenset({form.actions.confirm} - {""}))
    for one, rule in segments_whose_rule(app, tenant, lambda rule: bool(_named_in(rule))):
        use = EmailUse("segment", one.name, f"/app/segments/{one.list_id}")
        yield _Using(use, names=_named_in(rule))
    yield from _scores(app, tenant)


def _campaigns(app: App, tenant: TenantId) -> Iterator[_Using]:
    for head, actions in campaigns_in_use(app, tenant):
        sends = frozenset(one.email_id for one in actions if isinstance(one, SendEmail))
        rules = [o.rule for o in actions if isinstance(o, Branch) and o.asks is Asks.RULE]
        use = EmailUse("campaign", head.name, f"/app/campaigns/{head.campaign_id}")
        yield _Using(use, sends, frozenset[str]().union(*map(_named_in, rules)))


def _scores(app: App, tenant: TenantId) -> Iterator[_Using]:
    rules = app.scoring.scoring_rules(tenant)
    for one in rules.rules:
        use = EmailUse("score", one.name, f"/app/scoring/rules/{one.rule_id}")
        yield _Using(use, names=_folded((one.email,)))
    for overlay in rules.overlays:
        use = EmailUse("overlay", overlay.name, f"/app/scoring/overlays/{overlay.overlay_id}")
        yield _Using(use, names=_folded(one.email for one in overlay.rules))


def _named_in(rule: Group) -> frozenset[str]:
    return _folded(one.email for one in tests_of(rule) if isinstance(one, BehaviourTest))


def _folded(patterns: Iterable[str]) -> frozenset[str]:
    return frozenset(one.casefold() for one in patterns if one)
