"""What uses a custom field of people, so that nobody takes it away from under them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from funnel.domain.campaigns.campaigns import Branch
from funnel.domain.emails.emails import templates_of
from funnel.domain.ids import TenantId
from funnel.domain.mail.merge_fields import fields_in
from funnel.domain.mapping.fields import Subject
from funnel.domain.segments.segment_evaluator import tests_of
from funnel.domain.segments.segments import FieldTest, Group
from funnel.usecases.app import App
from funnel.usecases.uses.in_use import broadcasts_in_use, campaigns_in_use, segments_whose_rule


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
    for one, _ in segments_whose_rule(app, tenant, lambda rule: _asks(rule, name)):
        yield FieldUse(FieldUsedAs.SEGMENT, one.list_id, one.name)


def _campaigns(app: App, tenant: TenantId, name: str) -> Iterator[FieldUse]:
    for head, actions in campaigns_in_use(app, tenant):
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
    for one in broadcasts_in_use(app, tenant):
        if _fills([one.plan.subject], name):
            yield FieldUse(FieldUsedAs.BROADCAST, one.broadcast_id, one.plan.name)


def _fills(templates: Iterable[str], name: str) -> bool:
    return any(name in fields_in(one) for one in templates)


def _asks(rule: Group, name: str) -> bool:
    return any(isinstance(one, FieldTest) and one.field == name for one in tests_of(rule))
