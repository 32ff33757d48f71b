"""Times, durations, numbers and names as a person reads them, in one language."""

import hashlib
import math
import re
from collections.abc import Iterable
from datetime import date as calendar_day
from datetime import datetime, time

from funnel.domain.crm import Value
from funnel.domain.mapping.fields import NUMBERS, FieldType
from funnel.domain.segments.segment_facts import moment_of
from funnel.domain.sync.records import SyncError
from funnel.usecases.error_report.explaining import Explanation
from funnel.usecases.view_common import FieldView, OwnerView
from funnel.web.texts import Texts

_STEPS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))
_AMOUNTS = frozenset({"amount", "amount_usdollar", "annual_revenue"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    _DAY.pattern + r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})"
)
COLOURS = 6
LONG_TEXT = 80


class Words:
    """Says things in one language, at one moment."""

    def __init__(self, texts: Texts, now: datetime) -> None:
        self._texts = texts
        self._now = now

    def date(self, value: datetime) -> str:
        """The day of a moment, as the region writes it."""
        return self._texts.locale.day(self._texts.locale.local(value))

    def day(self, value: calendar_day) -> str:
        """A day of the calendar, which is the same in every zone."""
        return self._texts.locale.day(value)

    def clock(self, value: time | datetime) -> str:
        """A time of day, to the minute; a moment's in the zone."""
        if isinstance(value, datetime):
            value = self._texts.locale.local(value).time()
        return self._texts.locale.clock(value)

    def hour(self, hour: int) -> str:
        """A full hour of the day."""
        return self.clock(time(hour))

    def moment(self, value: datetime) -> str:
        """Day and minute, in the reader's zone; UTC, and said so, where that is not known."""
        locale = self._texts.locale
        shown = locale.moment(value)
        return self._texts("utc", moment=shown) if locale.is_utc else shown

    def wall(self, text: str) -> str:
        """Day and minute as `2026-11-24T09:30`, in a zone that is named beside it."""
        at = datetime.fromisoformat(text)
        return f"{self.day(at)}{self._texts.locale.style.between}{self.clock(at.time())}"

    def money(self, amount: str, currency: str) -> str:
        """A decimal as text and its currency, "" for unknown."""
        return self._texts.locale.money(amount, currency)

    def percent_of(self, number: float, whole: float) -> str:
        """A share with its sign; small ones with a digit after the point."""
        share = 100 * number / whole if whole else 0
        digits = 1 if 0 < share < 5 and share != round(share) else 0
        return self._texts("percent", n=self.number(share, digits))

    def ago(self, value: datetime) -> str:
        """How long ago something was."""
        return self.age((self._now - value).total_seconds())

    def age(self, seconds: float) -> str:
        """How long ago, from seconds."""
        if seconds < 10:
            return self._texts("just_now")
        return self._largest("ago", seconds)

    def duration(self, seconds: float) -> str:
        """Seconds in the largest unit of which there are at least two, or one day and so on."""
        return self._largest("duration", max(0.0, seconds))

    def _largest(self, key: str, seconds: float) -> str:
        for unit, size in _STEPS:
            if seconds >= 2 * size or (unit == "seconds"):
                return self._texts.count(f"{key}.{unit}", math.floor(seconds / size))
        return ""

    def number(self, value: float, digits: int = 0) -> str:
        """A number with its groups set apart."""
        return self._texts.number(value, digits)

    def percent(self, share: float | None) -> int:
        """A share of 1 as whole percents, never 100 before it is done."""
        return math.floor((share or 0) * 100)

    def field(self, name: str) -> str:
        """What a field is called; custom fields by their own name made legible."""
        known = self._texts.get(f"field.{name}")
        return known or name.removesuffix("_c").replace("_", " ").capitalize()

    def label(self, field: FieldView) -> str:
        """What a field is called: by an admin, or by us."""
        return field.label or self.field(field.name)

    def shown(self, field: FieldView) -> str:
        """A field's value, a dropdown's by its label."""
        if field.name in _AMOUNTS and isinstance(field.value, str):
            return self.money(field.value, field.unit)
        return field.shown or self.value(field.value)

    def ordered(self, fields: Iterable[FieldView]) -> list[FieldView]:
        """Fields in the order a person looks for them: as the catalogue names them, then others.

        Ids that only machines read are left out.
        """
        places = {key.removeprefix("field."): at for at, key in enumerate(self._texts.entries)}
        legible = [one for one in fields if not one.name.endswith("_id")]
        return sorted(legible, key=lambda one: (places.get(one.name, len(places)), one.name))

    def value(self, value: Value, field: str = "", kind: FieldType | None = None) -> str:
        """A field's value; numbers are known by its `kind`, if given, amounts by the name of the `field`."""
        if value is None or value == "":
            return self._texts("history.empty")
        if isinstance(value, bool):
            return self._texts("yes" if value else "no")
        is_number = field in _AMOUNTS or kind in NUMBERS
        return self.amount(str(value)) if is_number else self.dated(str(value))

    def dated(self, text: str) -> str:
        """A day or moment that was written down as text (ISO 8601); anything else as it is."""
        try:
            if _DAY.fullmatch(text):
                return self.day(calendar_day.fromisoformat(text))
            return self.moment(datetime.fromisoformat(text)) if _MOMENT.fullmatch(text) else text
        except (ValueError, OverflowError):
            return text

    def amount(self, decimal: str) -> str:
        """A decimal as text with its groups set apart; anything else as it is."""
        return self._texts.locale.decimal(decimal)

    def of_type(self, text: str, kind: FieldType | None, unit: str = "") -> str:
        """A value that was written down as text, by what its field holds; what is none of it as it is.

        `unit` is the currency of an amount.
        """
        if unit and kind is FieldType.MONEY:
            return self.money(text, unit)
        if kind in NUMBERS:
            return self.amount(text)
        if kind not in (FieldType.DATE, FieldType.MOMENT):
            return text
        at = moment_of(text)
        if at is None or not 1 < at.year < 9999:
            return text
        return self.day(at) if kind is FieldType.DATE else self.moment(at)

    def owner(self, owner: OwnerView | None) -> str:
        """An owner's name."""
        if owner is None:
            return self._texts("unassigned")
        return owner.name or self._texts("owner.unknown")

    def initials(self, name: str) -> str:
        """Up to two letters that stand for a name."""
        parts = [part for part in name.split() if part[0].isalnum()]
        letters = [parts[0][0], parts[-1][0]] if len(parts) > 1 else [p[0] for p in parts]
        return "".join(letters).upper() or "·"

    def colour(self, key: str) -> int:
        """A colour's number that stays the same for the same key."""
        return hashlib.blake2s(key.encode(), digest_size=1).digest()[0] % COLOURS

    def history_kind(self, kind: str) -> str:
        """What happened."""
        return self._texts.get(f"history.kind.{kind}") or kind.capitalize()

    def history_note(self, note: str) -> str:
        """What is noted of it: a record by what it is, a cause by its name, or the note as it is."""
        module, _, sugar_id = note.partition("/")
        record = self._texts.get(f"one.{module}") if sugar_id else None
        return record or self._texts.get(f"cause.{note}.name") or note

    def reason(self, why: str, by: str = "") -> str:
        """Why something is taken for a person's or a machine's; a code unknown here as it is."""
        code, _, detail = why.partition(":")
        key = f"signal.why.{code or 'none'}"
        if not self._texts.get(key):
            return why
        moment = self.moment(datetime.fromisoformat(detail)) if code == "said" else ""
        return self._texts(key, name=detail, by=by, moment=moment)

    def cause(self, code: str, field: str, value: str, name: str = "") -> str:
        """What stands in the way, in plain words."""
        key = f"cause.{code}" if self._texts.get(f"cause.{code}") else "cause.other"
        return self._texts(
            key, code=code, field=self.field(field), value=value, name=name, root=name
        )

    def cause_mend(self, code: str, field: str, value: str, name: str = "") -> str:
        """How to mend it."""
        key = f"cause.{code}.mend" if self._texts.get(f"cause.{code}.mend") else "cause.other.mend"
        return self._texts(
            key, code=code, field=self.field(field), value=value, name=name, root=name
        )

    def explain(self, error: SyncError) -> Explanation:
        """A cause in plain words, and how to mend it."""
        key = f"cause.{error.code}"
        if not self._texts.get(key):
            key = "cause.other"
        values = {
            "code": error.code,
            "field": self.field(error.field),
            "value": error.value,
            "name": error.name,
            "root": error.root_name or error.root.sugar_id,
        }
        return Explanation(self._texts(key, **values), self._texts(f"{key}.mend", **values))
