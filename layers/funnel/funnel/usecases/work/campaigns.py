"""What the queue of campaigns brings: who is due in them, and what forms ask for."""

from collections.abc import Callable

from funnel.ports.marketing_messages import (
    ActOnForm,
    ForgetCampaign,
    MendCampaign,
    SweepCampaign,
    TellCampaigns,
    TellOfForm,
    WakeWalkers,
    WalkCampaigns,
)
from funnel.usecases.app import App
from funnel.usecases.campaigns.forget_campaign import forget_campaign
from funnel.usecases.campaigns.hear_of_people import hear_of_form, hear_of_list, wake_walkers
from funnel.usecases.campaigns.mend_campaign import mend_campaign
from funnel.usecases.campaigns.sweep_campaign import sweep_campaign
from funnel.usecases.campaigns.walk_campaigns import walk_campaigns
from funnel.usecases.forms.act_on_form import act_on_form


def work_on_campaigns(
    app: App,
    message: WalkCampaigns
    | TellCampaigns
    | TellOfForm
    | WakeWalkers
    | SweepCampaign
    | MendCampaign
    | ForgetCampaign
    | ActOnForm,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    """Carry it out. Raises `Transient` errors, upon which the queue sends it again."""
    match message:
        case WalkCampaigns():
            walk_campaigns(app, message, worker, seconds_left)
        case TellCampaigns():
            hear_of_list(app, message)
        case TellOfForm():
            hear_of_form(app, message)
        case WakeWalkers():
            wake_walkers(app, message)
        case SweepCampaign():
            sweep_campaign(app, message, seconds_left)
        case MendCampaign():
            mend_campaign(app, message, seconds_left)
        case ForgetCampaign():
            forget_campaign(app, message, seconds_left)
        case ActOnForm():
            act_on_form(app, message)
