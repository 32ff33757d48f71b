"""What people type or send, as the values that fields hold."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from funnel.domain.crm import Value
from funnel.domain.decimals import decimal_of
from funnel.domain.errors import InputInvalid
from funnel.domain.mapping.fields import FieldType
from funnel.domain.text import fold_email

LONGEST_VALUE = 2_000
LONGEST_ADDRESS = 254

_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\".]+(\.[^\s@<>,;\".]+)+")
_URL = re.compile(r"(https?://)?[^\s/.]+(\.[^\s/.]+)+(:\d+)?([/?#]\S*)?", re.IGNORECASE)
_POINTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_LARGEST = 10**18


def typed(kind: FieldType, name: str, value: Value) -> Value:
    """The value as a field of this type keeps it; None for an empty one.

    Raises `InputInvalid`, naming the field, for one that is none of the type.
    """
    if value is None:
        return None
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value).strip()
    if not text:
        return None
    if len(text) > LONGEST_VALUE:
        raise InputInvalid(f"At most {LONGEST_VALUE} characters.", field=name)
    parse = _PARSERS.get(kind)
    return parse(text, name) if parse else text


def typed_fields(known: Mapping[str, FieldType], values: Mapping[str, Value]) -> dict[str, Value]:
    """All of these by their types. Raises `InputInvalid` for the first that is wrong or unknown."""
    checked: dict[str, Value] = {}
    for name, value in values.items():
        if name not in known:
            raise InputInvalid(f"There is no field “{name}”.", field=name)
        checked[name] = typed(known[name], name, value)
    return checked


def checked_address(text: str, name: str = "email") -> str:
    """The folded address. Raises `InputInvalid` for what is none."""
    folded = fold_email(text)
    if len(folded) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(folded):
        raise InputInvalid("Enter an email address such as ann@example.com.", field=name)
    return folded


def _whole(text: str, name: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise InputInvalid("Enter a whole number.", field=name) from None
    if abs(number) > _LARGEST:
        raise InputInvalid("This number is too large.", field=name)
    return number


def _number(text: str, name: str) -> str:
    """Exact, as text."""
    number = decimal_of(text)
    if number is None:
        raise InputInvalid("Enter a number such as 1250.50.", field=name)
    if abs(number) > _LARGEST:
        raise InputInvalid("This number is too large.", field=name)
    return f"{number:f}"


def _yes_no(text: str, name: str) -> bool:
    folded = text.casefold()
    if folded not in _YES | _NO:
        raise InputInvalid("Enter yes or no.", field=name)
    return folded in _YES


def _date(text: str, name: str) -> str:
    """Also with points, as German spreadsheets have it: then the day is always first."""
    pointed = _POINTED.fullmatch(text)
    try:
        if pointed:
            day, month, year = map(int, pointed.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError:
        mend = "Enter a date such as 2026-11-24 or 24.11.2026."
        raise InputInvalid(mend, field=name) from None


def _moment(text: str, name: str) -> str:
    """UTC, to the second; without a zone it is taken as UTC."""
    try:
        at = datetime.fromisoformat(text)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        mend = "Enter a date and time such as 2026-11-24 10:42."
        raise InputInvalid(mend, field=name) from None
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _phone(text: str, name: str) -> str:
    if not any(sign.isdigit() for sign in text):
        raise InputInvalid("Enter a phone number; it has digits.", field=name)
    return text


def _url(text: str, name: str) -> str:
    if not _URL.fullmatch(text):
        raise InputInvalid("Enter a web address such as https://example.com.", field=name)
    return text


def _choices(text: str, _name: str) -> str:
    """As Sugar writes them; typed with commas between."""
    if text.startswith("^"):
        return text
    keys = [key.strip() for key in text.split(",") if key.strip()]
    return ",".join(f"^{key}^" for key in keys)


_PARSERS: Mapping[FieldType, Callable[[str, str], Value]] = {
    FieldType.INTEGER: _whole,
    FieldType.DECIMAL: _number,
    FieldType.MONEY: _number,
    FieldType.YES_NO: _yes_no,
    FieldType.DATE: _date,
    FieldType.MOMENT: _moment,
    FieldType.EMAIL: checked_address,
    FieldType.PHONE: _phone,
    FieldType.URL: _url,
    FieldType.CHOICES: _choices,
}
"""The rest is text."""
