"""Currencies over SOAP: a list of those that people made, and the base one by its id.

No list has the base currency: Sugar makes it of its settings when it is asked for by its id
(`Currency::retrieve` of SuiteCRM 7.14 and SugarCRM CE).
"""

from funnel.adapters.sugar_http.values import decode
from funnel.adapters.sugar_soap import envelopes
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.adapters.sugar_soap.envelopes import Part
from funnel.adapters.sugar_soap.finding import ReadRecords
from funnel.adapters.sugar_soap.reader import Record
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.connecting.currencies import BASE, Currency
from funnel.domain.ids import SugarId

MODULE = "Currencies"
FIELDS = ("id", "name", "symbol", "iso4217", "conversion_rate")
_MOST = 1_000


def read_currencies(caller: Caller, session: Session, records: ReadRecords) -> list[Currency]:
    """See `Crm.currencies`."""
    parts = base_parts(links=TRAITS[caller.endpoint.dialect].links)
    base = session.run(
        lambda session_id: caller.record(
            "get_entry", [envelopes.text("session", session_id), *parts]
        )
    )
    found: dict[SugarId, Currency] = {}

    def add(record: Record) -> None:
        one = _currency(record)
        # Whoever is deleted between two requests comes twice, the last time deleted.
        found.setdefault(one.sugar_id, one)

    if base and base.get("id") == BASE:
        add(base)
    records(MODULE, "", _MOST, FIELDS, add)
    return list(found.values())


def base_parts(*, links: bool) -> list[Part]:
    """What `get_entry` of the base currency takes but for the session; service endpoints know links."""
    parts = [
        envelopes.text("module_name", MODULE),
        envelopes.text("id", BASE),
        envelopes.strings("select_fields", FIELDS),
    ]
    return [*parts, envelopes.links("link_name_to_fields_array", {})] if links else parts


def _currency(record: Record) -> Currency:
    def text(name: str) -> str:
        return decode(record.get(name) or "").strip()

    return Currency(
        SugarId(text("id")), text("name"), text("symbol"), text("iso4217"), text("conversion_rate")
    )
