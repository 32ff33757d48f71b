"""The records of people's addresses over REST.

Sources: Sugar Developer Guide 13.0, `/<module>/:record PUT`, and 10.3, Architecture, Email
Addresses: a person's `email` lists the addresses with their flags; each has its record in the
module EmailAddresses, named by `email_address_id`.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from funnel.adapters.sugar_rest.calls import Caller
from funnel.adapters.sugar_rest.rows import flag
from funnel.adapters.sugar_rest.session import Session
from funnel.domain.crm import EmailAddress
from funnel.domain.errors import MethodMissing
from funnel.domain.ids import SugarId

MODULE = "EmailAddresses"
FIELDS = ("id", "email")


def from_record(record: Mapping[str, Any]) -> tuple[EmailAddress, ...]:
    """The addresses of one person. Raises `MethodMissing` where they come without their ids."""
    told = record.get("email")
    return tuple(
        _address(one)
        for one in (told if isinstance(told, list) else ())
        if isinstance(one, Mapping) and one.get("email_address")
    )


def _address(told: Mapping[str, Any]) -> EmailAddress:
    sugar_id = told.get("email_address_id")
    if not isinstance(sugar_id, str) or not sugar_id:
        raise MethodMissing(
            "This Sugar's REST does not tell the ids of email addresses.",
            mend="Set the flag in Sugar by hand.",
        )
    return EmailAddress(
        SugarId(sugar_id),
        str(told["email_address"]),
        flag(told.get("opt_out")),
        flag(told.get("invalid_email")),
    )


def write_flags(
    caller: Caller,
    session: Session,
    address: SugarId,
    opt_out: bool | None,
    invalid: bool | None,
) -> None:
    """See `Crm.flag_address`."""
    flags = {"opt_out": opt_out, "invalid_email": invalid}
    wanted = {name: value for name, value in flags.items() if value is not None}
    path = f"{MODULE}/{quote(address, safe='')}"
    session.run(lambda token: caller.put(token, path, wanted))
