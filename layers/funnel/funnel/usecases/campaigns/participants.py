"""Who is in a campaign: who walks along it, or went through. Whoever left or was taken out is not."""

from collections.abc import Iterable

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.campaigns.whose_walks import is_in, standings


def participants(
    app: App, tenant: TenantId, campaign_id: CampaignId, people: Iterable[Person]
) -> set[PersonId]:
    """Those of these living people who are in the campaign, by the walk that counts."""
    found = standings(app, tenant, campaign_id, people)
    return {own for own, here in found.items() if here.walk is not None and is_in(here.walk)}
