"""What a viewer wants to see: of which days, and whose prospects."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from funnel.domain.connecting.sugar_links import record_url
from funnel.domain.errors import InputInvalid, NotAllowed
from funnel.domain.ids import RecordKey, SugarId
from funnel.usecases.app import App
from funnel.web.asked import Asked
from funnel.web.jsonable import read
from funnel.web.vision.access import Viewer
from funnel.web.words import Words

T = TypeVar("T")
DAYS = (1, 7, 30)
"""Today, and the last 7 and 30 days."""

DEFAULT_DAYS = 7
TEAM = "team"
WHICH = ("days", "whose", "offset")
"""What a query says of whose prospects are wanted, and of when."""
_MOST_OFFSET = 14 * 60


@dataclass(frozen=True, slots=True)
class Look:
    """A request for a part of FunnelVision, by somebody who may ask.

    `owners` are those whose prospects are wanted, and may be seen; none where a record was opened.
    `since` is the beginning of what is wanted, `offset` how many minutes the viewer's clock is
    ahead of UTC. `whose` is "" for the viewer's own, a report's id, or `team`.
    """

    asked: Asked
    viewer: Viewer
    now: datetime
    since: datetime
    days: int
    offset: int
    whose: str
    owners: tuple[SugarId, ...]

    @classmethod
    def of(cls, asked: Asked, viewer: Viewer) -> "Look":
        """What the query asks for. Raises `InputInvalid`, and `NotAllowed` for another's prospects."""
        now = asked.app.clock.now()
        days, offset, whose = _days(asked), _offset(asked), asked.query("whose")
        since = now - timedelta(days=days)
        if days == 1:
            there = now + timedelta(minutes=offset)
            since = there.replace(hour=0, minute=0, second=0, microsecond=0)
            since -= timedelta(minutes=offset)
        return cls(asked, viewer, now, since, days, offset, whose, _owners(viewer, whose))

    @property
    def app(self) -> App:
        """The product."""
        return self.asked.app

    @property
    def words(self) -> Words:
        """Says times and numbers as the viewer reads them."""
        return Words(self.asked.texts, self.now)

    @property
    def cursor(self) -> str:
        """Where to go on, "" at the beginning."""
        return self.asked.query("cursor")

    def url(self, key: RecordKey) -> str:
        """Where the record opens in the viewer's Sugar."""
        return record_url(self.viewer.sugar, key)

    def sent(self, kind: type[T]) -> T:
        """What was sent, as JSON or by a form of one value a field. Raises `InputInvalid`."""
        if "json" in self.asked.headers.get("content-type", ""):
            return self.asked.json(kind)
        return read(kind, {name: values[0] for name, values in self.asked.form().items()})


def _days(asked: Asked) -> int:
    text = asked.query("days")
    if not text:
        return DEFAULT_DAYS
    if text not in {str(one) for one in DAYS}:
        raise InputInvalid("Choose today, 7 days or 30 days.", field="days")
    return int(text)


def _offset(asked: Asked) -> int:
    text = asked.query("offset")
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        return 0
    return max(-_MOST_OFFSET, min(_MOST_OFFSET, int(text)))


def _owners(viewer: Viewer, whose: str) -> tuple[SugarId, ...]:
    if viewer.record is not None:
        return ()
    if whose == TEAM:
        return viewer.owners
    if not whose:
        return (viewer.user_id,)
    if SugarId(whose) not in viewer.owners:
        raise NotAllowed("In Sugar, this user does not report to you.")
    return (SugarId(whose),)
