"""What a person did and what was written to it, as one stream, newest first."""

import json
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App
from funnel.usecases.mail.view_mails import MailPage, MailView, mails_of_person
from funnel.usecases.people.view_activities import (
    PAGE_SIZE,
    ActivitiesPage,
    ActivityView,
    VisitView,
    person_activities,
    visits_of,
)

_DONE = "-"


@dataclass(frozen=True, slots=True)
class StreamPage:
    """A page of a stream: activities, and the mail that was written among them or since.

    `cursor` is where it goes on, "" at the end.
    """

    items: tuple[ActivityView, ...]
    mails: tuple[MailView, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class StreamEntry:
    """A visit or one thing that was done, or else a mail."""

    at: datetime
    visit: VisitView | None = None
    mail: MailView | None = None


def person_stream(
    app: App, tenant: TenantId, person_id: PersonId, cursor: str = "", limit: int = PAGE_SIZE
) -> StreamPage:
    """A page of it: one page of activities is read, and one of mail, twice where that is cut.

    Raises `NotFound` for no such person, `InputInvalid` for a cursor that is none.
    """
    done_at, mail_at = _places(cursor)
    done = ActivitiesPage((), "")
    if done_at != _DONE:
        done = person_activities(app, tenant, person_id, done_at, limit)
    mails, next_mail = _mails(app, tenant, person_id, mail_at, done)
    places = (done.cursor or _DONE, next_mail)
    more = "" if places == (_DONE, _DONE) else json.dumps(places, separators=(",", ":"))
    return StreamPage(done.items, mails, more)


def entries_of(page: StreamPage) -> tuple[StreamEntry, ...]:
    """Visits and mail of a page, the one with the newest first."""
    visits = visits_of(ActivitiesPage(page.items, page.cursor))
    found = [
        *(StreamEntry(one.until, visit=one) for one in visits),
        *(StreamEntry(one.sent_at or one.asked_at, mail=one) for one in page.mails),
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _mails(
    app: App, tenant: TenantId, person_id: PersonId, place: str, done: ActivitiesPage
) -> tuple[tuple[MailView, ...], str]:
    """Mail from a place on that is no older than the activities of a page, and where it goes on."""
    if place == _DONE:
        return (), _DONE
    page: MailPage = mails_of_person(app, tenant, person_id, place)
    oldest = done.items[-1].at if done.cursor and done.items else None
    taken = tuple(one for one in page.items if oldest is None or one.asked_at >= oldest)
    if len(taken) == len(page.items):
        return taken, page.cursor or _DONE
    if not taken:
        return (), place
    return taken, mails_of_person(app, tenant, person_id, place, len(taken)).cursor


def _places(cursor: str) -> tuple[str, str]:
    """Raises `InputInvalid` for text that is no cursor of ours."""
    if not cursor:
        return "", ""
    try:
        found = json.loads(cursor)
    except (ValueError, RecursionError):
        found = None
    match found:
        case [str() as done, str() as mail]:
            return done, mail
    raise InputInvalid("This is no place in the list.", field="cursor")
