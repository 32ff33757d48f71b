"""Campaigns: the list, new ones, one with its diagram, and its settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from functools import partial

from funnel.domain.campaigns.campaign_examples import Example, beginning
from funnel.domain.campaigns.campaigns import (
    Campaign,
    CampaignId,
    Comes,
    SendingWindow,
    Start,
)
from funnel.domain.errors import Conflict, FunnelError, InputInvalid, NotFound
from funnel.domain.ids import ListId
from funnel.domain.lists.lists import ListKind
from funnel.domain.problems import Problems
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.campaign_names import choices_for
from funnel.usecases.campaigns.copy_campaign import copy_campaign
from funnel.usecases.campaigns.edit_campaign import draft_of
from funnel.usecases.campaigns.keep_campaigns import (
    CampaignDraft,
    add_campaign,
    campaign_of,
    drafted,
)
from funnel.usecases.campaigns.list_choices import KINDS, list_choices
from funnel.usecases.campaigns.view_campaigns import list_campaigns
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.marketing.campaign_editor import save
from funnel.web.marketing.campaign_page import home_of, show
from funnel.web.marketing.copying import key_in_form
from funnel.web.marketing.step_form import chosen, first, number_in, read, time_in, weekdays_in
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

EXAMPLES = (Example.WELCOME, Example.QUIET, Example.WEBINAR, Example.BLANK)
TRACKS: Mapping[Example, Sequence[str]] = {
    Example.WELCOME: ("send", "branch", "sync", "wait", "send"),
    Example.QUIET: ("send", "branch", "score", "send", "list"),
    Example.WEBINAR: ("send", "branch", "send", "list", "wait", "send"),
    Example.BLANK: ("start",),
}


@dataclass(frozen=True, slots=True)
class ListChoice:
    """Where a list is chosen: the field it goes into, what it says while none is, and which kinds fit."""

    field: str
    none: str
    kinds: Sequence[ListKind] = KINDS


_LISTS: Mapping[str, ListChoice] = {
    "start": ListChoice("list", "campaign.field.list.none"),
    "branch": ListChoice("segment", "step.field.segment.none"),
    "step": ListChoice("list", "step.field.list.none", (ListKind.MANUAL,)),
}
_NO_WINDOW = SendingWindow()
_FIELDS = (
    "name", "comes", "list", "form", "start", "again_days", "timezone", "since", "until", "weekdays",
)  # fmt: skip
"""Of the settings, in their order."""


@room.page("GET", "/app/campaigns")
def show_all(asked: Asked) -> Reply:
    """All campaigns, or what to begin with."""
    deleted = asked.query("saved") == "deleted"
    return page(
        asked,
        "campaigns/all.html",
        title=asked.texts("campaigns.title"),
        campaigns=list_campaigns(asked.app, asked.tenant).items,
        examples=EXAMPLES,
        tracks=TRACKS,
        flash=asked.texts("campaign.deleted") if deleted else "",
    )


@room.page("GET", "/app/campaigns/new")
def ask_new(asked: Asked) -> Reply:
    """The form for a new one."""
    sent = {"key": [asked.app.ids.new_id()], "example": [asked.query("example")]}
    return _new(asked, sent)


@room.page("POST", "/app/campaigns/new")
def add(asked: Asked) -> Reply:
    """Create it, and go there."""
    sent = asked.form()
    try:
        if not first(sent, "key"):
            raise InputInvalid("Open the form for a new campaign again.")
        example = chosen(Example, sent, "example", Example.BLANK)
        begins = beginning(example, lambda key: asked.texts(f"example.{key}"))
        graph = begins.graph
        draft = CampaignDraft(
            first(sent, "name"), begins.start, graph.first, graph.steps,
            timezone=asked.texts.locale.zone_name,
        )  # fmt: skip
        by = asked.who.user_name
        made = add_campaign(asked.app, asked.tenant, first(sent, "key"), draft, by)
    except InputInvalid as error:
        return _new(asked, sent, error)
    return see_other(f"{home_of(made)}?saved=created")


@room.page("GET", "/app/campaigns/lists")
def find_lists(asked: Asked) -> Reply:
    """What can be chosen of the lists that are looked for, in place of what could be before."""
    choice = _LISTS.get(asked.query("of"))
    if choice is None:
        raise NotFound("There is no such address.")
    chosen, query = asked.query(choice.field), asked.query("find")
    return page(
        asked,
        "campaigns/lists.html",
        choice=choice,
        chosen=chosen,
        offered=list_choices(asked.app, asked.tenant, query, chosen, choice.kinds),
        is_sought=bool(query.strip()),
    )


@room.page("GET", "/app/campaigns/<campaign_id>")
def show_one(asked: Asked, campaign_id: str) -> Reply:
    """One campaign, drawn."""
    return show(asked, _campaign(asked, campaign_id))


@room.page("POST", "/app/campaigns/<campaign_id>/copy")
def copy(asked: Asked, campaign_id: str) -> Reply:
    """Make a draft that does the same, and go there."""
    key, by = key_in_form(asked), asked.who.user_name
    made = copy_campaign(asked.app, asked.tenant, CampaignId(campaign_id), key, by)
    return see_other(f"{home_of(made)}?saved=copied")


@room.page("GET", "/app/campaigns/<campaign_id>/settings")
def ask_settings(asked: Asked, campaign_id: str) -> Reply:
    """Its name, who comes in, and when mail goes out."""
    campaign = _campaign(asked, campaign_id)
    return _settings(asked, campaign, _shown(campaign))


@room.page("POST", "/app/campaigns/<campaign_id>/settings")
def change_settings(asked: Asked, campaign_id: str) -> Reply:
    """Save them."""
    campaign, sent = _campaign(asked, campaign_id), asked.form()
    try:
        return save(asked, campaign, _wanted(campaign, sent), "settings")
    except (InputInvalid, Conflict) as error:
        return _settings(asked, campaign, sent, error)


def _campaign(asked: Asked, campaign_id: str) -> Campaign:
    return campaign_of(asked.app, asked.tenant, CampaignId(campaign_id))


def _new(
    asked: Asked, sent: Mapping[str, Sequence[str]], error: FunnelError | None = None
) -> Reply:
    return page(
        asked,
        "campaigns/new.html",
        title=asked.texts("campaigns.new"),
        status=status_of(error) if error else 200,
        sent=sent,
        examples=EXAMPLES,
        tracks=TRACKS,
        error=form_error(error) if error else None,
    )


def _wanted(campaign: Campaign, sent: Mapping[str, Sequence[str]]) -> CampaignDraft:
    """What the form says. What brings people in is kept where it can be changed no more.

    Raises `InputInvalid` with all that is wrong, each naming its field.
    """
    draft, wrong = draft_of(campaign), Problems()
    of = partial(read, wrong)
    comes = of(campaign.start.comes, chosen, Comes, sent, "comes", campaign.start.comes)
    start = Start(
        comes,
        ListId(first(sent, "list")) if comes is Comes.LIST else ListId(""),
        first(sent, "form") if comes is Comes.FORM else "",
        present=first(sent, "present") == "yes" or comes is not Comes.LIST,
        again_days=of(campaign.start.again_days, number_in, sent, "again_days"),
        leaves=first(sent, "leaves") == "yes" and comes is Comes.LIST,
    )
    if campaign.started_at is not None:
        was = campaign.start
        start = replace(start, comes=was.comes, list_id=was.list_id, form_id=was.form_id)
    window = None
    if first(sent, "window") == "yes":
        window = SendingWindow(
            of(None, time_in, sent, "since") or time(0),
            of(None, time_in, sent, "until") or time(23, 59),
            of(_NO_WINDOW.weekdays, weekdays_in, sent, "weekdays"),
        )
    wanted = replace(
        draft,
        name=first(sent, "name"),
        start=start,
        timezone=first(sent, "timezone") or "UTC",
        window=window,
        in_sugar=first(sent, "sugar") == "yes",
    )
    with wrong.found():
        drafted(campaign, wanted)
    wrong.raise_all()
    return wanted


def _shown(campaign: Campaign) -> dict[str, list[str]]:
    start, window = campaign.start, campaign.window or _NO_WINDOW
    return {
        "name": [campaign.name],
        "comes": [start.comes.value],
        "list": [start.list_id],
        "form": [start.form_id],
        "present": ["yes" if start.present else ""],
        "leaves": ["yes" if start.leaves else ""],
        "again_days": [str(start.again_days)],
        "timezone": [campaign.timezone],
        "window": ["yes" if campaign.window else ""],
        "since": [f"{window.since:%H:%M}"],
        "until": [f"{window.until:%H:%M}"],
        "weekdays": [str(day) for day in window.weekdays],
        "sugar": ["yes" if campaign.sugar.active else ""],
    }


def _settings(
    asked: Asked,
    campaign: Campaign,
    sent: Mapping[str, Sequence[str]],
    error: FunnelError | None = None,
) -> Reply:
    return page(
        asked,
        "campaigns/settings.html",
        title=asked.texts("campaign.settings.title", name=campaign.name),
        status=status_of(error) if error else 200,
        campaign=campaign,
        sent=sent,
        choices=choices_for(asked.app, asked.tenant, first(sent, "list")),
        fields=_FIELDS,
        sugar_hint=_sugar_hint(asked),
        error=form_error(error, _FIELDS) if error else None,
    )


def _sugar_hint(asked: Asked) -> str:
    """What the setting does, or why it cannot do it with the Sugar that is connected."""
    connection = asked.app.sync.connection(asked.tenant)
    if connection is None:
        return asked.texts("campaign.field.sugar.none")
    if not connection.endpoint.dialect.fills_target_lists:
        return asked.texts("in_sugar.state.impossible.text")
    return asked.texts("campaign.field.sugar.hint")
