"""What somebody typed into a form: cleaned, and checked field by field, so that all that is wrong is said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from funnel.domain.errors import InputInvalid
from funnel.domain.forms.forms import EMAIL, Form, FormField, Widget
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.typed_values import checked_address, typed

LONGEST_LINE, LONGEST_TEXT, LONGEST_ALL = 255, 5_000, 20_000
"""Characters of one line, of a long text, and of all fields together."""

_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    # What has no width, or turns the order of what comes behind it: an owner would read another name.
    r"\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
_UNSEEN = re.compile(r"[\s\u00ad\u200c-\u200f\ufe00-\ufe0f]*")
_BREAKS = re.compile(r"[\t\r\n\u2028\u2029]+")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
_MISSING = {
    Widget.CHOICE: "Choose one.",
    Widget.CONSENT: "Tick this box to go on.",
    Widget.YES_NO: "Tick this box to go on.",
    Widget.EMAIL: "Enter your email address.",
    Widget.PHONE: "Enter a phone number.",
    Widget.DATE: "Enter a date.",
    Widget.NUMBER: "Enter a number.",
    Widget.URL: "Enter a web address.",
}
_YES = frozenset({"yes", "on", "true", "1"})


@dataclass(frozen=True, slots=True)
class FormRead:
    """What was sent. `typed` is what stands in each field as it was typed, `values` what is kept of it,
    as text, and `errors` what is wrong, by field.
    """

    typed: Mapping[str, str]
    values: Mapping[str, str]
    errors: Mapping[str, str]


def read_form(form: Form, sent: Mapping[str, str]) -> FormRead:
    """Read what was sent; fields that the form does not have are left out."""
    shown, values, errors = {}, {}, {}
    for field in form.fields:
        shown[field.name] = text = cleaned(field, sent.get(field.name, ""))
        try:
            value = _value(field, text)
        except InputInvalid as error:
            if field.widget is Widget.HIDDEN:
                # Nobody can mend what nobody sees.
                continue
            errors[field.name] = error.text
        else:
            if value:
                values[field.name] = value
    if sum(map(len, values.values())) > LONGEST_ALL and not errors:
        longest = max(values, key=lambda name: len(values[name]))
        errors[longest] = f"At most {LONGEST_ALL:,} characters in the whole form."
    return FormRead(shown, values, errors)


def begun_with(form: Form, query: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields when the form is opened at an address with this query."""
    found = {}
    for field in form.fields:
        given = cleaned(field, query.get(field.from_query, "")) if field.from_query else ""
        found[field.name] = given if given and _fits(field, given) else field.preset
    return found


def cleaned(field: FormField, text: str) -> str:
    """Text as the field takes it: no control characters, and one line but in a long text.

    "" for what nobody could see.
    """
    is_long = field.widget is Widget.LONG_TEXT
    text = text.replace("\r\n", "\n") if is_long else _BREAKS.sub(" ", text)
    text = _UNFIT.sub("", text).strip()
    return "" if _UNSEEN.fullmatch(text) else text


def _value(field: FormField, text: str) -> str:
    """What is kept of a text, "" for nothing. Raises `InputInvalid`."""
    if field.widget is Widget.HIDDEN and not field.from_query:
        return field.preset
    if field.widget in (Widget.YES_NO, Widget.CONSENT):
        return _ticked(field, text)
    if not text:
        if field.required or field.name == EMAIL:
            raise InputInvalid(_MISSING.get(field.widget, "Fill this in."), field=field.name)
        return field.preset if field.widget is Widget.HIDDEN else ""
    longest = LONGEST_TEXT if field.widget is Widget.LONG_TEXT else LONGEST_LINE
    if len(text) > longest:
        raise InputInvalid(f"At most {longest:,} characters.", field=field.name)
    if field.widget is Widget.CHOICE and text not in field.options:
        raise InputInvalid("Choose one of the list.", field=field.name)
    if field.name == EMAIL:
        checked_address(text)
        return text
    _check_address(field, text)
    kept = _number(field, text) if field.widget is Widget.NUMBER else text
    value = typed(field.kind, field.name, kept) if field.kind is not FieldType.TEXT else kept
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _ticked(field: FormField, text: str) -> str:
    if text.casefold() in _YES:
        return "yes"
    if field.required:
        raise InputInvalid(_MISSING[field.widget], field=field.name)
    return "" if field.widget is Widget.CONSENT else "no"


def _check_address(field: FormField, text: str) -> None:
    """Addresses that are kept as text are looked at by what the form asks for."""
    if field.widget is Widget.EMAIL:
        checked_address(text, field.name)
    elif field.widget is Widget.PHONE:
        typed(FieldType.PHONE, field.name, text)
    elif field.widget is Widget.DATE:
        typed(FieldType.DATE, field.name, text)
    elif field.widget is Widget.URL:
        typed(FieldType.URL, field.name, text)
        if ":" in text and urlsplit(f"//{text}" if "//" not in text else text).scheme not in (
            "", "http", "https",
        ):  # fmt: skip
            raise InputInvalid("Enter a web address such as https://example.com.", field=field.name)


def _number(field: FormField, text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise InputInvalid("Enter a number such as 1250.50.", field=field.name)
    return text.replace(",", ".")


def _fits(field: FormField, text: str) -> bool:
    try:
        return bool(_value(field, text))
    except InputInvalid:
        return False
