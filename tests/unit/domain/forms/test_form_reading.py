"""What is taken of a form that was sent, field by field."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.forms.form_reading import begun_with, read_form
from funnel.domain.forms.forms import Form, FormField, FormId, Widget, goes_to
from funnel.domain.ids import TenantId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site

NOW = datetime(2026, 11, 24, tzinfo=UTC)
EMAIL = FormField("email", "Address", Widget.EMAIL, required=True, kind=FieldType.EMAIL)
SITE = Site(TenantId("t"), SiteKey("s"), "Shop", ("example.com",), NOW)


def form(*fields: FormField) -> Form:
    return Form(TenantId("t"), FormId("f"), SiteKey("s"), "Fair", (EMAIL, *fields), NOW, NOW, "Ann")


def one(widget: Widget, kind: FieldType = FieldType.TEXT, **more: object) -> FormField:
    return replace(FormField("x", "X", widget, kind=kind), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        (one(Widget.TEXT), "  two\r\nlines\x00 ", "two lines"),
        (one(Widget.LONG_TEXT), " two\r\nlines\x00 ", "two\nlines"),
        (one(Widget.NUMBER, FieldType.INTEGER), "12", "12"),
        (one(Widget.NUMBER, FieldType.MONEY), "1250,5", "1250.5"),
        (one(Widget.DATE, FieldType.DATE), "2026-02-28", "2026-02-28"),
        (one(Widget.PHONE, FieldType.PHONE), "+47 22", "+47 22"),
        (one(Widget.URL, FieldType.URL), "example.com", "example.com"),
        (one(Widget.EMAIL), "B@x.test", "B@x.test"),
        (one(Widget.CHOICE, options=("S", "M")), "M", "M"),
        (one(Widget.YES_NO, FieldType.YES_NO), "on", "yes"),
        (one(Widget.YES_NO, FieldType.YES_NO), "", "no"),
        (one(Widget.URL), "http://example.com:8080/a", "http://example.com:8080/a"),
        (one(Widget.URL), "HTTPS://example.com", "HTTPS://example.com"),
        (one(Widget.CHOICE, FieldType.YES_NO, options=("1", "0")), "1", "yes"),
        (one(Widget.CHOICE, FieldType.YES_NO, options=("1", "0")), "0", "no"),
        (one(Widget.CONSENT, FieldType.YES_NO), "", None),
        (one(Widget.TEXT), "", None),
        (one(Widget.TEXT), "\u200b\ufeff \u2060", None),
        (one(Widget.TEXT), "\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x"),
        (
            one(Widget.TEXT),
            "\u0645\u06cc\u200c\u0631\u0648\u0645",
            "\u0645\u06cc\u200c\u0631\u0648\u0645",
        ),
        (one(Widget.TEXT), "\u200d\u200c", None),
        (one(Widget.HIDDEN, preset="Web"), "forged", "Web"),
        (one(Widget.HIDDEN, preset="Web", from_query="utm"), "Spring", "Spring"),
        (one(Widget.HIDDEN, preset="Web", from_query="utm"), "", "Web"),
        (one(Widget.HIDDEN, FieldType.INTEGER, from_query="utm"), "no number", None),
    ],
)
def test_what_fits_is_kept_as_the_field_has_it(
    field: FormField, text: str, kept: str | None
) -> None:
    found = read_form(form(field), {"email": "a@x.test", "x": text, "other": "y"})
    assert found.errors == {}
    assert found.values == {"email": "a@x.test", **({"x": kept} if kept is not None else {})}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (one(Widget.TEXT, required=True), " \x00 "),
        (one(Widget.TEXT), "x" * 256),
        (one(Widget.LONG_TEXT), "x" * 5_001),
        (one(Widget.NUMBER, FieldType.INTEGER), "1.5"),
        (one(Widget.NUMBER), "1e3"),
        (one(Widget.NUMBER), "٣"),
        (one(Widget.DATE, FieldType.DATE), "2026-02-30"),
        (one(Widget.DATE), "tomorrow"),
        (one(Widget.PHONE), "none"),
        (one(Widget.URL), "javascript:alert(1)//a.b"),
        (one(Widget.URL), "no site"),
        (one(Widget.EMAIL), "a@b"),
        (one(Widget.CHOICE, options=("S", "M")), "XL"),
        (one(Widget.CHOICE, options=("S", "M"), required=True), ""),
        (one(Widget.CONSENT, FieldType.YES_NO, required=True), ""),
        (one(Widget.YES_NO, FieldType.YES_NO, required=True), "no"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_stays_as_typed(
    field: FormField, text: str
) -> None:
    found = read_form(form(field), {"email": "ada", "x": text})
    assert set(found.errors) == {"email", "x"}
    assert found.typed["x"] == text.replace("\x00", "").strip()


def test_all_fields_together_are_bounded() -> None:
    fields = [replace(one(Widget.LONG_TEXT), name=f"x{n}") for n in range(5)]
    sent = {"email": "a@x.test", **{f"x{n}": "y" * 4_500 for n in range(5)}}
    assert len(read_form(form(*fields), sent).errors) == 1


def test_a_form_begins_with_its_presets_and_with_what_its_address_says_and_fits() -> None:
    fields = (
        one(Widget.CHOICE, options=("S", "M"), preset="S", from_query="size"),
        replace(one(Widget.TEXT, from_query="who"), name="y"),
    )
    assert begun_with(form(*fields), {"size": "M", "who": "Ada"}) == {
        "email": "", "x": "M", "y": "Ada"
    }  # fmt: skip
    assert begun_with(form(*fields), {"size": "XL"}) == {"email": "", "x": "S", "y": ""}


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.com/a", True),
        ("http://www.example.com:8080/a?b#c", True),
        ("https://example.com.evil.test/", False),
        ("https://evil.test/?example.com", False),
        ("https://evil.test\\@example.com/", False),
        ("https://example.com@evil.test/", False),
        ("https://evil.test\t.example.com/", False),
        ("//example.com/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_it_leads_to_pages_of_its_site_only(url: str, leads: bool) -> None:
    assert bool(goes_to(replace(form(), redirect=url), SITE)) is leads
