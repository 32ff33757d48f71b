"""Whether the frequency cap lets marketing mail go to somebody now, or when it will."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_caps import MailCap, Received, free_at
from funnel.domain.sync.records import Person
from funnel.usecases.app import App

MOST_MERGED = 20
"""People merged into another whose mail counts with that of whom they are now."""


def may_mail_at(
    app: App, tenant: TenantId, cap: MailCap, people: Sequence[Person], now: datetime
) -> dict[PersonId, datetime]:
    """Of living people those whom the cap stands in the way of now, with when it will not; few reads.

    Asked before mails are asked for. It is held again when a mail goes out, whoever asked: until then
    it waits, or is left out where its draft says so.
    """
    if not cap.is_on or not people:
        return {}
    rows = app.mails.received(tenant, {one for person in people for one in counted_ids(person)})
    found = {one.person_id: free_at(cap, rows_of(rows, one), "", now) for one in people}
    return {person_id: at for person_id, at in found.items() if at is not None}


def counted_ids(person: Person) -> tuple[PersonId, ...]:
    """Under which ids a person may have received mail: its own, and of those merged into it."""
    return (
        person.person_id,
        *person.absorbed[:MOST_MERGED],
        *(one for one in person.took_in[:MOST_MERGED] if one not in person.absorbed),
    )


def rows_of(rows: dict[PersonId, Received], person: Person) -> Iterable[Received]:
    """What a person received, under whichever of its ids."""
    return [rows[one] for one in counted_ids(person) if one in rows]
