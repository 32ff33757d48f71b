"""The door of FunnelVision: pages in frames of Sugar, their panels, and Open Funnel."""

from funnel.usecases.app import App
from funnel.web.door import Door
from funnel.web.vision import (
    about,
    activity,
    alerts,
    companies,
    emails,
    hot,
    opening,
    pages,
    panels,
    prospect,
    writing,
)

ROOMS = (
    pages.room,
    about.room,
    panels.room,
    opening.room,
    hot.room,
    activity.room,
    prospect.room,
    companies.room,
    alerts.room,
    emails.room,
    writing.room,
)


def vision_door(app: App, public_url: str = "") -> Door:
    """The door, with our own address as browsers know it."""
    return Door(app, ROOMS, public_url)
