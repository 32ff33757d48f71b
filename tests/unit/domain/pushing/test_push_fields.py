"""Which fields of a person go up, as what, and what is agreed once they were read back."""

from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.crm import CrmRow, FieldDef, Value
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS, FieldMapping, Flow, Mappings, Rule
from funnel.domain.pushing.push_fields import for_sugar, is_ours, of_existing, of_new, settled
from funnel.domain.sync.records import Edit, Link, Person

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEY = RecordKey(Module.LEADS, SugarId("l1"))
LINK = Link(KEY, "Ada", SugarId("u1"), "ada@x.test")


def person(agreed: dict[str, Value] | None = None, **fields: Value) -> Person:
    """Somebody who is that Lead."""
    return Person(
        TenantId("t"),
        PersonId("p"),
        fields,
        created_at=NOW,
        changed_at=NOW,
        agreed=agreed or {},
        links=(LINK,),
        version=1,
    )


def row(**fields: Value) -> CrmRow:
    """The Lead as Sugar has it."""
    return CrmRow(Module.LEADS, KEY.sugar_id, NOW, False, fields)


def known(*names: str, **kinds: str) -> dict[str, FieldDef]:
    """Fields of the module by name."""
    found = {name: FieldDef(name, "varchar", name) for name in names}
    return found | {name: FieldDef(name, kind, name) for name, kind in kinds.items()}


NOTHING = "nothing"
STANDARD = Mappings()
ALL = known(*STANDARD.read_fields(Module.LEADS))


@pytest.mark.parametrize(
    ("kind", "value", "sent"),
    [
        ("bool", True, True),
        ("bool", "No", False),
        ("bool", "YES", True),
        ("bool", "1", True),
        ("bool", "True", True),
        ("bool", "0", False),
        ("bool", "false", False),
        ("int", "12", 12),
        ("currency", "12.50", "12.50"),
        ("date", "2026-11-24T10:42:00Z", "2026-11-24"),
        ("datetime", "2026-11-24T10:42:00Z", "2026-11-24T10:42:00Z"),
        ("varchar", True, "Yes"),
        ("varchar", None, None),
        ("enum", "Web", "Web"),
        ("multienum", "Web", "^Web^"),
    ],
)
def test_a_value_is_sent_as_sugars_field_takes_it(kind: str, value: Value, sent: Value) -> None:
    assert for_sugar(value, FieldDef("x", kind, "x", options={"": "", "Web": "Web"})) == sent


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("bool", "perhaps"),
        ("int", "many"),
        ("decimal", "NaN"),
        ("date", "soon"),
        ("enum", "Nonsense"),
        ("multienum", "^Web^,^Nonsense^"),
    ],
)
def test_what_sugar_would_keep_as_nonsense_is_not_sent(kind: str, value: Value) -> None:
    with pytest.raises(InputInvalid) as error:
        for_sugar(value, FieldDef("x", kind, "x", options={"Web": "Web"}))
    assert error.value.field == "x"


def test_a_new_record_gets_what_goes_both_ways_and_what_it_does_not_take_is_left_out() -> None:
    fields = {**ALL, "lead_source": FieldDef("lead_source", "enum", "", options={"Web": "Web"})}
    fields["account_name"] = FieldDef("account_name", "relate", "")
    del fields["title"]
    up = of_new(
        person(first_name="Ada", title="Dr", company="Acme", lead_source="Nonsense", city=None),
        Module.LEADS,
        STANDARD,
        fields,
    )
    assert (up.fields, up.left_out) == ({"first_name": "Ada"}, ["lead_source"])


