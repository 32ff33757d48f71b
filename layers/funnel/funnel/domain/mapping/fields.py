"""Fields of the platform: which there are, what they hold, and what of Sugar fits into them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.crm import FieldDef, Value
from funnel.domain.ids import PEOPLE_MODULES, Module


class FieldType(StrEnum):
    """What a field holds. Values are typed as `domain.crm.Value` says."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "web address"
    INTEGER = "whole number"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    MOMENT = "date and time"
    YES_NO = "yes or no"
    CHOICE = "choice"
    CHOICES = "several choices"


class Subject(StrEnum):
    """Whom a field describes."""

    PERSON = "person"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field that an admin has added. `name` is unique among all fields of its subject."""

    name: str
    label: str
    type: FieldType
    subject: Subject


@dataclass(frozen=True, slots=True)
class FieldList:
    """A module's fields as Sugar last told them."""

    module: Module
    fields: tuple[FieldDef, ...]
    read_at: datetime


_T, _P, _C = FieldType.TEXT, FieldType.PHONE, FieldType.CHOICE

STANDARD: Mapping[Subject, Mapping[str, FieldType]] = {
    Subject.PERSON: {
        "salutation": _C,
        "first_name": _T,
        "last_name": _T,
        "title": _T,
        "department": _T,
        "company": _T,
        "phone_work": _P,
        "phone_mobile": _P,
        "phone_home": _P,
        "phone_fax": _P,
        "street": _T,
        "city": _T,
        "state": _T,
        "postal_code": _T,
        "country": _T,
        "description": _T,
        "lead_source": _C,
        "lead_status": _C,
        "do_not_call": FieldType.YES_NO,
        "birthdate": FieldType.DATE,
        "website": FieldType.URL,
    },
    Subject.ACCOUNT: {
        "name": _T,
        "account_type": _C,
        "industry": _C,
        "annual_revenue": _T,
        "employees": _T,
        "phone_office": _P,
        "website": FieldType.URL,
        "email1": FieldType.EMAIL,
        "billing_address_street": _T,
        "billing_address_city": _T,
        "billing_address_state": _T,
        "billing_address_postalcode": _T,
        "billing_address_country": _T,
        "description": _T,
    },
}
"""The fields that are always there. Those of Accounts have Sugar's own names."""

CUSTOM_PREFIX = "custom_"

_OF_SUGAR = {
    "phone": FieldType.PHONE,
    "url": FieldType.URL,
    "email": FieldType.EMAIL,
    "int": FieldType.INTEGER,
    "integer": FieldType.INTEGER,
    "long": FieldType.INTEGER,
    "short": FieldType.INTEGER,
    "tinyint": FieldType.INTEGER,
    "ulong": FieldType.INTEGER,
    "uint": FieldType.INTEGER,
    "decimal": FieldType.DECIMAL,
    "decimal2": FieldType.DECIMAL,
    "float": FieldType.DECIMAL,
    "double": FieldType.DECIMAL,
    "currency": FieldType.MONEY,
    "date": FieldType.DATE,
    "datetime": FieldType.MOMENT,
    "datetimecombo": FieldType.MOMENT,
    "bool": FieldType.YES_NO,
    "boolean": FieldType.YES_NO,
    "enum": FieldType.CHOICE,
    "radioenum": FieldType.CHOICE,
    "dynamicenum": FieldType.CHOICE,
    "multienum": FieldType.CHOICES,
}

NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY})
_TEXTS = frozenset({FieldType.TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL})
_TAKES: Mapping[FieldType, frozenset[FieldType]] = {
    FieldType.TEXT: frozenset(FieldType),
    FieldType.EMAIL: _TEXTS,
    FieldType.PHONE: _TEXTS,
    FieldType.URL: _TEXTS,
    FieldType.INTEGER: frozenset({FieldType.INTEGER}),
    FieldType.DECIMAL: NUMBERS,
    FieldType.MONEY: NUMBERS,
    FieldType.DATE: frozenset({FieldType.DATE, FieldType.MOMENT}),
    FieldType.MOMENT: frozenset({FieldType.MOMENT}),
    FieldType.YES_NO: frozenset({FieldType.YES_NO}),
    FieldType.CHOICE: frozenset({FieldType.CHOICE}) | _TEXTS,
    FieldType.CHOICES: frozenset({FieldType.CHOICES, FieldType.CHOICE}),
}
"""What each type of field takes; a date takes the day of a moment, in UTC."""


def subject_of(module: Module) -> Subject:
    """Whom the module's records describe here. Raises `ValueError` for one that is not mapped."""
    if module in PEOPLE_MODULES:
        return Subject.PERSON
    if module is Module.ACCOUNTS:
        return Subject.ACCOUNT
    raise ValueError(f"{module} has no mapping")


def type_of(field: FieldDef) -> FieldType:
    """What a field of Sugar holds; whatever we do not know is text."""
    return _OF_SUGAR.get(field.type.lower(), FieldType.TEXT)


def fits(sugar: FieldType, ours: FieldType) -> bool:
    """Whether every value of one type can be kept in a field of the other."""
    return sugar in _TAKES[ours]


def as_type(value: Value, kind: FieldType) -> Value:
    """A value of Sugar as a field of ours keeps it."""
    if value is None:
        return None
    match kind:
        case FieldType.INTEGER | FieldType.YES_NO:
            return value
        case FieldType.DATE:
            return str(value)[:10]
        case FieldType.CHOICES:
            text = str(value)
            return text if text.startswith("^") else f"^{text}^"
        case _ if isinstance(value, bool):
            return "Yes" if value else "No"
        case _:
            return str(value)


def choices(value: str) -> list[str]:
    """The keys of several choices, which Sugar writes as `^one^,^other^`."""
    return [key for key in value.strip("^").split("^,^") if key]
