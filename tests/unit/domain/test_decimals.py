"""Amounts of whatever text Sugar holds: each is a number or is none, and nothing raises."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.connecting.currencies import BASE, UNKNOWN, Currencies, Currency
from funnel.domain.crm import Value
from funnel.domain.decimals import decimal_of, plain_number
from funnel.domain.ids import ConnectionId, ListId, Module, SugarId
from funnel.domain.segments.segment_evaluator import Evaluator
from funnel.domain.segments.segment_facts import facts_of, number_of
from funnel.domain.segments.segment_fields import AMOUNT, by_name, segment_fields_of
from funnel.domain.segments.segments import FieldTest, Group, Operator
from funnel.web.locales import Locale
from tests.unit.dynamodb.rows import key, person, record

AT = datetime(2026, 11, 24, tzinfo=UTC)
ODD = [
    "", " ", "1e22", "99999999999999999999999", "1e400", "-1e400", "1e401", "1e-401", "1e999999",
    "1e-999999", "1e999999999", "1e99999999999999999999", "NaN", "-NaN", "sNaN", "NaN7", "Infinity",
    "-Infinity", "1,000", "$1,200.50", "ten", "-", ".", "1e", "0e999", "-0", "0x10", "١٢", "9" * 5000,
]  # fmt: skip
AMOUNTS = (
    st.sampled_from([*ODD, None, 1e300, 1e-300, 10**30, True])
    | st.decimals().map(str)
    | st.from_regex(r"[+-]?[0-9]{0,40}\.?[0-9]{0,40}([eE][+-]?[0-9]{1,9})?", fullmatch=True)
    | st.floats()
    | st.text(max_size=8)
)
CURRENCIES = st.sampled_from(["", "-99", "eur", "gone", None])


def _known(rate: Value) -> Currencies:
    some = (
        Currency(BASE, "US Dollar", "$", "USD", "1"),
        Currency(SugarId("eur"), "Euro", "€", "EUR", str(rate)),
    )
    return Currencies(ConnectionId("c"), AT, some)


@given(AMOUNTS, AMOUNTS, AMOUNTS, CURRENCIES)
def test_no_amount_of_any_record_stops_facts_segments_or_pages(
    amount: Value, told: Value, rate: Value, currency: str | None
) -> None:
    fields = {"amount": amount, "amount_usdollar": told, "currency_id": currency}
    deal = record("o", key=key("o", Module.OPPORTUNITIES), fields=fields)
    rules = {
        ListId(operator): Group(parts=(FieldTest(AMOUNT, operator, ("600",)),))
        for operator in (Operator.IS, Operator.IS_NOT, Operator.LEAST, Operator.MOST)
    }
    evaluator = Evaluator(rules, by_name(segment_fields_of()))
    for currencies in (_known(rate), UNKNOWN):
        base = currencies.in_base(fields)
        for locale in (Locale("en"), Locale("de")):
            assert len(locale.money(str(amount or ""), "EUR")) < 7_000
            assert base is None or len(locale.money(f"{base:.2f}", "USD")) < 1_200
        facts = facts_of(AT, person("p"), [deal], currencies=currencies)
        assert len(facts.held(AMOUNT)) == (amount is not None and str(amount).strip() != "")
        assert all(len(str(one)) < 6_000 for one in facts.held(AMOUNT))
        found = evaluator.segments_of(facts)
        assert (ListId(Operator.IS) in found) == (facts.numbers(AMOUNT) == (Decimal(600),))
        if currencies.known:
            assert facts.numbers(AMOUNT) == (() if base is None else (base,))


@given(AMOUNTS)
def test_a_decimal_is_written_plainly_with_all_its_digits(value: Value) -> None:
    number = decimal_of(value)
    if number is None:
        return
    text = plain_number(number)
    assert "E" not in text.upper()
    assert len(text.partition(".")[2]) <= 6
    # Exact, whatever the precision of a context is.
    assert abs(Fraction(text) - Fraction(number)) * 2 * 10**6 <= 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("100", "100"),
        ("100.50", "100.5"),
        ("1E+3", "1000"),
        ("0.33333333", "0.333333"),
        ("-0.10", "-0.1"),
        ("99999999999999999999999.5", "99999999999999999999999.5"),
        ("1e22", "1" + "0" * 22),
        ("1e400", "1" + "0" * 400),
    ],
)
def test_a_number_is_written_plainly(value: str, text: str) -> None:
    assert plain_number(Decimal(value)) == text


@pytest.mark.parametrize("value", ["1e401", "1e-401", "1e999999999", "NaN", "sNaN", "Infinity"])
def test_what_no_amount_can_be_is_no_number(value: str) -> None:
    assert decimal_of(value) is None


@pytest.mark.parametrize("value", [1e16, 1.5e300, 1e-05, -2.5])
def test_a_float_of_sugar_is_the_number_it_is(value: float) -> None:
    assert number_of(value) == decimal_of(value) == Decimal(str(value))
