"""The records of people's addresses over SOAP: the only way to their flags on both products.

Flags set on a person are silently ignored, or hit all of the person's addresses (`docs/sugar.md`).
"""

from funnel.adapters.sugar_http.values import decode, moment_or_none
from funnel.adapters.sugar_soap import envelopes, protocol
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.adapters.sugar_soap.reader import Record
from funnel.adapters.sugar_soap.related import Related, related_parts
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.crm import Dialect, EmailAddress
from funnel.domain.errors import MethodMissing, SugarReplyBroken
from funnel.domain.ids import RecordKey, SugarId

MODULE = "EmailAddresses"
LINK = "email_addresses"
MOST = 500
"""Addresses of one person that are asked for; where it is not sent, all come."""

_FIELDS = ("id", "email_address", "opt_out", "invalid_email", "date_modified", "deleted")


def read_addresses(caller: Caller, session: Session, person: RecordKey) -> list[EmailAddress]:
    """See `Crm.addresses`. A person who is not there: empty, or `ServerCrashed` on v4_1."""
    dialect = caller.endpoint.dialect
    _refuse_soap_5(dialect)
    asked = Related(str(person.module), person.sugar_id, LINK, _FIELDS)
    parts = related_parts(dialect, asked, limit=MOST)
    found: dict[str, EmailAddress] = {}

    def take(record: Record) -> bool:
        if record.get("deleted") not in ("1", "true"):
            address = _address(record)
            found[address.sugar_id] = address
        return True

    def call(session_id: str) -> bool:
        found.clear()
        told = [envelopes.text("session", session_id), *parts]
        return caller.members(told, take, ids_only=False)

    session.run(call)
    return list(found.values())


def write_flags(
    caller: Caller,
    session: Session,
    address: SugarId,
    opt_out: bool | None,
    invalid: bool | None,
) -> None:
    """See `Crm.flag_address`."""
    dialect = caller.endpoint.dialect
    _refuse_soap_5(dialect)
    flags = {"opt_out": opt_out, "invalid_email": invalid}
    wanted = {name: str(int(value)) for name, value in flags.items() if value is not None}
    values = protocol.name_values(TRAITS[dialect].wsdl, {"id": address, **wanted})
    session.run(lambda session_id: caller.call("set_entry", session_id, MODULE, values))


def _refuse_soap_5(dialect: Dialect) -> None:
    if dialect is Dialect.SOAP_5:
        raise MethodMissing(
            "This Sugar's soap.php does not lead to the records of email addresses.",
            mend="Set the flag in Sugar by hand, or connect a Sugar that serves service/v4_1.",
        )


def _address(record: Record) -> EmailAddress:
    sugar_id = record.get("id")
    if not sugar_id:
        raise SugarReplyBroken("The reply contains an address without an id.")
    return EmailAddress(
        SugarId(sugar_id),
        decode(record.get("email_address") or ""),
        _flag(record.get("opt_out")),
        _flag(record.get("invalid_email")),
        moment_or_none(record.get("date_modified")),
    )


def _flag(text: str | None) -> bool | None:
    """Empty is unknown, never "no"."""
    return text == "1" if text in ("0", "1") else None
