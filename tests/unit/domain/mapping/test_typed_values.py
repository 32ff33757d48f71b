"""What people type, as the values that fields hold."""

import pytest

from funnel.domain.crm import Value
from funnel.domain.errors import InputInvalid
from funnel.domain.mapping.fields import FieldType, as_type
from funnel.domain.mapping.typed_values import LONGEST_VALUE, checked_address, typed, typed_fields


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldType.TEXT, "  Ann ", "Ann"),
        (FieldType.TEXT, "   ", None),
        (FieldType.INTEGER, "-12", -12),
        (FieldType.INTEGER, 12, 12),
        (FieldType.DECIMAL, "1250.50", "1250.50"),
        (FieldType.MONEY, "1e3", "1000"),
        (FieldType.INTEGER, "1" + "0" * 18, 10**18),
        (FieldType.DECIMAL, "-1" + "0" * 18, "-1" + "0" * 18),
        (FieldType.YES_NO, "Yes", True),
        (FieldType.YES_NO, "TRUE", True),
        (FieldType.YES_NO, "1", True),
        (FieldType.YES_NO, "0", False),
        (FieldType.YES_NO, "false", False),
        (FieldType.TEXT, True, "yes"),
        (FieldType.TEXT, False, "no"),
        (FieldType.TEXT, "x" * LONGEST_VALUE, "x" * LONGEST_VALUE),
        (FieldType.YES_NO, False, False),
        (FieldType.DATE, "2026-11-24", "2026-11-24"),
        (FieldType.DATE, "24.11.2026", "2026-11-24"),
        (FieldType.DATE, "1.2.1980", "1980-02-01"),
        (FieldType.MOMENT, "2026-11-24 10:42", "2026-11-24T10:42:00Z"),
        (FieldType.MOMENT, "2026-11-24T10:42:00+02:00", "2026-11-24T08:42:00Z"),
        (FieldType.EMAIL, " Ann@X.test", "ann@x.test"),
        (FieldType.PHONE, "+49 (0) 30 1 ext. 5", "+49 (0) 30 1 ext. 5"),
        (FieldType.URL, "www.x.test/a?b", "www.x.test/a?b"),
        (FieldType.URL, "https://x.test:8443", "https://x.test:8443"),
        (FieldType.CHOICE, "Cold Call", "Cold Call"),
        (FieldType.CHOICES, "a, b,", "^a^,^b^"),
        (FieldType.CHOICES, "^a^,^b^", "^a^,^b^"),
        (FieldType.TEXT, None, None),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_fields_type(
    kind: FieldType, text: Value, value: Value
) -> None:
    assert typed(kind, "field", text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FieldType.INTEGER, "1.5"),
        (FieldType.INTEGER, "1" + "0" * 19),
        (FieldType.DECIMAL, "1,5"),
        (FieldType.DECIMAL, "Infinity"),
        (FieldType.MONEY, "9e99"),
        (FieldType.MONEY, "1e9999999"),
        (FieldType.DECIMAL, "1e-999999999"),
        (FieldType.DECIMAL, "sNaN"),
        (FieldType.YES_NO, "perhaps"),
        (FieldType.DATE, "11/24/2026"),
        (FieldType.DATE, "11.24.2026"),
        (FieldType.DATE, "24.11.26"),
        (FieldType.MOMENT, "soon"),
        (FieldType.EMAIL, "ann@x"),
        (FieldType.EMAIL, "ann x@x.test"),
        (FieldType.EMAIL, "a" * 250 + "@x.test"),
        (FieldType.PHONE, "none"),
        (FieldType.URL, "javascript:alert(1)"),
        (FieldType.URL, "no address"),
        (FieldType.TEXT, "x" * (LONGEST_VALUE + 1)),
    ],
)
def test_what_is_none_of_the_type_is_refused_by_the_fields_name(kind: FieldType, text: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        typed(kind, "the_field", text)
    assert refused.value.field == "the_field"


def test_an_address_without_a_fields_name_is_the_email() -> None:
    assert checked_address(" Ann@X.test ") == "ann@x.test"
    assert checked_address("a" * 247 + "@x.test") == "a" * 247 + "@x.test"
    with pytest.raises(InputInvalid) as refused:
        checked_address("ann")
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (FieldType.TEXT, True, "Yes"),
        (FieldType.CHOICE, False, "No"),
        (FieldType.YES_NO, False, False),
        (FieldType.INTEGER, 7, 7),
        (FieldType.DATE, "2026-11-24T10:42:00Z", "2026-11-24"),
        (FieldType.CHOICES, "^a^,^b^", "^a^,^b^"),
        (FieldType.CHOICES, "a", "^a^"),
        (FieldType.TEXT, 12, "12"),
        (FieldType.TEXT, None, None),
    ],
)
def test_a_value_of_sugar_is_kept_by_the_type_of_our_field(
    kind: FieldType, value: Value, kept: Value
) -> None:
    assert as_type(value, kind) is kept if isinstance(kept, bool) else as_type(value, kind) == kept


def test_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputInvalid, match="no field “shoe_size”"):
        typed_fields({"title": FieldType.TEXT}, {"title": "CEO", "shoe_size": "40"})
