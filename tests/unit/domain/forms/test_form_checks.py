"""What a form can be is looked at before it is kept, and what is wrong is named by its place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.forms.form_checks import (
    LONGEST_CONSENT,
    LONGEST_LABEL,
    MOST_FIELDS,
    MOST_NOTIFIED,
    MOST_OPTIONS,
    checked_form,
    usual_widget,
)
from funnel.domain.forms.form_reading import LONGEST_LINE
from funnel.domain.forms.forms import BROWSER, Form, FormActions, FormField, FormId, Widget
from funnel.domain.ids import TenantId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SITE = Site(TenantId("t"), SiteKey("s"), "Shop", ("example.com",), NOW)
EMAIL = FormField("email", "Address", Widget.EMAIL)
TITLE = FormField("title", "Title")
SIZE = FormField("size", "Size", Widget.CHOICE, options=("S", "M"))
BORN = FormField("born", "Born", Widget.DATE)
AGREE = FormField("consent", "Write to me", Widget.CONSENT)
KNOWN = {"title": FieldType.TEXT, "size": FieldType.CHOICE, "born": FieldType.DATE}


def form(*fields: FormField, **more: object) -> Form:
    made = Form(TenantId("t"), FormId("f"), SiteKey("s"), "Fair", (EMAIL, *fields), NOW, NOW, "Ann")
    return replace(made, **more)  # type: ignore[arg-type]


def checked(made: Form) -> Form:
    return checked_form(made, SITE, KNOWN)


def test_texts_are_tidied_and_the_address_is_always_asked_for() -> None:
    found = checked(
        form(
            replace(TITLE, label=" Your \n title ", hint=" as \t on a card ", preset=" Dr "),
            replace(SIZE, options=(" S ", "M", "S", ""), required=True),
            AGREE,
            name="  The   Fair ",
            intro=" Hello\r\nyou ",
            thanks="\r\nBye ",
            redirect=" https://example.com/x ",
            actions=FormActions(notify=("u1", "", "u2", "u1")),
        )
    )
    email, title, size, agree = found.fields
    assert (found.name, found.intro, found.thanks) == ("The Fair", "Hello\nyou", "Bye")
    assert found.redirect == "https://example.com/x"
    assert (email.required, email.kind) == (True, FieldType.EMAIL)
    assert (title.label, title.hint, title.preset) == ("Your title", "as on a card", "Dr")
    assert (title.required, title.options) == (False, ())
    assert (size.options, size.required, size.kind) == (("S", "M"), True, FieldType.CHOICE)
    assert agree.kind is FieldType.YES_NO
    assert found.actions.notify == ("u1", "u2")


def test_what_is_as_long_as_it_may_be_is_kept() -> None:
    long = replace(
        TITLE,
        label="x" * LONGEST_LABEL,
        hint="x" * LONGEST_LABEL,
        preset="x" * LONGEST_LINE,
        from_query="q" * 60,
    )
    many = tuple(f"{n}".rjust(LONGEST_LINE, "x") for n in range(MOST_OPTIONS))
    agree = replace(AGREE, label="x" * LONGEST_CONSENT)
    notify = FormActions(notify=tuple(map(str, range(MOST_NOTIFIED))), timezone="Europe/Berlin")
    found = checked(form(long, replace(SIZE, options=many), agree, name="x" * 100, actions=notify))
    assert [len(one.label) for one in found.fields] == [7, LONGEST_LABEL, 4, LONGEST_CONSENT]
    assert len(found.fields[2].options) == MOST_OPTIONS


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (form(name=" "), "name"),
        (form(name="x" * 101), "name"),
        (form(thanks="x" * 2_001), "thanks"),
        (form(redirect="https://evil.test/"), "redirect"),
        (form(fields=()), "fields"),
        (form(*[replace(TITLE, name=str(n)) for n in range(MOST_FIELDS)]), "fields"),
        (form(TITLE, TITLE), "fields.2.name"),
        (form(replace(TITLE, name="shoe_size")), "fields.1.name"),
        (form(replace(TITLE, name=BROWSER)), "fields.1.name"),
        (form(replace(TITLE, label=" ")), "fields.1.label"),
        (form(replace(TITLE, label="x" * (LONGEST_LABEL + 1))), "fields.1.label"),
        (form(replace(AGREE, label="x" * (LONGEST_CONSENT + 1))), "fields.1.label"),
        (form(replace(TITLE, hint="x" * (LONGEST_LABEL + 1))), "fields.1.hint"),
        (form(replace(BORN, widget=Widget.NUMBER)), "fields.1.widget"),
        (form(replace(SIZE, options=("", " "))), "fields.1.options"),
        (form(replace(SIZE, options=tuple(map(str, range(MOST_OPTIONS + 1))))), "fields.1.options"),
        (form(replace(SIZE, options=("x" * (LONGEST_LINE + 1),))), "fields.1.options"),
        (form(replace(SIZE, preset="L")), "fields.1.preset"),
        (form(replace(BORN, preset="soon")), "fields.1.preset"),
        (form(replace(TITLE, preset="x" * (LONGEST_LINE + 1))), "fields.1.preset"),
        (form(replace(AGREE, preset="yes")), "fields.1.preset"),
        (form(replace(AGREE, from_query="yes")), "fields.1.preset"),
        (form(replace(TITLE, widget=Widget.HIDDEN)), "fields.1.preset"),
        (form(replace(TITLE, from_query="a b")), "fields.1.from_query"),
        (form(replace(TITLE, from_query=BROWSER)), "fields.1.from_query"),
        (form(replace(TITLE, from_query="q" * 61)), "fields.1.from_query"),
        (form(fields=(replace(EMAIL, preset="a@x.test"),)), "fields.0.preset"),
        (form(actions=FormActions(notify=tuple(map(str, range(11))))), "notify"),
        (form(actions=FormActions(timezone="Moon/Sea")), "timezone"),
        (form(actions=FormActions(timezone="")), "timezone"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(wrong: Form, field: str) -> None:
    with pytest.raises(InputInvalid) as told:
        checked(wrong)
    assert told.value.field == field
    assert told.value.text.endswith(".")


def test_a_hidden_field_takes_its_value_from_the_form_or_its_address() -> None:
    hidden = replace(TITLE, widget=Widget.HIDDEN, required=True)
    for one in (replace(hidden, preset="Dr"), replace(hidden, from_query=" utm_campaign ")):
        found = checked(form(one)).fields[1]
        assert not found.required, "nobody can fill in what nobody sees"
        assert found.from_query == one.from_query.strip()


def test_a_field_is_first_asked_for_as_its_type_is() -> None:
    assert usual_widget(FieldType.MOMENT) is Widget.DATE
    assert usual_widget(FieldType.MONEY) is Widget.NUMBER
    assert usual_widget(FieldType.TEXT) is Widget.TEXT
