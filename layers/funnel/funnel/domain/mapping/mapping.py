"""Which fields of Sugar are read, what they become here, and who wins. Told in `docs/mappings.md`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from funnel.domain.crm import Value
from funnel.domain.ids import PEOPLE_MODULES, Module
from funnel.domain.mapping.fields import (
    STANDARD,
    CustomField,
    FieldType,
    Subject,
    as_type,
    subject_of,
)
from funnel.domain.mapping.score_fields import SCORE_FIELD, SCORED_MODULES


class Rule(StrEnum):
    """Who wins where both sides changed a field since they last agreed."""

    SUGAR = "Sugar wins"
    HERE = "Funnel wins"
    NEWEST = "newest wins"
    SUGAR_UNLESS_BLANK = "Sugar unless blank"


class Flow(StrEnum):
    """Which way a field's changes go. Up is with a push, as the connection allows it."""

    FROM_SUGAR = "from Sugar"
    BOTH = "both"


DEFAULT_RULE = Rule.SUGAR
DEFAULT_FLOW = Flow.BOTH
MAPPED_MODULES = (Module.ACCOUNTS, Module.CONTACTS, Module.LEADS)


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """One field of Sugar and the field here that it becomes. `type` is what the latter holds."""

    sugar_field: str
    field: str
    type: FieldType
    rule: Rule = DEFAULT_RULE
    flow: Flow = DEFAULT_FLOW


_COMMON_PERSON = {
    "salutation": "salutation",
    "first_name": "first_name",
    "last_name": "last_name",
    "title": "title",
    "department": "department",
    "account_name": "company",
    "phone_work": "phone_work",
    "phone_mobile": "phone_mobile",
    "phone_home": "phone_home",
    "phone_fax": "phone_fax",
    "primary_address_street": "street",
    "primary_address_city": "city",
    "primary_address_state": "state",
    "primary_address_postalcode": "postal_code",
    "primary_address_country": "country",
    "description": "description",
    "lead_source": "lead_source",
    "do_not_call": "do_not_call",
    "birthdate": "birthdate",
}

_NAMES: Mapping[Module, Mapping[str, str]] = {
    Module.CONTACTS: _COMMON_PERSON,
    Module.LEADS: {**_COMMON_PERSON, "website": "website", "status": "lead_status"},
    Module.PROSPECTS: {
        theirs: ours for theirs, ours in _COMMON_PERSON.items() if theirs != "lead_source"
    },
    Module.ACCOUNTS: {name: name for name in STANDARD[Subject.ACCOUNT]},
}

STANDARD_MAPPINGS: Mapping[Module, tuple[FieldMapping, ...]] = {
    module: tuple(
        FieldMapping(theirs, ours, STANDARD[subject_of(module)][ours])
        for theirs, ours in names.items()
    )
    for module, names in _NAMES.items()
}
"""What is mapped while an admin has not said otherwise."""

TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({"salutation", "first_name", "last_name"}),
    frozenset({"street", "city", "state", "postal_code", "country"}),
)
"""Fields of ours that are taken from one record together: half a name of each is no name."""

_EACH = ("assigned_user_id", "date_entered")
_PERSON = (
    *("salutation", "first_name", "last_name", "account_name", "lead_source"),
    *("email1", "email_opt_out", "invalid_email", "account_id"),
)
_NEEDED: Mapping[Module, tuple[str, ...]] = {
    Module.USERS: (
        "user_name",
        "first_name",
        "last_name",
        "email1",
        "status",
        "is_admin",
        "portal_only",
        "is_group",
        "title",
        "department",
        "phone_work",
        "reports_to_id",
        "employee_status",
        "date_entered",
    ),
    Module.ACCOUNTS: (*_EACH, "name", "account_type", "industry", "annual_revenue", "parent_id"),
    Module.LEADS: (*_EACH, *_PERSON, "status", "converted", "contact_id", "opportunity_id"),
    Module.CONTACTS: (*_EACH, *_PERSON),
    Module.OPPORTUNITIES: (
        *_EACH,
        "name",
        "account_id",
        "account_name",
        "amount",
        "amount_usdollar",
        "currency_id",
        "date_closed",
        "sales_stage",
        "probability",
        "lead_source",
        "opportunity_type",
        "next_step",
        "description",
    ),
    Module.PROSPECTS: (
        *_EACH,
        *(name for name in _PERSON if name not in ("lead_source", "account_id")),
        "lead_id",
    ),
}
"""What the product itself needs of each module, beside `id`, `date_modified` and `deleted`."""

_Pair = tuple[str, str, FieldType | None]


class Mappings:
    """A connection's mappings, ready for use: those of modules left out are the standard ones."""

    def __init__(
        self,
        changed: Mapping[Module, Iterable[FieldMapping]] | None = None,
        custom: Iterable[CustomField] = (),
        scores: Mapping[Module, tuple[str, ...]] | None = None,
    ) -> None:
        self._by_module = {
            module: tuple((changed or {}).get(module, STANDARD_MAPPINGS[module]))
            for module in STANDARD_MAPPINGS
        }
        self.custom = tuple(custom)
        self._scores = {
            module: (scores or {}).get(module) or (SCORE_FIELD,) for module in SCORED_MODULES
        }
        self._pairs = {module: _pairs(module, found) for module, found in self._by_module.items()}
        self._rules = {
            (module, one.field): one.rule
            for module, found in self._by_module.items()
            for one in found
            if one.rule is not DEFAULT_RULE
        }

    def of(self, module: Module) -> tuple[FieldMapping, ...]:
        """A module's mappings; none for one that has none."""
        return self._by_module.get(module, ())

    def read_fields(self, module: Module) -> tuple[str, ...]:
        """What is asked of a module, beside `id`, `date_modified` and `deleted`."""
        mapped = (one.sugar_field for one in self.of(module))
        # The score is read so that it is seen when somebody in Sugar has changed it.
        scores = self._scores.get(module, ())
        return tuple(dict.fromkeys((*_NEEDED[module], *mapped, *scores)))

    def apply(self, module: Module, fields: Mapping[str, Value]) -> dict[str, Value]:
        """Our fields of one record. What Sugar did not tell is absent, what it left empty None."""
        return {
            ours: fields[theirs] if kind is None else as_type(fields[theirs], kind)
            for theirs, ours, kind in self._pairs[module]
            if theirs in fields
        }

    def rule(self, module: Module, field: str) -> Rule:
        """The rule for a field of ours where a module's record gives it."""
        return self._rules.get((module, field), DEFAULT_RULE)

    @property
    def has_rules(self) -> bool:
        """Whether any field of people has another rule than the default."""
        return any(module in PEOPLE_MODULES for module, _ in self._rules)


def _pairs(module: Module, found: Iterable[FieldMapping]) -> tuple[_Pair, ...]:
    """Sugar's field, ours, and the type to turn it to; None where nothing is to be turned."""
    standard = {(one.sugar_field, one.field) for one in STANDARD_MAPPINGS[module]}
    return tuple(
        (one.sugar_field, one.field, None if (one.sugar_field, one.field) in standard else one.type)
        for one in found
    )


STANDARD_ONLY = Mappings()
"""The mappings of a connection that has none of its own."""
