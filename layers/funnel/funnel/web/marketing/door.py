"""The marketer's door: overview, people, accounts, opportunities and users."""

from funnel.usecases.app import App
from funnel.web.door import Door
from funnel.web.marketing import (
    activities,
    api,
    aside,
    companies,
    companies_api,
    consent,
    emails,
    emails_api,
    erasing,
    exporting,
    finding,
    importing,
    lists,
    lists_api,
    mails_api,
    making,
    overview,
    people,
    pushing,
    pushing_api,
    records,
    score_push,
    scoring,
    scoring_api,
    signals,
    target_lists,
    target_lists_api,
    tracking,
    tracking_api,
)

ROOMS = (
    overview.room,
    finding.room,
    making.room,
    importing.room,
    exporting.room,
    erasing.room,
    people.room,
    pushing.room,
    activities.room,
    signals.room,
    consent.room,
    consent.admins,
    score_push.room,
    records.room,
    lists.room,
    target_lists.room,
    tracking.room,
    aside.room,
    companies.room,
    scoring.room,
    api.room,
    lists_api.room,
    pushing_api.room,
    target_lists_api.room,
    tracking_api.room,
    companies_api.room,
    scoring_api.room,
    mails_api.room,
    emails.room,
    emails_api.room,
)


def marketing_door(app: App, public_url: str = "") -> Door:
    """The door, with our own address as browsers know it."""
    return Door(app, ROOMS, public_url)
