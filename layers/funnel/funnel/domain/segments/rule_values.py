"""The values that a condition of a Segment's rule compares with, as they are sent, and checked by their field."""

import re

from funnel.domain.errors import InputInvalid
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.typed_values import typed
from funnel.domain.segments.segment_facts import number_of
from funnel.domain.segments.segment_fields import (
    CONSENT,
    OF_DAYS,
    SEVERAL,
    WITHOUT,
    SegmentField,
)
from funnel.domain.segments.segments import Operator

MOST_VALUES = 100
MOST_DAYS = 3_650
_LOOSE = frozenset({FieldType.EMAIL, FieldType.PHONE, FieldType.URL})
"""Compared as texts: what is asked for may be a part of one, or something old that is none."""

_AMOUNTS = frozenset({FieldType.DECIMAL, FieldType.MONEY})
_NUMBERS = _AMOUNTS | {FieldType.INTEGER}
_DATES = frozenset({FieldType.DATE, FieldType.MOMENT})
_AMOUNT = re.compile(r"[^\w.,-]*-?\d[\d.,' \xa0\u202f]*[^\w.,-]*", re.ASCII)
"""As people write amounts: `$10,000`, `10 000,50 €`."""

_OURS = frozenset({CONSENT})
"""Choices that are ours, all known. Those of Sugar change, and are read only now and then."""


def sent_values(data: object, path: str) -> list[object]:
    """The values as they were sent, one by itself too. Raises `InputInvalid` for what is no list of texts."""
    texts = [data] if isinstance(data, str | int | float) else data
    if not isinstance(texts, list) or not all(isinstance(one, str | int | float) for one in texts):
        raise InputInvalid("The values are a list of texts.", field=path)
    return texts


def checked_values(
    data: object, operator: Operator, field: SegmentField, path: str
) -> tuple[str, ...]:
    """The values as the field keeps them, each once. Raises `InputInvalid`."""
    if operator in WITHOUT:
        return ()
    sent = sent_values(data, path)
    if operator in OF_DAYS:
        values = [_days(one, path) for one in sent if str(one).strip()]
    else:
        values = [v for one in sent if (v := _value(one, field, path))]
    if field.name in _OURS and not set(values) <= set(field.options):
        raise InputInvalid(f"Choose of: {', '.join(field.options)}.", field=path)
    values = list(dict.fromkeys(values))
    if not values:
        raise InputInvalid(_lacking(operator, field), field=path)
    most = MOST_VALUES if operator in SEVERAL else 1
    if len(values) > most:
        text = f"At most {most} values." if most > 1 else "Enter one value only."
        raise InputInvalid(text, field=path)
    return tuple(values)


def _lacking(operator: Operator, field: SegmentField) -> str:
    """What is to be entered where nothing is."""
    if operator in OF_DAYS:
        return "Enter a number of days."
    if field.options or field.type is FieldType.YES_NO:
        return "Tick a value."
    if field.type in _NUMBERS:
        return "Enter a number."
    return "Enter a date." if field.type in _DATES else "Enter a value."


def _value(data: object, field: SegmentField, path: str) -> str:
    """The value in the one way it is written in."""
    text = str(data).strip()
    if field.type in _LOOSE or field.type in (FieldType.CHOICE, FieldType.CHOICES):
        value = typed(FieldType.TEXT, path, text)
    elif field.type in _AMOUNTS and _AMOUNT.fullmatch(text):
        value = typed(field.type, path, str(number_of(text)))
    elif field.type is FieldType.MOMENT and len(text) == len("2026-11-24"):
        value = typed(FieldType.DATE, path, text)
    else:
        value = typed(field.type, path, text)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _days(data: object, path: str) -> str:
    return str(whole_number(data, 0, MOST_DAYS, path))


def whole_number(data: object, low: int, high: int, path: str) -> int:
    """The number that was sent. Raises `InputInvalid` for one outside, or what is none."""
    text = str(data).strip()
    if isinstance(data, bool) or not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise InputInvalid(f"Enter a whole number from {low} to {high}.", field=path)
    number = int(text)
    if not low <= number <= high:
        raise InputInvalid(f"Enter a whole number from {low} to {high}.", field=path)
    return number
