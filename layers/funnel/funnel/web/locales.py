"""How a region writes days, times, numbers and money, and the time zone they are told in.

A small table of our own: `docs/decisions/0045-languages-and-regions.md` says why. A language without
a region, or in a region that is not here, is written as the language alone is.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

from funnel.domain.decimals import decimal_of
from funnel.domain.time_zones import time_zone

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]{0,31}(/[A-Za-z0-9_+\-]{1,31}){0,2}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_OFFSET = 14 * 60


@dataclass(frozen=True, slots=True)
class Style:
    """A region's ways. `day` has the names `d`, `dd`, `m`, `mm`, `mon` and `y`."""

    day: str
    group: str = ","
    point: str = "."
    between: str = " "
    twelve_hours: bool = False
    money: str = "{minus}{mark}{amount}"
    """A currency with a sign of its own; one without is always set apart."""


_BRITISH = Style("{d} {mon} {y}", between=", ")
_AMERICAN = Style("{mon} {d}, {y}", between=", ", twelve_hours=True)
_GERMAN = Style("{dd}.{mm}.{y}", ".", ",", ", ", money="{minus}{amount}\u00a0{mark}")
_MARK_FIRST = "{minus}{mark}\u00a0{amount}"
STYLES = {
    "en": Style("{y}-{mm}-{dd}"),
    "en-us": _AMERICAN,
    "en-ph": _AMERICAN,
    **dict.fromkeys(("en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-sg", "en-hk"), _BRITISH),
    "de": _GERMAN,
    "de-at": Style("{dd}.{mm}.{y}", "\u00a0", ",", ", ", money=_MARK_FIRST),
    "de-ch": Style("{dd}.{mm}.{y}", "\u2019", ".", ", ", money=_MARK_FIRST),
    "de-li": Style("{dd}.{mm}.{y}", "\u2019", ".", ", ", money=_MARK_FIRST),
}
_MARKS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_WHOLE = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
"""Codes of ISO 4217 without a minor unit: no decimals are shown where there are none."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A region's style, and a time zone; without one, times are UTC and say so."""

    tag: str = "en"
    zone: tzinfo | None = None

    @property
    def style(self) -> Style:
        """The region's, or its language's own."""
        return STYLES.get(self.tag.lower()) or STYLES[self.tag.partition("-")[0].lower()]

    @property
    def zone_name(self) -> str:
        """What the IANA calls the zone; UTC where it has no name."""
        return str(getattr(self.zone, "key", "UTC"))

    @property
    def is_utc(self) -> bool:
        """Whether times are told in UTC, which is said with them."""
        return self.zone is None

    def local(self, moment: datetime) -> datetime:
        """The moment on the clock of the zone."""
        return moment.astimezone(self.zone or UTC)

    def day(self, day: date) -> str:
        """A day of the calendar, in no zone."""
        return self.style.day.format(
            d=day.day, dd=f"{day.day:02}", m=day.month, mm=f"{day.month:02}",
            mon=_MONTHS[day.month - 1], y=f"{day.year:04}",
        )  # fmt: skip

    def clock(self, at: time) -> str:
        """A time of day, to the minute."""
        if not self.style.twelve_hours:
            return f"{at:%H:%M}"
        return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"

    def moment(self, moment: datetime) -> str:
        """Day and minute in the zone."""
        there = self.local(moment)
        return f"{self.day(there)}{self.style.between}{self.clock(there.time())}"

    def number(self, value: float | Decimal, digits: int = 0) -> str:
        """A number with its groups set apart."""
        marks = {",": self.style.group, ".": self.style.point}
        return "".join(marks.get(sign, sign) for sign in f"{value:,.{digits}f}")

    def decimal(self, text: str) -> str:
        """A decimal as text, with as many digits as it has, two at least; anything else as it is."""
        value = decimal_of(text)
        if value is None:
            return text
        _, _, after = text.strip().partition(".")
        return self.number(value, min(max(len(after.rstrip("0")), 2), 6) if after else 0)

    def money(self, amount: str, currency: str) -> str:
        """A decimal as text and its currency, a code as EUR or what Sugar calls it; "" for unknown.

        What is no decimal stays as it is.
        """
        shown = self.decimal(amount)
        if not currency or decimal_of(amount) is None:
            return shown
        if currency in _WHOLE:
            shown = shown.removesuffix(f"{self.style.point}00")
        close = currency in _MARKS or not self.style.money.startswith("{minus}{mark}")
        return (self.style.money if close else _MARK_FIRST).format(
            minus="-" if shown.startswith("-") else "",
            amount=shown.removeprefix("-"),
            mark=_MARKS.get(currency, currency),
        )


def zone_named(name: str) -> tzinfo | None:
    """The zone of this name, of the IANA's; None for UTC and whatever is none."""
    if name in {"", "UTC", "Etc/UTC"} or not _ZONE.fullmatch(name):
        return None
    return time_zone(name)


def zone_ahead(minutes: str) -> tzinfo | None:
    """A clock that is so many minutes ahead of UTC; None for UTC and whatever is no number."""
    digits = minutes.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        return None
    ahead = max(-_MOST_OFFSET, min(_MOST_OFFSET, int(minutes)))
    return timezone(timedelta(minutes=ahead)) if ahead else None
