"""Before the rule of a segment is changed, say into which campaigns whoever it brings in comes."""

from funnel.domain.campaigns.campaigns import CampaignState, Comes
from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import PeopleList
from funnel.usecases.app import App

_STARTED = (CampaignState.RUNNING, CampaignState.PAUSED)


def fed_campaigns(app: App, tenant: TenantId, list_id: ListId) -> tuple[str, ...]:
    """The names of those that were started, have not ended, and take in who comes onto this list."""
    return tuple(
        one.name
        for one in app.campaigns.campaigns(tenant)
        if one.state in _STARTED and one.start.comes is Comes.LIST and one.start.list_id == list_id
    )


def refuse_unannounced_comers(app: App, segment: PeopleList) -> None:
    """Raise `Conflict`, naming the campaigns that take in whom another rule brings, if there are any.

    Also those for who comes later only: whoever another rule brings comes later.
    """
    names = fed_campaigns(app, segment.tenant, segment.list_id)
    if names:
        into = ", ".join(f"“{name}”" for name in names)
        raise Conflict(
            f"Whoever comes into this segment by another rule comes into the campaign {into}.",
            mend="Say that they may.",
        )