@pytest.mark.parametrize(
    ("agreed", "here", "there", "rule", "sent"),
    [
        ("a", "b", "a", Rule.SUGAR, "b"),
        ("a", None, "a", Rule.SUGAR, None),
        ("a", "a", "b", Rule.HERE, NOTHING),
        ("a", "b", "b", Rule.SUGAR, NOTHING),
        ("a", "b", "c", Rule.SUGAR, NOTHING),
        ("a", "b", "c", Rule.HERE, "b"),
        ("a", "b", None, Rule.SUGAR_UNLESS_BLANK, "b"),
        (None, "b", None, Rule.SUGAR, "b"),
        (None, None, "c", Rule.SUGAR, NOTHING),
    ],
)
def test_of_an_existing_record_that_is_sent_where_ours_wins_the_merge(
    agreed: Value, here: Value, there: Value, rule: Rule, sent: Value
) -> None:
    mappings = Mappings(
        {Module.LEADS: [FieldMapping("title", "title", FieldType.TEXT, rule, Flow.BOTH)]}
    )
    one = person({"title": agreed} if agreed else {}, **({"title": here} if here else {}))
    up = of_existing(one, row(title=there), mappings, ALL)
    assert up.fields == ({} if sent == NOTHING else {"title": sent})
    assert up.before == ({} if sent == NOTHING else {"title": there})


def test_what_was_edited_here_stays_on_a_record_that_is_met_for_the_first_time() -> None:
    edit = {"title": Edit(NOW - timedelta(days=1), "Eva")}
    stranger = Person(
        TenantId("t"),
        PersonId("p"),
        {"title": "Countess", "city": "Rome"},
        created_at=NOW,
        changed_at=NOW,
        edited=edit,
        version=1,
    )
    there = row(title="Dr", primary_address_city="Oslo")
    assert of_existing(stranger, there, STANDARD, ALL).fields == {"title": "Countess"}


def test_a_field_of_ones_own_goes_up_and_one_from_sugar_only_does_not() -> None:
    own = CustomField("custom_size", "Size", FieldType.TEXT, Subject.PERSON)
    pairs = [
        *STANDARD_MAPPINGS[Module.LEADS],
        FieldMapping("size_c", "custom_size", FieldType.TEXT, Rule.SUGAR, Flow.BOTH),
        FieldMapping("rank_c", "custom_rank", FieldType.TEXT, Rule.SUGAR, Flow.FROM_SUGAR),
    ]
    mappings = Mappings({Module.LEADS: pairs}, [own])
    one = person(custom_size="XL", custom_rank="7")
    up = of_new(one, Module.LEADS, mappings, {**ALL, **known("size_c", "rank_c")})
    assert up.fields == {"size_c": "XL"}


@pytest.mark.parametrize(
    ("sent", "got", "ours"),
    [
        ("a", "a", True),
        (None, "", True),
        ("one\r\ntwo ", "one\ntwo", True),
        ("x" * 200, "x" * 100, True),
        ("Annabel", "Anna", False),
        ("Hi \U0001f600 there", "Hi ???? there", True),
        ("\U0001f600", "????", True),
        ("a", "b", False),
        ("a", None, False),
        (True, True, True),
        (True, False, False),
    ],
)
def test_what_was_read_back_is_ours_also_where_sugar_cut_or_garbled_it(
    sent: Value, got: Value, ours: bool
) -> None:
    assert is_ours(sent, got) is ours


def test_an_agreed_value_is_what_was_read_back_and_ours_stays() -> None:
    long = "x" * 200
    one = person({"title": "old"}, title=long)
    after = settled(one, one, {"title": long}, row(title="x" * 100), STANDARD)
    assert (after.fields["title"], after.agreed["title"]) == (long, "x" * 100)
    assert of_existing(after, row(title="y"), STANDARD, ALL).fields == {}


def test_a_change_by_others_between_the_write_and_the_reading_is_left_to_the_merge() -> None:
    one = person({"title": "old"}, title="new")
    assert settled(one, one, {"title": "new"}, row(title="theirs"), STANDARD) is one


def test_what_was_sent_beside_ones_own_values_is_ones_own_unless_edited_meanwhile() -> None:
    one = person()
    sent: dict[str, Value] = {"lead_source": "Web"}
    after = settled(one, one, sent, row(lead_source="Web"), STANDARD)
    assert after.fields == after.agreed == {"lead_source": "Web"}
    edited = person(lead_source="Fair")
    after = settled(one, edited, sent, row(lead_source="Web"), STANDARD)
    assert (after.fields, after.agreed) == ({"lead_source": "Fair"}, {"lead_source": "Web"})
