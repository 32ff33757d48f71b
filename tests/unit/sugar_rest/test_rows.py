"""JSON records become the rows that SOAP gives for the same data."""

from datetime import UTC, datetime
from typing import Any

import pytest

from funnel.adapters.sugar_rest.metadata import in_words, module_fields
from funnel.adapters.sugar_rest.rows import RowBuilder, of_addresses
from funnel.domain.crm import CrmRow, Problem, Value
from funnel.domain.errors import ReplyTooLarge, SugarReplyBroken
from funnel.domain.ids import Module

KINDS = {
    "last_name": "varchar",
    "description": "text",
    "amount": "currency",
    "probability": "int",
    "score_c": "float",
    "do_not_call": "bool",
    "date_closed": "date",
    "date_entered": "datetime",
    "interests_c": "multienum",
    "tag": "tag",
    "email": "email",
    "accounts": "link",
}
VARDEFS = {name: {"name": name, "type": kind} for name, kind in KINDS.items()}
ALWAYS = {"id": "1", "date_modified": "2016-04-05T10:23:28-04:00", "deleted": False}


def row(record: dict[str, Any], *wanted: str, cap: int = 1000) -> CrmRow:
    builder = RowBuilder(Module.LEADS, module_fields(VARDEFS), wanted or tuple(KINDS), cap)
    return builder.row({**ALWAYS, **record})


@pytest.mark.parametrize(
    ("name", "told", "value"),
    [
        ("last_name", "O'Neill & <b>", "O'Neill & <b>"),
        ("last_name", "&lt;as typed&gt;", "&lt;as typed&gt;"),
        ("last_name", "", None),
        ("last_name", None, None),
        ("last_name", 42, "42"),
        ("last_name", True, "1"),
        ("amount", "25000.000000", "25000.000000"),
        ("amount", 25000, "25000"),
        ("probability", "90", 90),
        ("probability", 0, 0),
        ("do_not_call", True, True),
        ("do_not_call", "0", False),
        ("date_closed", "2026-12-31", "2026-12-31"),
        ("date_entered", "2016-04-05T10:23:28-04:00", "2016-04-05T14:23:28Z"),
        ("date_entered", "2016-04-05T10:23:28+00:00", "2016-04-05T10:23:28Z"),
        ("interests_c", ["A", "B"], "^A^,^B^"),
        ("interests_c", [], None),
        ("tag", [{"id": "1", "name": "Fair"}, {"id": "2", "name": "VIP"}], "Fair, VIP"),
        ("tag", {"odd": 1}, None),
    ],
)
def test_values_are_typed_by_the_field(name: str, told: object, value: Value) -> None:
    found = row({name: told}, name)
    assert found.fields == {name: value}
    assert found.problems == ()


def test_times_are_utc_and_what_the_record_lacks_the_row_lacks() -> None:
    found = row({}, "last_name")
    assert found.date_modified == datetime(2016, 4, 5, 14, 23, 28, tzinfo=UTC)
    assert found.fields == {}
    assert not found.deleted


def test_what_cannot_be_read_is_a_problem_of_that_field_alone() -> None:
    found = row({"probability": "many", "last_name": "x", "date_modified": "soon"})
    assert found.fields["last_name"] == "x"
    assert found.date_modified is None
    assert found.problems == (
        Problem("probability", "many", "not a whole number"),
        Problem("date_modified", "soon", "not a date and time"),
    )
    silent = {name: value for name, value in ALWAYS.items() if name != "deleted"}
    builder = RowBuilder(Module.LEADS, module_fields(VARDEFS), (), 10)
    assert builder.row(silent).problems == (Problem("deleted", "", "the server did not say"),)


def test_a_record_without_an_id_and_a_value_without_an_end_are_refused() -> None:
    with pytest.raises(SugarReplyBroken):
        row({"id": ""})
    with pytest.raises(ReplyTooLarge):
        row({"description": "x" * 2000})


def address(email: str, primary: object, opt_out: object, invalid: object) -> dict[str, object]:
    return {
        "email_address": email,
        "primary_address": primary,
        "opt_out": opt_out,
        "invalid_email": invalid,
    }


@pytest.mark.parametrize(
    ("told", "email1", "email2", "opt_out", "invalid"),
    [
        ([], None, None, None, None),
        ([address("a@x", True, False, True)], "a@x", None, False, True),
        ([address("a@x", "1", "1", "0")], "a@x", None, True, False),
        (
            [address("b@x", False, True, True), address("a@x", True, False, False)],
            *("a@x", "b@x", False, False),
        ),
        ([address("b@x", "0", "1", "1")], None, "b@x", None, None),
        ([address("a@x", True, None, "")], "a@x", None, None, None),
        (["odd", address("", True, True, True)], None, None, None, None),
    ],
)
def test_the_fields_of_addresses_are_those_of_the_primary_one_and_never_guessed(
    told: list[Any],
    email1: str | None,
    email2: str | None,
    opt_out: bool | None,
    invalid: bool | None,
) -> None:
    assert of_addresses(told) == {
        "email1": email1,
        "email2": email2,
        "email_opt_out": opt_out,
        "invalid_email": invalid,
    }


def test_addresses_are_asked_for_in_one_field_and_told_in_soaps() -> None:
    builder = RowBuilder(Module.LEADS, module_fields(VARDEFS), ("email1", "email_opt_out"), 100)
    assert builder.asked() == ["id", "date_modified", "deleted", "email"]
    found = builder.row({**ALWAYS, "email": [address("a@x", True, True, False)]})
    assert found.fields == {"email1": "a@x", "email_opt_out": True}
    assert builder.row(ALWAYS).fields == {}


LANGUAGE = {
    "app_strings": {"LBL_ID": "ID"},
    "mod_strings": {"Leads": {"LBL_STATUS": "Status:"}},
    "app_list_strings": {
        "as_map": {"": "", "New": "Neu", "Dead": "Tot"},
        "as_pairs": [["", ""], ["b", "B first"], ["a", "A second"]],
    },
}


def test_fields_come_in_the_users_words_and_their_options_in_order() -> None:
    told = {
        "id": {"name": "id", "type": "id", "vname": "LBL_ID", "required": "true"},
        "status": {"name": "status", "type": "enum", "vname": "LBL_STATUS", "options": "as_map"},
        "kind": {"name": "kind", "type": "enum", "vname": "LBL_NONE", "options": "as_pairs"},
        "gone": {"name": "gone", "type": "enum", "options": "no_such_list"},
        "accounts": {"name": "accounts", "type": "link"},
        "_hash": "abc",
    }
    fields = module_fields(told)
    words = {one.name: one for one in in_words("Leads", fields, LANGUAGE)}
    assert set(words) == {"id", "status", "kind", "gone"}
    assert (words["id"].label, words["id"].required) == ("ID", True)
    assert (words["status"].label, dict(words["status"].options)) == (
        "Status",
        {"New": "Neu", "Dead": "Tot"},
    )
    assert list(words["kind"].options.items()) == [("b", "B first"), ("a", "A second")]
    assert words["kind"].label == "kind"
    assert words["gone"].options == {}
    silent: list[dict[str, Any]] = [
        {},
        {"mod_strings": [], "app_list_strings": [], "app_strings": None},
    ]
    for odd in silent:
        assert [one.label for one in in_words("Leads", fields, odd)] == list(words)
