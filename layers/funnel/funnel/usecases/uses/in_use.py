"""What is in use by now, so that somebody can ask each what it uses. What is over uses nothing any more."""

from collections.abc import Callable, Iterator

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastState
from funnel.domain.campaigns.campaigns import Action, CampaignHead, CampaignState
from funnel.domain.ids import TenantId
from funnel.domain.lists.lists import PeopleList
from funnel.domain.segments.segments import Group
from funnel.usecases.app import App

_PAGE = 100
_OVER = frozenset({BroadcastState.SENT, BroadcastState.CANCELLED})


def segments_whose_rule(
    app: App, tenant: TenantId, asks: Callable[[Group], bool]
) -> Iterator[tuple[PeopleList, Group]]:
    """The Segments in use of whose rule it is true, by name, each with that."""
    asked = {one: rule for one, rule in app.lists.segment_rules(tenant).rules.items() if asks(rule)}
    named = app.lists.lists(tenant, asked).values() if asked else ()
    for one in sorted(named, key=lambda found: found.name.casefold()):
        yield one, asked[one.list_id]


def campaigns_in_use(
    app: App, tenant: TenantId
) -> Iterator[tuple[CampaignHead, tuple[Action, ...]]]:
    """The campaigns that have not ended, drafts too, with what their steps do."""
    heads = app.campaigns.campaigns(tenant)
    standing = [one for one in heads if one.state is not CampaignState.ENDED]
    wholes = app.campaigns.whole(tenant, (one.campaign_id for one in standing))
    for head in standing:
        whole = wholes.get(head.campaign_id)
        yield head, tuple(step.action for step in whole.steps.values()) if whole else ()


def broadcasts_in_use(app: App, tenant: TenantId) -> Iterator[Broadcast]:
    """The broadcasts that were neither sent nor cancelled."""
    cursor = ""
    while True:
        page = app.broadcasts.list_broadcasts(tenant, _PAGE, cursor)
        yield from (one for one in page.items if one.state not in _OVER)
        cursor = page.cursor
        if not cursor:
            return
