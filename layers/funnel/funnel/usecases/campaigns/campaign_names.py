"""What the steps of a campaign name, by its name; and what there is to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from funnel.domain.campaigns.campaigns import (
    Branch,
    Campaign,
    ChangeList,
    ChangeOwner,
    OwnerChoice,
    Step,
    SyncWithSugar,
)
from funnel.domain.ids import ListId, Module, RecordKey, TenantId
from funnel.domain.segments.rule_speech import ENGLISH, RuleSpeech
from funnel.domain.segments.rule_words import rule_words
from funnel.domain.segments.segments import Group
from funnel.usecases.app import App
from funnel.usecases.campaigns.list_choices import ListChoices, list_choices
from funnel.usecases.emails.email_choices import EmailChoice, email_choices
from funnel.usecases.lists.settled_lists import Settling
from funnel.usecases.pushing.view_pushes import Choice, push_choices
from funnel.usecases.segments.explain_segment import rule_names


@dataclass(frozen=True, slots=True)
class CampaignNames:
    """Names by id; what is not there any more is absent. `emails` are all of them.

    `rules` are those of branches in words, and `unsettled` those of the lists that are still being
    worked out.
    """

    emails: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[Group, str] = field(default_factory=dict)
    unsettled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CampaignChoices:
    """What can be chosen. `pages` were seen on sites."""

    emails: tuple[EmailChoice, ...]
    lists: ListChoices
    forms: tuple[Choice, ...]
    users: tuple[Choice, ...]
    lead_sources: tuple[Choice, ...]
    pages: tuple[str, ...]


def names_of(
    app: App, tenant: TenantId, campaign: Campaign, speech: RuleSpeech = ENGLISH
) -> CampaignNames:
    """The names that say what this campaign does, and that choices of its steps may need."""
    steps = campaign.steps.values()
    lists = {one for step in steps if (one := _list_of(step))}
    lists |= {campaign.start.list_id} - {ListId("")}
    found = app.lists.lists(tenant, sorted(lists)) if lists else {}
    users = {user for step in steps for user in _owner_of(step).users}
    keys = [RecordKey(Module.USERS, user) for user in sorted(users)]
    records = app.records.records(tenant, keys) if keys else {}
    return CampaignNames(
        {one.email_id: one.name for one in app.emails.emails(tenant)},
        {list_id: one.name for list_id, one in found.items()},
        {one.value: one.label for one in _forms(app, tenant)},
        {key.sugar_id: user.name for key, user in records.items()},
        {
            rule: rule_words(rule, rule_names(app, tenant, rule, speech=speech))
            for rule in _rules_of(steps)
        },
        frozenset(one.list_id for one in Settling(app, tenant).unsettled(found.values())),
    )


def choices_for(app: App, tenant: TenantId, chosen: str = "") -> CampaignChoices:
    """What settings of campaigns and steps offer, with the list that is `chosen`."""
    sugar = push_choices(app, tenant)
    return CampaignChoices(
        email_choices(app, tenant),
        list_choices(app, tenant, chosen=chosen),
        tuple(_forms(app, tenant)),
        sugar.owners,
        sugar.lead_sources,
        tuple(sorted(app.sites.names_seen(tenant).pages)),
    )


def _forms(app: App, tenant: TenantId) -> Iterable[Choice]:
    return (Choice(one.form_id, one.name) for one in app.forms.forms(tenant) if one.active)


def _rules_of(steps: Iterable[Step]) -> set[Group]:
    branches = [one.action for one in steps if isinstance(one.action, Branch)]
    return {one.rule for one in branches if one.rule.parts}


def _list_of(step: Step) -> ListId:
    match step.action:
        case Branch(segment=segment):
            return segment
        case ChangeList(list_id=list_id):
            return list_id
    return ListId("")


def _owner_of(step: Step) -> OwnerChoice:
    match step.action:
        case ChangeOwner(owner=owner):
            return owner
        case SyncWithSugar(plan=plan):
            return plan.owner
    return OwnerChoice()
