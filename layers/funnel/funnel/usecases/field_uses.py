"""What uses a custom field of people, so that nobody takes it away from under them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from funnel.domain.broadcasts import BroadcastState
from funnel.domain.campaigns import Branch, CampaignState
from funnel.domain.emails import templates_of
from funnel.domain.fields import Subject
from funnel.domain.ids import TenantId
from funnel.domain.merge_fields import fields_in
from funnel.domain.segment_evaluator import tests_of
from funnel.domain.segments import FieldTest, Group
from funnel.usecases.app import App

_PAGE = 100
_OVER = frozenset({BroadcastState.SENT, BroadcastState.CANCELLED})


class FieldUsedAs(StrEnum):
    """What uses it."""

    SEGMENT = "segment"
    CAMPAIGN = "campaign"
    FORM = "form"
    EMAIL = "email"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True)
class FieldUse:
    """Something that uses a field, by its id and name."""

    used_as: FieldUsedAs
    item_id: str
    name: str


@dataclass(frozen=True, slots=True)
class FieldUses:
    """All that uses a field."""

    items: tuple[FieldUse, ...]


def uses_of_field(app: App, tenant: TenantId, subject: Subject, name: str) -> FieldUses:
    """What asks for this field: segments in use and branches; forms; emails and subjects by a merge field.

    What is over asks for nothing, such as an ended campaign; a form or email that was put aside comes
    back as it was, and does. Nothing asks for a field of Accounts.
    """
    if subject is not Subject.PERSON:
        return FieldUses(())
    found = (_segments, _campaigns, _forms, _emails, _broadcasts)
    return FieldUses(tuple(use for one in found for use in one(app, tenant, name)))


def _segments(app: App, tenant: TenantId, name: str) -> Iterator[FieldUse]:
    rules = app.lists.segment_rules(tenant).rules
    ids = [one for one, rule in rules.items() if _asks(rule, name)]
    named = app.lists.lists(tenant, ids) if ids else {}
    for one in sorted(named.values(), key=lambda found: found.name.casefold()):
        yield FieldUse(FieldUsedAs.SEGMENT, one.list_id, one.name)


def _campaigns(app: App, tenant: TenantId, name: str) -> Iterator[FieldUse]:
    for head in app.campaigns.campaigns(tenant):
        if head.state is CampaignState.ENDED:
            continue
        whole = app.campaigns.campaign(tenant, head.campaign_id)
        actions = [step.action for step in whole.steps.values()] if whole else []
        if any(isinstance(one, Branch) and _asks(one.rule, name) for one in actions):
            yield FieldUse(FieldUsedAs.CAMPAIGN, head.campaign_id, head.name)


def _forms(app: App, tenant: TenantId, name: str) -> Iterator[FieldUse]:
    for one in app.forms.forms(tenant):
        if any(field.name == name for field in one.fields):
            yield FieldUse(FieldUsedAs.FORM, one.form_id, one.name)


def _emails(app: App, tenant: TenantId, name: str) -> Iterator[FieldUse]:
    for head in app.emails.emails(tenant):
        whole = app.emails.email(tenant, head.email_id)
        if whole is not None and _fills(templates_of(whole), name):
            yield FieldUse(FieldUsedAs.EMAIL, head.email_id, head.name)


def _broadcasts(app: App, tenant: TenantId, name: str) -> Iterator[FieldUse]:
    cursor = ""
    while True:
        page = app.broadcasts.list_broadcasts(tenant, _PAGE, cursor)
        for one in page.items:
            if one.state not in _OVER and _fills([one.plan.subject], name):
                yield FieldUse(FieldUsedAs.BROADCAST, one.broadcast_id, one.plan.name)
        cursor = page.cursor
        if not cursor:
            return


def _fills(templates: Iterable[str], name: str) -> bool:
    return any(name in fields_in(one) for one in templates)


def _asks(rule: Group, name: str) -> bool:
    return any(isinstance(one, FieldTest) and one.field == name for one in tests_of(rule))
