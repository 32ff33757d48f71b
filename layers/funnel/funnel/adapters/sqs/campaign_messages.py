"""Messages about campaigns as JSON."""

from datetime import datetime
from typing import Any

from funnel.domain.campaigns.campaigns import CampaignId, StepId
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.ports.marketing_messages import (
    ForgetCampaign,
    MendCampaign,
    SweepCampaign,
    TellCampaigns,
    TellOfForm,
    WakeWalkers,
    WalkCampaigns,
)

CampaignMessage = (
    WalkCampaigns
    | TellCampaigns
    | TellOfForm
    | WakeWalkers
    | SweepCampaign
    | MendCampaign
    | ForgetCampaign
)

CAMPAIGN_TYPES = frozenset(
    {
        "walk_campaigns",
        "tell_campaigns",
        "tell_of_form",
        "wake_walkers",
        "sweep_campaign",
        "mend_campaign",
        "forget_campaign",
    }
)


def campaign_to_plain(message: CampaignMessage) -> dict[str, Any]:
    """The message as JSON can have it."""
    tenant = message.tenant
    match message:
        case WalkCampaigns():
            return {"type": "walk_campaigns", "tenant": tenant, "part": message.part}
        case TellCampaigns():
            return {
                "type": "tell_campaigns",
                "tenant": tenant,
                "list_id": message.list_id,
                "people": list(message.people),
                "left": message.left,
                "waited": message.waited,
            }
        case TellOfForm():
            return {
                "type": "tell_of_form",
                "tenant": tenant,
                "form_id": message.form_id,
                "person_id": message.person_id,
                "at": message.at.isoformat(),
                "key": message.key,
            }
        case WakeWalkers():
            return {"type": "wake_walkers", "tenant": tenant, "person_id": message.person_id}
        case SweepCampaign():
            return {
                "type": "sweep_campaign",
                "tenant": tenant,
                "campaign_id": message.campaign_id,
                "cursor": message.cursor,
                "leaving": message.leaving,
                "whole": message.whole,
                "attempt": message.attempt,
                "waited": message.waited,
            }
        case MendCampaign():
            return {
                "type": "mend_campaign",
                "tenant": tenant,
                "campaign_id": message.campaign_id,
                "steps": list(message.steps),
                "stuck": message.stuck,
                "by": message.by,
                "cursor": message.cursor,
            }
        case ForgetCampaign():
            return {
                "type": "forget_campaign",
                "tenant": tenant,
                "campaign_id": message.campaign_id,
            }


def campaign_from_plain(tenant: TenantId, body: dict[str, Any]) -> CampaignMessage:
    """The message. Raises `KeyError` or `ValueError` for what is none."""
    match body["type"]:
        case "walk_campaigns":
            return WalkCampaigns(tenant, int(body["part"]))
        case "tell_campaigns":
            people = tuple(PersonId(str(one)) for one in body["people"])
            return TellCampaigns(
                tenant,
                ListId(str(body["list_id"])),
                people,
                bool(body.get("left")),
                int(body.get("waited", 0)),
            )
        case "tell_of_form":
            return TellOfForm(
                tenant,
                str(body["form_id"]),
                PersonId(str(body["person_id"])),
                datetime.fromisoformat(body["at"]),
                str(body["key"]),
            )
        case "wake_walkers":
            return WakeWalkers(tenant, PersonId(str(body["person_id"])))
    campaign_id = CampaignId(str(body["campaign_id"]))
    match body["type"]:
        case "sweep_campaign":
            return SweepCampaign(
                tenant,
                campaign_id,
                str(body.get("cursor", "")),
                bool(body.get("leaving")),
                bool(body.get("whole")),
                int(body.get("attempt", 0)),
                int(body.get("waited", 0)),
            )
        case "mend_campaign":
            return MendCampaign(
                tenant,
                campaign_id,
                tuple(StepId(str(one)) for one in body.get("steps", ())),
                bool(body.get("stuck")),
                str(body.get("by", "")),
                str(body.get("cursor", "")),
            )
    return ForgetCampaign(tenant, campaign_id)
