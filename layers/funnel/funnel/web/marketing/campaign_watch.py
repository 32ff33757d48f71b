"""Watching a campaign: live numbers, who stands at a step, one person's walk, and steering by hand."""

import hashlib

from funnel.domain.campaigns.campaigns import Campaign, CampaignId, StepId
from funnel.domain.campaigns.enrolments import EnrolmentId
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.keep_campaigns import campaign_of
from funnel.usecases.campaigns.steer_walk import put_in, take_out, try_walk_again
from funnel.usecases.campaigns.try_all_again import try_all_again
from funnel.usecases.campaigns.view_campaigns import campaign_figures
from funnel.usecases.campaigns.view_unsent import unsent_at
from funnel.usecases.campaigns.view_walks import one_walk, people_at, stuck_people
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.marketing.campaign_page import DONE, diagram_of, home_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

ROOT = "/app/campaigns/<campaign_id>"
MOST_FOUND = 10


@room.page("GET", f"{ROOT}/numbers")
def numbers(asked: Asked, campaign_id: str) -> Reply:
    """The numbers at the steps, to be put into a diagram that is open; none of it to who has it already."""
    campaign = _campaign(asked, campaign_id)
    figures = campaign_figures(asked.app, campaign)
    is_same = asked.query("revision") == str(campaign.revision)
    reply = page(
        asked,
        "campaigns/numbers.html",
        campaign=campaign,
        figures=figures,
        d=diagram_of(asked, campaign, figures) if is_same else None,
    )
    assert isinstance(reply.body, str)
    tag = f'"{hashlib.sha256(reply.body.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if asked.headers.get("if-none-match") == tag:
        return Reply(304, headers=headers)
    reply.headers.update(headers)
    return reply


@room.page("GET", f"{ROOT}/steps/<step_id>/people")
def show_people(asked: Asked, campaign_id: str, step_id: str) -> Reply:
    """Who stands at a step."""
    campaign = _campaign(asked, campaign_id)
    figures = campaign_figures(asked.app, campaign)
    diagram = diagram_of(asked, campaign, figures)
    if step_id not in campaign.steps:
        raise NotFound("There is no such step.")
    step, cursor = StepId(step_id), asked.query("cursor")
    if asked.query("state") == "stuck":
        return _stuck(asked, campaign, only=step)
    if asked.query("state") == "not sent":
        found_not = unsent_at(asked.app, asked.tenant, campaign.campaign_id, step, cursor)
        return page(
            asked,
            "campaigns/unsent.html",
            title=asked.texts("unsent.title", number=diagram.numbers[step]),
            campaign=campaign,
            d=diagram,
            step=campaign.steps[step],
            rows=found_not.items,
            next=found_not.cursor,
        )
    found = people_at(asked.app, asked.tenant, campaign.campaign_id, step, cursor=cursor)
    return page(
        asked,
        "campaigns/people.html",
        title=asked.texts("at.title", number=diagram.numbers[step]),
        campaign=campaign,
        d=diagram,
        step=campaign.steps[step],
        rows=found.items,
        next=found.cursor,
        cursor=cursor,
        stuck=False,
        flash=_flash(asked),
    )


@room.page("GET", f"{ROOT}/stuck")
def show_stuck(asked: Asked, campaign_id: str) -> Reply:
    """Who does not go on by itself, and why."""
    return _stuck(asked, _campaign(asked, campaign_id))


@room.page("POST", f"{ROOT}/stuck/retry")
def retry_all(asked: Asked, campaign_id: str) -> Reply:
    """Have all who are stuck tried again, at one step or at any."""
    step = StepId(asked.form_value("step")) or None
    own = (asked.tenant, CampaignId(campaign_id))
    try_all_again(asked.app, *own, asked.who.user_name, step)
    return see_other(f"/app/campaigns/{campaign_id}/stuck?saved=all-retried")


@room.page("GET", f"{ROOT}/walks/<enrolment_id>")
def show_walk(asked: Asked, campaign_id: str, enrolment_id: str) -> Reply:
    """What was done with one person."""
    campaign = _campaign(asked, campaign_id)
    own = (asked.tenant, campaign.campaign_id)
    walk = one_walk(asked.app, *own, EnrolmentId(enrolment_id))
    name = walk.name or asked.texts("unnamed")
    return page(
        asked,
        "campaigns/walk.html",
        title=asked.texts("walk.title", person=name, campaign=campaign.name),
        campaign=campaign,
        d=diagram_of(asked, campaign, campaign_figures(asked.app, campaign)),
        walk=walk,
        flash=_flash(asked),
    )


@room.page("POST", f"{ROOT}/walks/<enrolment_id>/retry")
def retry(asked: Asked, campaign_id: str, enrolment_id: str) -> Reply:
    """Have a stuck one tried again."""
    own = (asked.tenant, CampaignId(campaign_id), EnrolmentId(enrolment_id))
    try_walk_again(asked.app, *own, asked.who.user_name)
    return see_other(f"/app/campaigns/{campaign_id}/walks/{enrolment_id}?saved=retried")


@room.page("POST", f"{ROOT}/walks/<enrolment_id>/out")
def out(asked: Asked, campaign_id: str, enrolment_id: str) -> Reply:
    """Take a person out."""
    own = (asked.tenant, CampaignId(campaign_id), EnrolmentId(enrolment_id))
    take_out(asked.app, *own, asked.who.user_name)
    return see_other(f"/app/campaigns/{campaign_id}/walks/{enrolment_id}?saved=taken-out")


@room.page("GET", f"{ROOT}/put-in")
def ask_put_in(asked: Asked, campaign_id: str) -> Reply:
    """Find somebody to put in."""
    return _put_in(asked, _campaign(asked, campaign_id))


@room.page("POST", f"{ROOT}/put-in")
def do_put_in(asked: Asked, campaign_id: str) -> Reply:
    """Put a person in."""
    campaign = _campaign(asked, campaign_id)
    person, by = PersonId(asked.form_value("person")), asked.who.user_name
    key = asked.form_value("key") or asked.app.ids.new_id()
    try:
        put_in(asked.app, asked.tenant, campaign.campaign_id, person, by, key)
    except InputInvalid as error:
        return _put_in(asked, campaign, error)
    return see_other(f"{home_of(campaign)}?saved=put-in")


def _put_in(asked: Asked, campaign: Campaign, error: InputInvalid | None = None) -> Reply:
    query = asked.query("q").strip()
    wanted = PeopleFilter(query=query)
    found = find_people(asked.app, asked.tenant, wanted, limit=MOST_FOUND).items if query else ()
    return page(
        asked,
        "campaigns/put_in.html",
        title=asked.texts("put_in"),
        status=status_of(error) if error else 200,
        campaign=campaign,
        query=query,
        key=asked.app.ids.new_id(),
        people=found,
        error=error_body(error) if error else None,
    )


def _stuck(asked: Asked, campaign: Campaign, only: StepId | None = None) -> Reply:
    rows = [one for one in stuck_people(asked.app, campaign) if only in (None, one.step)]
    return page(
        asked,
        "campaigns/people.html",
        title=asked.texts("at.stuck"),
        campaign=campaign,
        d=diagram_of(asked, campaign, campaign_figures(asked.app, campaign)),
        step=None,
        rows=rows,
        next="",
        cursor="",
        stuck=True,
        only=only or "",
        flash=_flash(asked),
    )


def _flash(asked: Asked) -> str:
    done = DONE.get(asked.query("saved"))
    return asked.texts(done) if done else ""


def _campaign(asked: Asked, campaign_id: str) -> Campaign:
    return campaign_of(asked.app, asked.tenant, CampaignId(campaign_id))
