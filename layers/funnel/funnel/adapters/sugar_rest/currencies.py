"""Currencies over REST: the active ones of the metadata, the base one among them, and the others.

By Sugar 7's own code (`MetaDataManager::getSystemCurrencies`) and documentation only.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from funnel.adapters.sugar_rest.filters import Expression
from funnel.adapters.sugar_rest.listing import Record
from funnel.domain.connecting.currencies import Currency
from funnel.domain.errors import OF_THE_WHOLE_SUGAR, SugarRefused, SugarReplyBroken
from funnel.domain.ids import SugarId

MODULE = "Currencies"
FIELDS = ("id", "name", "symbol", "iso4217", "conversion_rate")
_MOST = 1_000


class ReadRecords(Protocol):
    """At most so many records of a module."""

    def __call__(
        self, module: str, expressions: Sequence[Expression], limit: int, fields: Sequence[str]
    ) -> list[Record]:
        """Live and deleted ones."""


def read_currencies(get: Callable[[str, str], Any], records: ReadRecords) -> list[Currency]:
    """See `Crm.currencies`. The module itself is for admins; the metadata are for everybody."""
    told = get("metadata", "type_filter=currencies")
    active = told.get("currencies") if isinstance(told, dict) else None
    if not isinstance(active, dict):
        raise SugarReplyBroken("Sugar's metadata tell no currencies.")
    found = {key: _currency(key, one) for key, one in active.items() if isinstance(one, dict)}
    try:
        others = records(MODULE, (), _MOST, FIELDS)
    except OF_THE_WHOLE_SUGAR:
        raise
    except SugarRefused:
        others = []
    for one in others:
        key = str(one.get("id") or "")
        if key:
            found.setdefault(key, _currency(key, one))
    return list(found.values())


def _currency(sugar_id: str, told: Mapping[str, Any]) -> Currency:
    def text(*names: str) -> str:
        return next((str(told[name]).strip() for name in names if told.get(name)), "")

    # Sugar 7.0 called them otherwise.
    return Currency(
        SugarId(sugar_id),
        text("name"),
        text("symbol"),
        text("iso4217", "iso"),
        text("conversion_rate", "rate"),
    )
