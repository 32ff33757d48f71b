"""Segments' rules as plain data and in words."""

from typing import Any

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.problems import MOST_TOLD, all_wrong
from funnel.domain.segments.rule_json import read_rule, rule_of, rule_to_json
from funnel.domain.segments.rule_words import Names, rule_words
from funnel.domain.segments.segment_fields import by_name, segment_fields_of

FIELDS = segment_fields_of(
    [
        CustomField("custom_seats", "Seats", FieldType.INTEGER, Subject.PERSON),
        CustomField("custom_site", "Site", FieldType.TEXT, Subject.ACCOUNT),
    ],
    {"sales_stage": {"Closed Won": "Won"}},
)
NAMES = Names(by_name(FIELDS), {ListId("l1"): "Friends"})

WON = {"test": "field", "field": "sales_stage", "operator": "is", "values": ["Closed Won"]}
BEHAVIOUR = {
    "test": "behaviour",
    "kind": "page view",
    "page": "/pricing*",
    "form": "",
    "email": "",
    "link": "",
    "least": 2,
    "days": 30,
}
RULE = {
    "match": "all",
    "parts": [
        WON,
        {"match": "any", "parts": [{"test": "list", "list": "l1"}, BEHAVIOUR]},
        {"match": "none", "parts": [{**WON, "field": "country", "values": ["France", "Spain"]}]},
    ],
}


def test_a_rule_is_the_same_after_it_was_read_and_written() -> None:
    assert rule_to_json(rule_of(RULE, FIELDS)) == RULE


def test_a_rule_is_told_in_words() -> None:
    assert rule_words(rule_of(RULE, FIELDS), NAMES) == (
        "Sugar Sales Stage is “Won” and (is on the list “Friends” or visited /pricing* "
        "at least 2 times in the last 30 days) and not (Country is “France” or “Spain”)"
    )
    assert rule_words(rule_of({"match": "any", "parts": []}, FIELDS), NAMES) == "nobody"
    assert rule_words(rule_of({"parts": []}, FIELDS), NAMES) == "everybody"


def _without(part: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != name}


