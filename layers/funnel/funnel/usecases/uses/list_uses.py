"""What uses a list or segment, so that nobody takes it away from under them."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from funnel.domain.campaigns.campaigns import Action, Asks, Branch, ChangeList, Comes
from funnel.domain.ids import ListId, TenantId
from funnel.domain.segments.segment_evaluator import tests_of
from funnel.domain.segments.segments import Group, ListTest
from funnel.usecases.app import App
from funnel.usecases.uses.in_use import broadcasts_in_use, campaigns_in_use, segments_whose_rule


class UsedAs(StrEnum):
    """What uses it."""

    SEGMENT = "segment"
    OVERLAY = "overlay"
    CAMPAIGN = "campaign"
    BROADCAST = "broadcast"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class ListUse:
    """Something that uses a list, by its id and name."""

    used_as: UsedAs
    item_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ListUses:
    """All that uses a list."""

    items: tuple[ListUse, ...]


def uses_of(app: App, tenant: TenantId, list_id: ListId) -> ListUses:
    """What uses this list: not what is over, such as an ended campaign or a broadcast that is sent."""
    return uses_of_any(app, tenant, {list_id})


def uses_of_any(app: App, tenant: TenantId, ids: Set[ListId]) -> ListUses:
    """What uses one of these lists, once each, as `uses_of` has it."""
    found = (_segments, _overlays, _campaigns, _broadcasts, _forms)
    return ListUses(tuple(use for one in found for use in one(app, tenant, ids)))


def _segments(app: App, tenant: TenantId, lists: Set[ListId]) -> Iterator[ListUse]:
    for one, _ in segments_whose_rule(app, tenant, lambda rule: _asks(rule, lists)):
        yield ListUse(UsedAs.SEGMENT, one.list_id, one.name)


def _overlays(app: App, tenant: TenantId, lists: Set[ListId]) -> Iterator[ListUse]:
    for one in app.scoring.scoring_rules(tenant).overlays:
        if one.segment in lists:
            yield ListUse(UsedAs.OVERLAY, one.overlay_id, one.name)


def _campaigns(app: App, tenant: TenantId, lists: Set[ListId]) -> Iterator[ListUse]:
    for head, actions in campaigns_in_use(app, tenant):
        starts = head.start.comes is Comes.LIST and head.start.list_id in lists
        if starts or any(_step_uses(one, lists) for one in actions):
            yield ListUse(UsedAs.CAMPAIGN, head.campaign_id, head.name)


def _broadcasts(app: App, tenant: TenantId, lists: Set[ListId]) -> Iterator[ListUse]:
    for one in broadcasts_in_use(app, tenant):
        if not lists.isdisjoint((*one.plan.lists, *one.plan.minus)):
            yield ListUse(UsedAs.BROADCAST, one.broadcast_id, one.plan.name)


def _forms(app: App, tenant: TenantId, lists: Set[ListId]) -> Iterator[ListUse]:
    for one in app.forms.forms(tenant):
        if one.active and one.actions.list_id in lists:
            yield ListUse(UsedAs.FORM, one.form_id, one.name)


def _step_uses(action: Action, lists: Set[ListId]) -> bool:
    match action:
        case ChangeList():
            return action.list_id in lists
        case Branch(asks=Asks.RULE):
            return action.segment in lists or _asks(action.rule, lists)
        case _:
            return False


def _asks(rule: Group, lists: Set[ListId]) -> bool:
    return any(isinstance(one, ListTest) and one.list_id in lists for one in tests_of(rule))
