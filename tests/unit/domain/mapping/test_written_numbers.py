"""Numbers as spreadsheets write them: each form in both styles, and what cells tell of theirs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.errors import InputInvalid
from funnel.domain.mapping.fields import NUMBERS, FieldType
from funnel.domain.mapping.typed_values import typed
from funnel.domain.mapping.written_numbers import (
    WRITTEN,
    NumberCells,
    NumberStyle,
    told_by,
    typed_written,
)

PLAIN, POINT, COMMA = NumberStyle
DECIMAL, WHOLE, MONEY = FieldType.DECIMAL, FieldType.INTEGER, FieldType.MONEY
REFUSED = None


def number(kind: FieldType, text: str, style: NumberStyle) -> object:
    try:
        return typed_written(kind, "size", text, style)
    except InputInvalid:
        return REFUSED


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1250", "1250", "1250"),
        ("0", "0", "0"),
        ("+7", "7", "7"),
        ("-12", "-12", "-12"),
        ("\u221212", "-12", "-12"),
        ("1.250", "1.250", "1250"),
        ("1,250", "1250", "1.250"),
        ("-1.250", "-1.250", "-1250"),
        ("1,250.50", "1250.50", REFUSED),
        ("1.250,50", REFUSED, "1250.50"),
        ("1.250.000", REFUSED, "1250000"),
        ("1,250,000", "1250000", REFUSED),
        ("12,5", REFUSED, "12.5"),
        ("12.5", "12.5", REFUSED),
        ("1250.50", "1250.50", REFUSED),
        ("0.125", "0.125", REFUSED),
        ("-0,125", REFUSED, "-0.125"),
        ("1 250 000", "1250000", "1250000"),
        ("1 250,5", REFUSED, "1250.5"),
        ("1\u00a0250.5", "1250.5", REFUSED),
        ("1\u202f250,5", REFUSED, "1250.5"),
        ("1'250.50", "1250.50", REFUSED),
        ("1\u2019250", "1250", "1250"),
        (".5", "0.5", REFUSED),
        (",5", REFUSED, "0.5"),
        ("5.", "5", REFUSED),
        ("1.2e3", "1200", REFUSED),
        ("1,2E+3", REFUSED, "1200"),
        ("1,2500", REFUSED, "1.2500"),
        ("12,50,000", REFUSED, REFUSED),
        ("1,250'000", REFUSED, REFUSED),
        ("1.250,50 €", REFUSED, REFUSED),
        ("5 %", REFUSED, REFUSED),
        ("-", REFUSED, REFUSED),
        (".", REFUSED, REFUSED),
        (",", REFUSED, REFUSED),
        ("e3", REFUSED, REFUSED),
        ("ten", REFUSED, REFUSED),
        ("Infinity", REFUSED, REFUSED),
        ("9e99", REFUSED, REFUSED),
        ("1" * 3_000, REFUSED, REFUSED),
    ],
)
def test_a_number_is_read_as_its_file_writes_it(
    text: str, point: str | None, comma: str | None
) -> None:
    for kind in (DECIMAL, MONEY):
        assert (number(kind, text, POINT), number(kind, text, COMMA)) == (point, comma)


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("12", 12, 12),
        ("-1.250", REFUSED, -1250),
        ("1,250", 1250, REFUSED),
        ("1.250,00", REFUSED, 1250),
        ("12.0", 12, REFUSED),
        ("12.5", REFUSED, REFUSED),
        ("1,000", 1000, REFUSED),
        ("1.000", REFUSED, 1000),
        ("1e3", REFUSED, REFUSED),
        (",0", REFUSED, REFUSED),
    ],
)
def test_a_whole_number_has_groups_but_nothing_behind_its_point(
    text: str, point: int | None, comma: int | None
) -> None:
    assert (number(WHOLE, text, POINT), number(WHOLE, text, COMMA)) == (point, comma)


def test_what_is_refused_says_what_it_is_and_how_it_is_written() -> None:
    with pytest.raises(InputInvalid) as refused:
        typed_written(DECIMAL, "size", "12.5", COMMA)
    assert refused.value.field == "size"
    assert refused.value.text.startswith("“12.5” is no number written as “1.250,50”; write it so")
    with pytest.raises(InputInvalid) as refused:
        typed_written(WHOLE, "size", "1.5", POINT)
    assert refused.value.field == "size"
    assert refused.value.text.startswith("“1.5” is no whole number written as “1,250”; write it so")
    with pytest.raises(InputInvalid) as long:
        typed_written(DECIMAL, "size", "x" * 20_000, POINT)
    assert len(long.value.text) < 200


@given(
    st.sampled_from(sorted(FieldType)),
    st.text(max_size=12) | st.from_regex(r"[0-9.,]{1,9}", fullmatch=True),
    st.sampled_from(NumberStyle),
)
def test_only_numbers_are_read_otherwise_and_plain_ones_as_ever(
    kind: FieldType, text: str, style: NumberStyle
) -> None:
    def result(style: NumberStyle | None) -> object:
        try:
            found = (
                typed(kind, "f", text) if style is None else typed_written(kind, "f", text, style)
            )
        except InputInvalid as refused:
            return refused.text
        return found

    if kind not in NUMBERS or style is PLAIN:
        assert result(style) == result(None)


@given(st.decimals(-(10**17), 10**17, places=2), st.sampled_from([POINT, COMMA]))
def test_a_number_that_is_written_out_is_read_back(value: Decimal, style: NumberStyle) -> None:
    marks = {",": ".", ".": ","} if style is COMMA else {}
    text = "".join(marks.get(sign, sign) for sign in f"{value:,.2f}")
    assert Decimal(str(typed_written(DECIMAL, "f", text, style))) == value


def told(*cells: str, kind: FieldType = DECIMAL) -> NumberCells | None:
    return told_by((kind, cell) for cell in cells)


def test_cells_tell_their_style_where_they_fit_one_only() -> None:
    for style, text in WRITTEN.items():
        assert told("1.250", text, "1,250") == NumberCells(style)
    assert told("12,5") == told("1.250.000") == told("0,125") == NumberCells(COMMA)
    assert told("12.5", "7") == told("1,250,000") == told("0.125") == NumberCells(POINT)
    assert told("12,5", "13,5", "13.5") == NumberCells(COMMA), "most of them"


def test_a_group_in_a_whole_number_tells_it() -> None:
    assert told("1.250", kind=WHOLE) == told("1.000", kind=WHOLE) == NumberCells(COMMA)
    assert told("1,250", kind=WHOLE) == NumberCells(POINT)


def test_cells_that_leave_it_open_say_which_is_in_doubt() -> None:
    assert told("7", "1.250", "2.500") == NumberCells(None, "1.250")
    assert told("12,5", "12.5") == NumberCells(None)
    assert told("1'250") == NumberCells(None), "one number in both, but not as we write it"


def test_a_number_that_is_too_large_in_one_style_fits_the_other() -> None:
    assert told("1.250e17") == NumberCells(POINT)
    assert told("1,250e17", "7") == NumberCells(COMMA)
    assert told("1.250e99") is told("1,250e20") is None, "too large in both"


def test_cells_that_are_the_same_in_all_styles_tell_nothing() -> None:
    assert told() is None
    assert told("1250", "-7", "ten", "24.11.2026", "5 %") is None
