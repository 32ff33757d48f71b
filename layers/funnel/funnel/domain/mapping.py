"""Which fields of Sugar are read, and what they are called on a person."""

from collections.abc import Mapping
from enum import StrEnum

from funnel.domain.ids import Module


class Rule(StrEnum):
    """Who wins where both sides changed a field since they last agreed."""

    SUGAR = "Sugar wins"
    HERE = "Funnel wins"


DEFAULT_RULE = Rule.SUGAR

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

PERSON_FIELDS: Mapping[Module, Mapping[str, str]] = {
    Module.CONTACTS: _COMMON_PERSON,
    Module.LEADS: {**_COMMON_PERSON, "website": "website", "status": "lead_status"},
    Module.PROSPECTS: {
        theirs: ours for theirs, ours in _COMMON_PERSON.items() if theirs != "lead_source"
    },
}
"""Sugar's field to ours, for each module of people."""

TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({"salutation", "first_name", "last_name"}),
    frozenset({"street", "city", "state", "postal_code", "country"}),
)
"""Fields of ours that are taken from one record together: half a name of each is no name."""

_ALWAYS = ("assigned_user_id", "date_entered")

READ_FIELDS: Mapping[Module, tuple[str, ...]] = {
    Module.USERS: (
        "user_name",
        "first_name",
        "last_name",
        "email1",
        "status",
        "is_admin",
        "title",
        "department",
        "phone_work",
        "reports_to_id",
        "employee_status",
        "date_entered",
    ),
    Module.ACCOUNTS: (
        *_ALWAYS,
        "name",
        "account_type",
        "industry",
        "annual_revenue",
        "employees",
        "phone_office",
        "website",
        "email1",
        "billing_address_street",
        "billing_address_city",
        "billing_address_state",
        "billing_address_postalcode",
        "billing_address_country",
        "description",
        "parent_id",
    ),
    Module.LEADS: (
        *_ALWAYS,
        *PERSON_FIELDS[Module.LEADS],
        "email1",
        "email_opt_out",
        "invalid_email",
        "converted",
        "contact_id",
        "account_id",
        "opportunity_id",
    ),
    Module.CONTACTS: (
        *_ALWAYS,
        *PERSON_FIELDS[Module.CONTACTS],
        "email1",
        "email_opt_out",
        "invalid_email",
        "account_id",
    ),
    Module.OPPORTUNITIES: (
        *_ALWAYS,
        "name",
        "account_id",
        "account_name",
        "amount",
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
        *_ALWAYS,
        *PERSON_FIELDS[Module.PROSPECTS],
        "email1",
        "email_opt_out",
        "invalid_email",
        "lead_id",
    ),
}
"""What is asked of each module, beside `id`, `date_modified` and `deleted`."""
