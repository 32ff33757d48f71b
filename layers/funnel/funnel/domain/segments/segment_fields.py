"""The fields that Segments can ask for: of the person, and of what it hangs on in Sugar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from funnel.domain.mapping.fields import STANDARD, CustomField, FieldType, Subject
from funnel.domain.segments.segments import Operator


class Origin(StrEnum):
    """Where a field's values are from."""

    PERSON = "person"
    CUSTOM = "custom field"
    FUNNEL = "Funnel"
    SUGAR = "Sugar"


@dataclass(frozen=True, slots=True)
class SegmentField:
    """A field by its key `name`. `options` maps a choice's values to what people call them.

    One that is `many` has several values at once, such as one for each Opportunity: a test is true
    if it is true of any of them. `unit` is what its numbers are in, "" where that is not known.
    """

    name: str
    label: str
    type: FieldType
    operators: tuple[Operator, ...]
    origin: Origin
    options: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    unit: str = ""


_O = Operator
_HELD = (_O.EMPTY, _O.FILLED)
_TEXT = (_O.IS, _O.IS_NOT, _O.CONTAINS, _O.BEGINS, *_HELD)
_CHOICE = (_O.IS, _O.IS_NOT, *_HELD)
_NUMBER = (_O.IS, _O.IS_NOT, _O.LEAST, _O.MOST, *_HELD)
_TIME = (_O.BEFORE, _O.AFTER, _O.PAST, _O.LONGER_AGO, _O.AHEAD, _O.LATER, *_HELD)

OPERATORS: Mapping[FieldType, tuple[Operator, ...]] = {
    FieldType.TEXT: _TEXT,
    FieldType.EMAIL: _TEXT,
    FieldType.PHONE: _TEXT,
    FieldType.URL: _TEXT,
    FieldType.INTEGER: _NUMBER,
    FieldType.DECIMAL: _NUMBER,
    FieldType.MONEY: _NUMBER,
    FieldType.DATE: (_O.IS, *_TIME),
    FieldType.MOMENT: _TIME,
    FieldType.YES_NO: (_O.IS, *_HELD),
    FieldType.CHOICE: _CHOICE,
    FieldType.CHOICES: _CHOICE,
}
"""What a field of each type can be asked."""

SEVERAL = frozenset({_O.IS, _O.IS_NOT, _O.CONTAINS, _O.BEGINS})
"""Operators that take several values. Others take one, and those of `WITHOUT` none."""

WITHOUT = frozenset(_HELD)
OF_DAYS = frozenset({_O.PAST, _O.LONGER_AGO, _O.AHEAD, _O.LATER})
"""Operators whose value is a number of days."""

SCORE, CONSENT, OWNER, EMAIL, CREATED = "score", "consent", "owner", "email", "created_at"
SUGAR_LEAD, SUGAR_CONTACT = "sugar_lead", "sugar_contact"
REVENUE = "account_annual_revenue"
AMOUNT = "amount"

OF_OPPORTUNITIES: Mapping[str, str] = {
    "opportunity_name": "name",
    "sales_stage": "sales_stage",
    AMOUNT: "amount",
    "close_date": "date_closed",
    "probability": "probability",
    "opportunity_lead_source": "lead_source",
}
"""Fields that have a value for each Opportunity, and what Sugar calls them."""


class MayBeMailed(StrEnum):
    """What the field `consent` holds: whether the person's main address may be written to, or why not."""

    YES = "yes"
    OPTED_OUT = "opted_out"
    INVALID = "invalid"
    NO_ADDRESS = "no_address"


_CONSENT_LABELS = {
    MayBeMailed.YES: "may be written to",
    MayBeMailed.OPTED_OUT: "opted out",
    MayBeMailed.INVALID: "address is invalid",
    MayBeMailed.NO_ADDRESS: "has no address",
}
_LABELS = {
    "title": "Job title",
    "phone_work": "Phone, work",
    "phone_mobile": "Phone, mobile",
    "phone_home": "Phone, home",
    "phone_fax": "Fax",
    "birthdate": "Birthday",
}

Options = Mapping[str, Mapping[str, str]]
"""By the field's name: its values, and what people call them."""


def segment_fields_of(
    custom: Iterable[CustomField] = (), options: Options | None = None
) -> tuple[SegmentField, ...]:
    """All fields, in the order they are offered in."""
    known = options or {}
    of_people = STANDARD[Subject.PERSON].items()
    return (
        *(_field(n, _LABELS.get(n) or _plain(n), t, Origin.PERSON, known) for n, t in of_people),
        *(
            _field(one.name, one.label, one.type, Origin.CUSTOM, known)
            for one in custom
            if one.subject is Subject.PERSON
        ),
        *_of_funnel(known),
        *_of_sugar(known),
    )


def by_name(fields: Iterable[SegmentField]) -> dict[str, SegmentField]:
    """The same by their keys."""
    return {one.name: one for one in fields}


def _of_funnel(known: Options) -> list[SegmentField]:
    consent = {one.value: label for one, label in _CONSENT_LABELS.items()}
    return [
        _field(EMAIL, "Email", FieldType.EMAIL, Origin.FUNNEL, known, many=True),
        _field(OWNER, "Owner", FieldType.CHOICE, Origin.FUNNEL, known, many=True),
        SegmentField(
            SCORE,
            "Score",
            FieldType.INTEGER,
            (_O.LEAST, _O.MOST, _O.IS, _O.IS_NOT),
            Origin.FUNNEL,
        ),
        SegmentField(
            CONSENT,
            "Email consent",
            FieldType.CHOICE,
            (_O.IS, _O.IS_NOT),
            Origin.FUNNEL,
            consent,
        ),
        SegmentField(
            CREATED,
            "Known since",
            FieldType.MOMENT,
            (_O.PAST, _O.LONGER_AGO, _O.BEFORE, _O.AFTER),
            Origin.FUNNEL,
        ),
    ]


def _of_sugar(known: Options) -> list[SegmentField]:
    def of_opportunities(name: str, label: str, kind: FieldType) -> SegmentField:
        return _field(name, label, kind, Origin.SUGAR, known, many=True)

    return [
        SegmentField(SUGAR_LEAD, "Sugar Lead", FieldType.YES_NO, (_O.IS,), Origin.SUGAR),
        SegmentField(SUGAR_CONTACT, "Sugar Contact", FieldType.YES_NO, (_O.IS,), Origin.SUGAR),
        of_opportunities("opportunity_name", "Sugar Opportunity name", FieldType.TEXT),
        of_opportunities("sales_stage", "Sugar Sales Stage", FieldType.CHOICE),
        of_opportunities(AMOUNT, "Sugar Opportunity amount", FieldType.MONEY),
        of_opportunities("close_date", "Sugar Close Date", FieldType.DATE),
        of_opportunities("probability", "Sugar Probability, %", FieldType.DECIMAL),
        of_opportunities(
            "opportunity_lead_source", "Sugar Opportunity Lead Source", FieldType.CHOICE
        ),
        of_opportunities(REVENUE, "Sugar Account Annual Revenue", FieldType.MONEY),
    ]


def _field(
    name: str,
    label: str,
    kind: FieldType,
    origin: Origin,
    known: Options,
    *,
    many: bool = False,
) -> SegmentField:
    return SegmentField(name, label, kind, OPERATORS[kind], origin, dict(known.get(name, {})), many)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
