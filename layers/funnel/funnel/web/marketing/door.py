"""The marketer's door: overview, people, accounts, opportunities and users."""

from funnel.usecases.app import App
from funnel.web.door import Door
from funnel.web.marketing import api, consent, overview, people, records

ROOMS = (
    overview.room,
    people.room,
    consent.room,
    consent.admins,
    records.room,
    api.room,
)


def marketing_door(app: App, public_url: str = "") -> Door:
    """The door, with our own address as browsers know it."""
    return Door(app, ROOMS, public_url)
