"""Typing and decoding."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.adapters.sugar_http.values import CONVERTERS, decode, parse_moment
from funnel.adapters.sugar_soap.rows import RowBuilder
from funnel.domain.crm import FieldDef, Problem, Value
from funnel.domain.errors import SugarReplyBroken
from funnel.domain.ids import Module

SUGAR_ESCAPES = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})


@given(st.text().filter(lambda text: "&" not in text))
def test_what_sugar_escapes_is_decoded_to_what_was_typed(text: str) -> None:
    assert decode(text.translate(SUGAR_ESCAPES)) == text


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("R&D", "R&D"),
        ("http://x.test/?a=1&copy=2&lt=3", "http://x.test/?a=1&copy=2&lt=3"),
        ("&amp;lt;", "&amp;lt;"),
        ("&lt;&amp;&gt;", "<&amp;>"),
        ("&reg;", "&reg;"),
        ("&#39;", "'"),
        ("&&lt;", "&<"),
    ],
)
def test_only_sugars_own_four_are_decoded_and_only_once(sent: str, meant: str) -> None:
    assert decode(sent) == meant


def typed(kind: str, text: str) -> tuple[Value, tuple[Problem, ...]]:
    builder = RowBuilder(Module.LEADS, {"f": FieldDef("f", kind, "F")}, ("f",))
    builder.add({"id": "1", "deleted": "0", "f": text})
    (row,) = builder.rows
    return row.fields["f"], row.problems


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("bool", "1", True),
        ("bool", "0", False),
        ("bool", "on", True),
        ("bool", "off", False),
        ("int", "43", 43),
        ("int", "-7", -7),
        ("int", "0", 0),
        ("decimal", "50000.00", "50000.00"),
        ("currency", "1234567890123456.78", "1234567890123456.78"),
        ("currency", "-0.10", "-0.10"),
        ("float", "0.00000000", 0.0),
        ("float", "-1.5e3", -1500.0),
        ("date", "2026-12-31", "2026-12-31"),
        ("date", "2026-12-31 00:00:00", "2026-12-31"),
        ("date", "0000-00-00", None),
        ("datetime", "2026-11-24 10:42:00", "2026-11-24T10:42:00Z"),
        ("datetimecombo", "2026-11-24 10:42", "2026-11-24T10:42:00Z"),
        ("datetime", "2026-11-24T12:42:00+02:00", "2026-11-24T10:42:00Z"),
        ("datetime", "0001-01-01 00:00:00", "0001-01-01T00:00:00Z"),
        ("datetime", "0000-00-00 00:00:00", None),
        ("varchar", "0", "0"),
        ("varchar", " spaced ", " spaced "),
        ("enum", "O&#039;Neill", "O'Neill"),
        ("multienum", "^A^,^B^", "^A^,^B^"),
        ("a type of the future", "x", "x"),
    ],
)
def test_text_becomes_the_value_of_its_type(kind: str, text: str, value: Value) -> None:
    assert typed(kind, text) == (value, ())
    assert type(typed(kind, text)[0]) is type(value)


@pytest.mark.parametrize("kind", [*CONVERTERS, "varchar", "relate"])
def test_empty_is_none_whatever_the_type(kind: str) -> None:
    assert typed(kind, "") == (None, ())


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("bool", "2"),
        ("int", "4.5"),
        ("int", "٣"),
        ("int", "9" * 31),
        ("int", "abc"),
        ("decimal", "1,5"),
        ("currency", "1e5"),
        ("currency", "NaN"),
        ("float", "nan"),
        ("float", "inf"),
        ("float", "x"),
        ("date", "31.12.2026"),
        ("date", "2026-02-30"),
        ("datetime", "2026-13-01 00:00:00"),
        ("datetime", "yesterday"),
    ],
)
def test_what_cannot_be_read_is_none_and_a_problem_that_shows_it(kind: str, text: str) -> None:
    value, problems = typed(kind, text)
    assert value is None
    assert [(one.field, one.raw) for one in problems] == [("f", text)]
    assert problems[0].reason


@given(st.sampled_from(sorted(CONVERTERS)), st.text(min_size=1, max_size=400))
def test_no_text_breaks_the_typing(kind: str, text: str) -> None:
    value, problems = typed(kind, text)
    assert problems == () or (value is None and len(problems[0].raw) <= 200)


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_sugar_can_write_is_read_back(at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert parse_moment(at.isoformat(" ")[:19]) == at


def test_a_record_that_does_not_say_whether_it_is_deleted_has_a_problem() -> None:
    builder = RowBuilder(Module.LEADS, {}, ())
    builder.add({"id": "1", "date_modified": "whenever"})
    (row,) = builder.rows
    assert {one.field for one in row.problems} == {"deleted", "date_modified"}
    assert row.date_modified is None
    assert not row.deleted


def test_a_record_without_an_id_is_refused() -> None:
    with pytest.raises(SugarReplyBroken):
        RowBuilder(Module.LEADS, {}, ()).add({"id": None, "deleted": "0"})


def test_a_date_modified_that_was_asked_for_and_cannot_be_read_is_one_problem() -> None:
    known = {"date_modified": FieldDef("date_modified", "datetime", "")}
    builder = RowBuilder(Module.LEADS, known, ("date_modified",))
    builder.add({"id": "1", "deleted": "0", "date_modified": "whenever"})
    assert [one.field for one in builder.rows[0].problems] == ["date_modified"]
