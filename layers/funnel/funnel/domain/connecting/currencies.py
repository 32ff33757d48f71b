"""Sugar's currencies, and amounts in one of them told in another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from funnel.domain.crm import Value
from funnel.domain.decimals import decimal_of
from funnel.domain.ids import ConnectionId, SugarId

BASE = SugarId("-99")
"""The id of the system's own currency, in which Sugar keeps its rates; no id means the same."""

AMOUNT_FIELDS = ("amount", "amount_usdollar", "currency_id")
"""The fields of an Opportunity by which its amount in the base currency is told."""

_CODE = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency of Sugar. `rate` is how many of it one of the base currency is, a decimal as text.

    `code` is that of ISO 4217. Each text may be empty: Sugar asks people for name and symbol only.
    """

    sugar_id: SugarId
    name: str = ""
    symbol: str = ""
    code: str = ""
    rate: str = ""

    @property
    def unit(self) -> str:
        """What stands beside an amount: its code, or else its symbol or name."""
        if _CODE.fullmatch(self.code):
            return self.code.upper()
        return self.symbol or self.name


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currencies of one connection, inactive and deleted ones too, as read `read_at` a time.

    `problem` says why Sugar did not tell them when it was last asked, and `mend` what to do about
    it; "" where it did.
    """

    connection_id: ConnectionId
    read_at: datetime
    known: tuple[Currency, ...] = ()
    problem: str = ""
    mend: str = ""

    def of(self, sugar_id: Value) -> Currency | None:
        """The currency of an amount whose record names this id; None for one that is not known."""
        wanted = sugar_id or BASE
        return next((one for one in self.known if one.sugar_id == wanted), None)

    @property
    def rates(self) -> Mapping[SugarId, Decimal]:
        """Of those beside the base one that have one: their amounts can be told in it."""
        found = ((one.sugar_id, _rate(one)) for one in self.known if one.sugar_id != BASE)
        return {sugar_id: rate for sugar_id, rate in found if rate is not None}

    def counts_as(self, other: "Currencies") -> bool:
        """Whether every amount is the same number by both.

        By none that is known, amounts are taken as they stand.
        """
        return bool(self.known) == bool(other.known) and self.rates == other.rates

    @property
    def base_unit(self) -> str:
        """What stands beside amounts in the base currency, "" where that is not known."""
        base = self.of(BASE)
        return base.unit if base else ""

    def in_base(self, fields: Mapping[str, Value]) -> Decimal | None:
        """An Opportunity's amount in the base currency; None for none, and where nobody can tell.

        Sugar's own figure goes first, so that both sides say the same; else the rate decides.
        """
        amount = decimal_of(fields.get("amount"))
        told = decimal_of(fields.get("amount_usdollar"))
        sugar_id = fields.get("currency_id") or BASE
        if amount is None or sugar_id == BASE:
            return amount
        # Without a rate Sugar writes down nought.
        if told is not None and (told or not amount):
            return told
        rate = _rate(self.of(sugar_id))
        return None if rate is None else amount / rate


UNKNOWN = Currencies(ConnectionId(""), datetime.min.replace(tzinfo=UTC))
"""Of a Sugar whose currencies were never read."""


def _rate(currency: Currency | None) -> Decimal | None:
    rate = decimal_of(currency.rate) if currency else None
    return rate if rate and rate > 0 else None
