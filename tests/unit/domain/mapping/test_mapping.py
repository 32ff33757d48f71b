"""Which field goes into which, what it becomes there, and who wins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.crm import FieldDef, Value
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.mapping.fields import (
    CustomField,
    FieldType,
    Subject,
    as_type,
    choices,
    fits,
    type_of,
)
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS, FieldMapping, Mappings, Rule
from funnel.domain.people.people import merge_fields, sources, sugar_values, with_edits, with_links
from funnel.domain.sync.records import Edit, Link, Person, ReadStamp, State, SugarRecord

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TENANT = TenantId("acme")


def record(module: Module, sugar_id: str, changed: datetime = NOW, **fields: Value) -> SugarRecord:
    return SugarRecord(
        TENANT, RecordKey(module, SugarId(sugar_id)), State.SYNCED, fields,
        ReadStamp(changed, NOW, NOW), "", "", NOW,
    )  # fmt: skip


def linked(records: list[SugarRecord], person: Person, mappings: Mappings) -> Person:
    links = [Link(r.key, "", SugarId(""), "") for r in records]
    after, _ = with_links(person, links, {r.key: r for r in records}, NOW, mappings)
    return after


def leads(*changed: FieldMapping) -> Mappings:
    """The standard mapping of Leads, with these in place of what goes into the same fields."""
    fields = {one.field for one in changed}
    kept = [one for one in STANDARD_MAPPINGS[Module.LEADS] if one.field not in fields]
    return Mappings({Module.LEADS: (*kept, *changed)})


@pytest.mark.parametrize(
    ("sugar", "ours", "value", "kept"),
    [
        ("int", FieldType.TEXT, 7, "7"),
        ("bool", FieldType.TEXT, True, "Yes"),
        ("int", FieldType.INTEGER, 7, 7),
        ("bool", FieldType.YES_NO, False, False),
        ("currency", FieldType.DECIMAL, "7.50", "7.50"),
        ("datetimecombo", FieldType.DATE, "2026-11-24T10:42:00Z", "2026-11-24"),
        ("enum", FieldType.CHOICES, "a", "^a^"),
        ("multienum", FieldType.CHOICES, "^a^,^b^", "^a^,^b^"),
        ("varchar", FieldType.PHONE, "+49 1", "+49 1"),
        ("date", FieldType.DATE, None, None),
    ],
)
def test_what_fits_becomes_what_our_field_holds(
    sugar: str, ours: FieldType, value: Value, kept: Value
) -> None:
    assert fits(type_of(FieldDef("x", sugar, "X")), ours)
    assert as_type(value, ours) == kept


@pytest.mark.parametrize(
    ("sugar", "ours"),
    [
        ("varchar", FieldType.INTEGER),
        ("varchar", FieldType.DATE),
        ("decimal", FieldType.INTEGER),
        ("bool", FieldType.CHOICE),
        ("multienum", FieldType.CHOICE),
        ("date", FieldType.MOMENT),
        ("text", FieldType.YES_NO),
    ],
)
def test_what_could_lose_something_does_not_fit(sugar: str, ours: FieldType) -> None:
    assert not fits(type_of(FieldDef("x", sugar, "X")), ours)


def test_the_standard_mappings_hold_what_our_fields_hold() -> None:
    for found in STANDARD_MAPPINGS.values():
        assert len({one.field for one in found}) == len(found)
    assert choices("^a^,^b c^") == ["a", "b c"]
    assert choices("") == []


def test_a_custom_field_is_read_and_kept_under_our_name() -> None:
    mappings = Mappings(
        {Module.LEADS: [FieldMapping("size_c", "custom_size", FieldType.TEXT)]},
        [CustomField("custom_size", "Size", FieldType.TEXT, Subject.PERSON)],
    )
    assert "size_c" in mappings.read_fields(Module.LEADS)
    assert "phone_fax" not in mappings.read_fields(Module.LEADS)
    assert "last_name" in mappings.read_fields(Module.LEADS)
    assert mappings.apply(Module.LEADS, {"size_c": 12, "title": "CEO"}) == {"custom_size": "12"}
    assert mappings.of(Module.CONTACTS) == STANDARD_MAPPINGS[Module.CONTACTS]


def test_a_field_that_sugar_did_not_tell_is_left_as_it_is() -> None:
    before = Person(TENANT, PersonId("p"), {"title": "CTO"}, NOW, NOW, {"title": "CTO"}, version=1)
    told_nothing = linked([record(Module.LEADS, "l", last_name="Ott")], before, Mappings())
    assert told_nothing.fields["title"] == "CTO"
    told_empty = linked([record(Module.LEADS, "l", title=None)], before, Mappings())
    assert "title" not in told_empty.fields


def test_what_is_no_longer_mapped_keeps_its_value() -> None:
    before = Person(TENANT, PersonId("p"), {"title": "CTO"}, NOW, NOW, {"title": "CTO"}, version=1)
    only_name = Mappings({Module.LEADS: [FieldMapping("last_name", "last_name", FieldType.TEXT)]})
    after = linked([record(Module.LEADS, "l", last_name="Ott", title="CEO")], before, only_name)
    assert after.fields == {"last_name": "Ott", "title": "CTO"}


@pytest.mark.parametrize(
    ("rule", "edited", "theirs", "kept"),
    [
        (Rule.SUGAR, NOW, "Sugar's", "Sugar's"),
        (Rule.HERE, NOW, "Sugar's", "ours"),
        (Rule.NEWEST, NOW + timedelta(hours=1), "Sugar's", "ours"),
        (Rule.NEWEST, NOW - timedelta(hours=1), "Sugar's", "Sugar's"),
        (Rule.SUGAR_UNLESS_BLANK, NOW, "Sugar's", "Sugar's"),
        (Rule.SUGAR_UNLESS_BLANK, NOW, None, "ours"),
        (Rule.SUGAR, NOW, None, None),
    ],
)
def test_where_both_sides_changed_the_rule_decides(
    rule: Rule, edited: datetime, theirs: Value, kept: Value
) -> None:
    mappings = leads(FieldMapping("title", "title", FieldType.TEXT, rule))
    before = Person(
        TENANT, PersonId("p"), {"title": "ours"}, NOW, NOW, {"title": "agreed"},
        {"title": Edit(edited, "Ada")}, links=(Link(RecordKey(Module.LEADS, SugarId("l")), "", SugarId(""), ""),), version=1,
    )  # fmt: skip
    after = linked([record(Module.LEADS, "l", title=theirs)], before, mappings)
    assert after.fields.get("title") == kept


def test_newest_is_decided_once_whatever_else_of_the_record_is_saved_later() -> None:
    """A record has one time of change: a later save of another field makes nothing newer."""
    mappings = leads(FieldMapping("title", "title", FieldType.TEXT, Rule.NEWEST))
    person = Person(
        TENANT, PersonId("p"), {"title": "ours"}, NOW, NOW, {"title": "agreed"},
        {"title": Edit(NOW + timedelta(hours=1), "Ada")}, version=1,
    )  # fmt: skip
    person = linked([record(Module.LEADS, "l", title="Sugar's")], person, mappings)
    later = record(
        Module.LEADS, "l", NOW + timedelta(hours=2), title="Sugar's", primary_address_city="Ulm"
    )
    person = linked([later], person, mappings)
    assert (person.fields["title"], person.fields["city"]) == ("ours", "Ulm")
    changed = record(Module.LEADS, "l", NOW + timedelta(hours=3), title="again")
    assert linked([changed], person, mappings).fields["title"] == "again"


def test_sugar_unless_blank_keeps_ours_where_only_sugar_was_emptied() -> None:
    mappings = leads(FieldMapping("title", "title", FieldType.TEXT, Rule.SUGAR_UNLESS_BLANK))
    before = Person(TENANT, PersonId("p"), {"title": "CTO"}, NOW, NOW, {"title": "CTO"}, version=1)
    after = linked([record(Module.LEADS, "l", title=None)], before, mappings)
    assert after.fields == {"title": "CTO"}


def test_an_edit_says_who_made_it_until_sugars_value_takes_its_place() -> None:
    person = Person(TENANT, PersonId("p"), {"title": "CTO"}, NOW, NOW, {"title": "CTO"}, version=1)
    edited, changes = with_edits(person, {"title": "CEO", "city": None}, "Ada", NOW)
    assert edited.edited == {"title": Edit(NOW, "Ada")}
    assert [(c.field, c.before, c.after, c.rule) for c in changes] == [
        ("title", "CTO", "CEO", "edited here")
    ]
    same = linked([record(Module.LEADS, "l", title="CTO")], edited, Mappings())
    assert (same.fields["title"], same.edited) == ("CEO", {"title": Edit(NOW, "Ada")})
    replaced = linked([record(Module.LEADS, "l", title="CFO")], same, Mappings())
    assert (replaced.fields["title"], replaced.edited) == ("CFO", {})


def test_the_source_of_a_value_is_the_record_it_is_taken_from() -> None:
    contact = record(Module.CONTACTS, "c", title="CTO", phone_home=None, first_name=None)
    lead = record(Module.LEADS, "l", title="CEO", phone_home="1", last_name="Ott")
    found = sources([contact, lead])
    assert found["title"] is contact
    assert found["phone_home"] is lead
    assert found["last_name"] is lead
    assert sugar_values([contact, lead])["title"] == "CTO"


def test_outside_what_sugar_tells_nothing_is_merged() -> None:
    fields, agreed, changes = merge_fields({}, {"a": "1"}, {"a": "1"}, known=frozenset())
    assert (fields, agreed, changes) == ({"a": "1"}, {"a": "1"}, [])


def test_an_edit_survives_being_parted_and_joined_again() -> None:
    contact = record(Module.CONTACTS, "c", title="Director", last_name="Ott")
    lead = record(Module.LEADS, "l", title=None, last_name="Ott")
    person = Person(TENANT, PersonId("p"), {}, NOW, NOW)
    person = replace(linked([contact, lead], person, Mappings()), version=1)
    person, _ = with_edits(person, {"title": "Head of Tests"}, "Ada", NOW)
    alone = linked([lead], person, Mappings())
    again = linked([contact, lead], alone, Mappings())
    assert (alone.fields["title"], again.fields["title"]) == ("Head of Tests", "Head of Tests")
    assert again.edited == {"title": Edit(NOW, "Ada")}
    moved = record(Module.CONTACTS, "c", title="CEO", last_name="Ott")
    assert linked([moved, lead], again, Mappings()).fields["title"] == "CEO"