def _field(**changes: Any) -> dict[str, Any]:
    return {"match": "all", "parts": [WON, {"parts": [{**WON, **changes}]}]}


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        (_field(field="nothing"), "parts.1.parts.0.field"),
        (_field(field="custom_site"), "parts.1.parts.0.field"),
        (_field(operator="is at least"), "parts.1.parts.0.operator"),
        (_field(operator="resembles"), "parts.1.parts.0.operator"),
        (_field(values=[]), "parts.1.parts.0.values"),
        (_field(values={"a": 1}), "parts.1.parts.0.values"),
        (
            _field(field="amount", operator="is at least", values=["many"]),
            "parts.1.parts.0.values",
        ),
        (
            _field(field="amount", operator="is at least", values=["1", "2"]),
            "parts.1.parts.0.values",
        ),
        (
            _field(field="close_date", operator="is before", values=["soon"]),
            "parts.1.parts.0.values",
        ),
        (
            _field(field="close_date", operator="was in the last days", values=["-1"]),
            "parts.1.parts.0.values",
        ),
        (_field(test="mood"), "parts.1.parts.0.test"),
        ({"match": "some", "parts": []}, "match"),
        ({"parts": {}}, "parts"),
        ({"parts": [{"test": "list"}]}, "parts.0.list"),
        ({"parts": [{**BEHAVIOUR, "least": 0}]}, "parts.0.least"),
        ({"parts": [{**BEHAVIOUR, "days": "x"}]}, "parts.0.days"),
        ({"parts": [{**BEHAVIOUR, "form": "f"}]}, "parts.0.form"),
        ({"parts": [{**BEHAVIOUR, "kind": "a dance"}]}, "parts.0.kind"),
        ({"parts": [WON] * 51}, "parts.50"),
        ({"parts": [_without(BEHAVIOUR, "test")]}, "parts.0.test"),
        ({"parts": [_without(WON, "test")]}, "parts.0.test"),
        ({"parts": [WON, {}]}, "parts.1.test"),
        ({"parts": [WON, {"match": "any"}]}, "parts.1.test"),
        (_field(value=["Closed Won"]), "parts.1.parts.0"),
        (_field(field="consent", values=["welcome"]), "parts.1.parts.0.values"),
        ({"parts": [{"test": "list", "list": "l1", "days": 30}]}, "parts.0"),
        ({"parts": [{**BEHAVIOUR, "times": 2}]}, "parts.0"),
        ({"parts": [{"parts": [WON], "none": True}]}, "parts.0"),
        ({"parts": [WON], "match all": True}, "rule"),
        ({}, "parts"),
        ({"match": "any"}, "parts"),
        (WON, "parts"),
        ("everybody", "rule"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(rule: Any, path: str) -> None:
    with pytest.raises(InputInvalid) as caught:
        rule_of(rule, FIELDS)
    assert caught.value.field == path


@pytest.mark.parametrize(
    ("part", "paths"),
    [
        (
            {**WON, "operator": "resembles", "values": {"a": 1}, "value": 1, "other": 2},
            ["", "", ".operator", ".values"],
        ),
        ({"test": "field", "field": "nothing", "values": [None]}, [".field", ".values"]),
        ({"test": "list", "days": 30}, ["", ".list"]),
        (
            {**BEHAVIOUR, "kind": "a dance", "least": 0, "days": "x", "times": 2},
            ["", ".kind", ".least", ".days"],
        ),
        ({**BEHAVIOUR, "form": "f", "least": 0, "days": "x"}, [".form", ".least", ".days"]),
    ],
)
def test_all_that_is_wrong_with_a_part_and_with_those_around_it_is_told(
    part: dict[str, Any], paths: list[str]
) -> None:
    group = {"match": "some", "sorted": True, "parts": [part, {}]}
    read = read_rule({"match": "most", "parts": [WON, group, {"parts": 1}]}, FIELDS)
    with pytest.raises(InputInvalid) as caught:
        read.wrong.raise_all()
    assert [one.field for one in all_wrong(caught.value)] == [
        "match",
        "parts.1.match",
        "parts.1",
        *(f"parts.1.parts.0{path}" for path in paths),
        "parts.1.parts.1.test",
        "parts.2.parts",
    ]
    assert read.tests == {"parts.0": rule_of({"parts": [WON]}, FIELDS).parts[0]}


def test_of_a_rule_that_is_wrong_without_end_a_hundred_things_are_told() -> None:
    for rule, most in (({"parts": [{}] * 999}, 51), ({"parts": [{"parts": 1}] * 999}, MOST_TOLD)):
        with pytest.raises(InputInvalid) as caught:
            rule_of(rule, FIELDS)
        assert len(all_wrong(caught.value)) == most


def test_groups_go_five_deep() -> None:
    rule: dict[str, Any] = {"parts": []}
    for _ in range(4):
        rule = {"parts": [rule]}
    rule_of(rule, FIELDS)
    with pytest.raises(InputInvalid) as caught:
        rule_of({"parts": [rule]}, FIELDS)
    assert caught.value.field == "parts.0.parts.0.parts.0.parts.0.parts.0"


def test_values_are_kept_as_their_field_keeps_them() -> None:
    rule = rule_of(
        {
            "parts": [
                {"test": "field", "field": "do_not_call", "operator": "is", "values": ["True"]},
                {"test": "field", "field": "custom_seats", "operator": "is", "values": [7, " 7 "]},
                {"test": "field", "field": "phone_work", "operator": "is empty", "values": ["x"]},
                {
                    "test": "field",
                    "field": "created_at",
                    "operator": "is after",
                    "values": ["2026-11-24"],
                },
            ]
        },
        FIELDS,
    )
    values = [one["values"] for one in rule_to_json(rule)["parts"]]
    assert values == [["yes"], ["7"], [], ["2026-11-24"]]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("$10,000", "10000"), ("10.000,50 €", "10000.50"), ("10 000", "10000"), ("-5.5", "-5.5"),
        ("1250.50", "1250.50"), ("7", "7"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(typed: str, kept: str) -> None:
    rule = {"test": "field", "field": "amount", "operator": "is at least", "values": [typed]}
    found = rule_to_json(rule_of({"match": "all", "parts": [rule]}, FIELDS))
    assert found["parts"][0]["values"] == [kept]


@pytest.mark.parametrize("typed", ["ten", "10 apples", "1-2", ""])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    rule = {"test": "field", "field": "amount", "operator": "is at least", "values": [typed]}
    with pytest.raises(InputInvalid):
        rule_of({"match": "all", "parts": [rule]}, FIELDS)
