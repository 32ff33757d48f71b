"""What stands beside an amount, and amounts in the base currency."""

from dataclasses import replace
from decimal import Decimal

import pytest

from funnel.domain.connecting.currencies import (
    BASE,
    UNKNOWN,
    Currencies,
    Currency,
)
from funnel.domain.ids import ConnectionId, SugarId

KNOWN = Currencies(
    ConnectionId("c"),
    UNKNOWN.read_at,
    (
        Currency(BASE, "US Dollar", "$", "USD", "1"),
        Currency(SugarId("eur"), "Euro", "€", "eur", "0.8"),
        Currency(SugarId("nought"), "Points", "P", "", "0"),
        Currency(SugarId("empty"), "Nameless", "", "12", ""),
        Currency(SugarId("broken"), "", "", "", "NaN"),
    ),
)


@pytest.mark.parametrize(
    ("sugar_id", "unit"),
    [
        ("-99", "USD"),
        ("", "USD"),
        (None, "USD"),
        ("eur", "EUR"),
        ("nought", "P"),
        ("empty", "Nameless"),
    ],
)
def test_the_unit_is_the_code_or_the_symbol_or_the_name(sugar_id: str | None, unit: str) -> None:
    found = KNOWN.of(sugar_id)
    assert found is not None
    assert found.unit == unit


def test_an_id_that_sugar_does_not_tell_has_no_unit() -> None:
    assert KNOWN.of("gone") is None
    assert UNKNOWN.of("-99") is None
    assert UNKNOWN.base_unit == ""
    assert KNOWN.base_unit == "USD"


@pytest.mark.parametrize(
    ("amount", "told", "currency", "base"),
    [
        ("100", None, None, "100"),
        ("100", "7", "-99", "100"),
        ("100", "124", "eur", "124"),
        ("100", None, "eur", "125"),
        ("100", "0", "eur", "125"),
        ("0", "0", "eur", "0"),
        ("-100", None, "eur", "-125"),
        ("100", "0", "nought", None),
        ("100", None, "empty", None),
        ("100", None, "broken", None),
        ("100", None, "gone", None),
        ("100", "90", "gone", "90"),
        (None, "90", "eur", None),
        ("ten", None, "eur", None),
        ("Infinity", None, "-99", None),
    ],
)
def test_an_amount_in_the_base_currency_is_sugars_own_figure_or_by_the_rate(
    amount: str | None, told: str | None, currency: str | None, base: str | None
) -> None:
    fields = {"amount": amount, "amount_usdollar": told, "currency_id": currency}
    assert KNOWN.in_base(fields) == (None if base is None else Decimal(base))


def test_those_that_have_a_rate_are_known_by_it() -> None:
    assert KNOWN.rates == {"eur": Decimal("0.8")}
    assert UNKNOWN.rates == {}


def _of(*known: Currency) -> Currencies:
    return Currencies(ConnectionId("c"), UNKNOWN.read_at, known)


DOLLAR = Currency(BASE, "US Dollar", "$", "USD", "1")
EURO = Currency(SugarId("eur"), "Euro", "€", "EUR", "0.8")


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (UNKNOWN, _of(), True),
        (UNKNOWN, _of(DOLLAR), False),
        (_of(DOLLAR), UNKNOWN, False),
        (_of(DOLLAR), _of(DOLLAR, EURO), False),
        (_of(DOLLAR, EURO), _of(DOLLAR), False),
        (_of(DOLLAR, EURO), _of(DOLLAR, replace(EURO, rate="0.81")), False),
        (_of(DOLLAR, EURO), _of(DOLLAR, replace(EURO, rate="0")), False),
        (_of(DOLLAR, EURO), _of(replace(EURO, rate="0.800"), DOLLAR), True),
        (_of(DOLLAR, EURO), _of(replace(DOLLAR, rate="2"), replace(EURO, name="E")), True),
        (_of(DOLLAR), _of(DOLLAR, replace(EURO, rate="NaN")), True),
    ],
)
def test_amounts_count_otherwise_by_other_rates_and_by_the_first_that_is_known(
    before: Currencies, after: Currencies, same: bool
) -> None:
    assert before.counts_as(after) is same
    assert after.counts_as(before) is same
