"""The merge fields of emails: what is known of a reader, and of who writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel.domain.crm import Value

PERSON = (
    "salutation", "first_name", "last_name", "title", "department", "company", "street", "city",
    "state", "postal_code", "country", "phone_work", "website",
)  # fmt: skip
OWN = ("name", "email")
SENDER = ("sender_name", "sender_first_name", "sender_email", "sender_phone", "sender_title")
FIELDS = (*PERSON, *OWN, *SENDER)

POSTAL, LEAVE, LEAVE_LABEL = "postal_address", "unsubscribe_link", "unsubscribe_label"
FOOTER = (POSTAL, LEAVE, LEAVE_LABEL)
"""Fields of a footer of one's own: filled in when the mail goes out, for nobody knows them before."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who an email is from, as its reader knows them."""

    name: str = ""
    address: str = ""
    first_name: str = ""
    phone: str = ""
    title: str = ""


def field_values(
    name: str, fields: Mapping[str, Value], email: str, company: str, sender: Sender
) -> dict[str, str]:
    """What stands in for the fields of an email to somebody; "" for what is not known.

    Those of a footer stand for themselves.
    """
    values = {one: str(fields.get(one) or "") for one in PERSON}
    values["company"] = values["company"] or company
    values |= {"name": name, "email": email}
    values |= {one: f"{{{{{one}}}}}" for one in FOOTER}
    return values | {
        "sender_name": sender.name,
        "sender_first_name": sender.first_name or sender.name,
        "sender_email": sender.address,
        "sender_phone": sender.phone,
        "sender_title": sender.title,
    }
