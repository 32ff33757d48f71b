"""What a form can be: its words, its fields and what happens with it, looked at before it is kept."""

import re
from collections.abc import Mapping
from dataclasses import replace

from funnel.domain.errors import InputInvalid
from funnel.domain.forms.form_reading import LONGEST_LINE, cleaned
from funnel.domain.forms.form_speech import FORM_SPEECH
from funnel.domain.forms.forms import (
    CONSENT,
    EMAIL,
    RESERVED,
    Form,
    FormActions,
    FormField,
    Widget,
    is_own_page,
)
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.typed_values import typed
from funnel.domain.problems import Problems
from funnel.domain.time_zones import time_zone
from funnel.domain.tracking.sites import Site

MOST_FORMS, MOST_FIELDS, MOST_OPTIONS, MOST_NOTIFIED = 200, 50, 100, 10
LONGEST_NAME, LONGEST_LABEL, LONGEST_CONSENT = 100, 150, 500

_LONGEST = {
    "name": LONGEST_NAME, "title": 150, "intro": 2_000, "button": 60, "thanks": 2_000, "redirect": 1_000
}  # fmt: skip

_QUERY = re.compile(r"[A-Za-z0-9_.-]{1,60}", re.ASCII)
_T = FieldType
_TEXTS = frozenset({Widget.TEXT, Widget.LONG_TEXT, Widget.CHOICE, Widget.HIDDEN})
WIDGETS: Mapping[FieldType, frozenset[Widget]] = {
    _T.TEXT: _TEXTS | {Widget.PHONE, Widget.URL, Widget.NUMBER, Widget.DATE, Widget.EMAIL},
    _T.EMAIL: frozenset({Widget.EMAIL, Widget.HIDDEN}),
    _T.PHONE: frozenset({Widget.PHONE, Widget.HIDDEN}),
    _T.URL: frozenset({Widget.URL, Widget.HIDDEN}),
    _T.INTEGER: frozenset({Widget.NUMBER, Widget.CHOICE, Widget.HIDDEN}),
    _T.DECIMAL: frozenset({Widget.NUMBER, Widget.CHOICE, Widget.HIDDEN}),
    _T.MONEY: frozenset({Widget.NUMBER, Widget.CHOICE, Widget.HIDDEN}),
    _T.DATE: frozenset({Widget.DATE, Widget.HIDDEN}),
    _T.MOMENT: frozenset({Widget.DATE, Widget.HIDDEN}),
    _T.YES_NO: frozenset({Widget.YES_NO, Widget.HIDDEN}),
    _T.CHOICE: _TEXTS,
    _T.CHOICES: frozenset({Widget.CHOICE, Widget.HIDDEN}),
}
"""How a field of each type can be asked for."""


def usual_widget(kind: FieldType) -> Widget:
    """How a field of this type is asked for at first."""
    known = {
        _T.EMAIL: Widget.EMAIL, _T.PHONE: Widget.PHONE, _T.URL: Widget.URL, _T.DATE: Widget.DATE,
        _T.MOMENT: Widget.DATE, _T.YES_NO: Widget.YES_NO, _T.CHOICE: Widget.CHOICE,
        _T.CHOICES: Widget.CHOICE, _T.INTEGER: Widget.NUMBER, _T.DECIMAL: Widget.NUMBER,
        _T.MONEY: Widget.NUMBER,
    }  # fmt: skip
    return known.get(kind, Widget.TEXT)


def checked_form(form: Form, site: Site, known: Mapping[str, FieldType]) -> Form:
    """The form with its texts tidied. Raises `InputInvalid` naming what is wrong.

    `known` are the fields of a person and what they hold. A field of the form is named
    `fields.<number from 0>.<what>`.
    """
    found = replace(
        form,
        name=" ".join(form.name.split()),
        title=" ".join(form.title.split()),
        intro=form.intro.replace("\r\n", "\n").strip(),
        button=" ".join(form.button.split()),
        thanks=form.thanks.replace("\r\n", "\n").strip(),
        redirect=form.redirect.strip(),
    )
    wrong = Problems()
    with wrong.found():
        if not found.name:
            raise InputInvalid("Give the form a name.", field="name")
    for what, longest in _LONGEST.items():
        with wrong.found():
            if len(getattr(found, what)) > longest:
                raise InputInvalid(f"At most {longest:,} characters.", field=what)
    with wrong.found():
        if found.language not in FORM_SPEECH:
            raise InputInvalid(
                "There is no such language.",
                mend=f"Use one of: {', '.join(FORM_SPEECH)}.",
                field="language",
            )
    with wrong.found():
        found = replace(found, fields=_checked_fields(form.fields, known))
    with wrong.found():
        if found.redirect and not is_own_page(found.redirect, site):
            raise InputInvalid(
                "This is no page of the form's site.",
                mend=f"Enter a whole address such as https://{site.domains[0]}/thanks, "
                "or leave it empty.",
                field="redirect",
            )
    with wrong.found():
        found = replace(found, actions=_checked_actions(form.actions))
    wrong.raise_all()
    return found


def _checked_fields(
    fields: tuple[FormField, ...], known: Mapping[str, FieldType]
) -> tuple[FormField, ...]:
    if len(fields) > MOST_FIELDS:
        raise InputInvalid(f"At most {MOST_FIELDS} fields.", field="fields")
    names = [one.name for one in fields]
    if EMAIL not in names:
        raise InputInvalid("A form asks for the email address.", field="fields")
    wrong, found = Problems(), []
    for at, one in enumerate(fields):
        with wrong.found():
            if one.name in names[:at]:
                raise InputInvalid("This field is in the form already.", field=f"fields.{at}.name")
            found.append(_checked_field(one, at, known))
    wrong.raise_all()
    return tuple(found)


def _checked_field(field: FormField, at: int, known: Mapping[str, FieldType]) -> FormField:
    place = f"fields.{at}"
    label = " ".join(field.label.split())
    longest = LONGEST_CONSENT if field.widget is Widget.CONSENT else LONGEST_LABEL
    if not label:
        raise InputInvalid("Say what is asked for.", field=f"{place}.label")
    if len(label) > longest:
        raise InputInvalid(f"At most {longest} characters.", field=f"{place}.label")
    if len(field.hint) > LONGEST_LABEL:
        raise InputInvalid(f"At most {LONGEST_LABEL} characters.", field=f"{place}.hint")
    kind = _kind(field, place, known)
    hidden, is_choice = field.widget is Widget.HIDDEN, field.widget is Widget.CHOICE
    found = replace(
        field,
        label=label,
        hint=" ".join(field.hint.split()),
        kind=kind,
        required=(field.required or field.name == EMAIL) and not hidden,
        options=_options(field, place) if is_choice else (),
        preset=cleaned(field, field.preset),
        from_query=field.from_query.strip(),
    )
    _check_presets(found, place)
    return found


def _kind(field: FormField, place: str, known: Mapping[str, FieldType]) -> FieldType:
    if field.name == EMAIL:
        wanted, kind = frozenset({Widget.EMAIL}), FieldType.EMAIL
    elif field.name == CONSENT:
        wanted, kind = frozenset({Widget.CONSENT}), FieldType.YES_NO
    elif field.name in known and field.name not in RESERVED:
        kind = known[field.name]
        wanted = WIDGETS[kind]
    else:
        raise InputInvalid(f"There is no field “{field.name[:60]}”.", field=f"{place}.name")
    if field.widget not in wanted:
        ways = ", ".join(sorted(one.value for one in wanted))
        raise InputInvalid(
            f"This field holds {kind.value} and cannot be asked for as {field.widget.value}.",
            mend=f"Choose one of: {ways}.",
            field=f"{place}.widget",
        )
    return kind


def _options(field: FormField, place: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(text for one in field.options if (text := cleaned(field, one))))
    if not found:
        raise InputInvalid("Enter what there is to choose from.", field=f"{place}.options")
    if len(found) > MOST_OPTIONS or any(len(one) > LONGEST_LINE for one in found):
        raise InputInvalid(
            f"At most {MOST_OPTIONS} choices of {LONGEST_LINE} characters.",
            field=f"{place}.options",
        )
    for one in found:
        _check_typed(field, one, f"{place}.options")
    return found


def _check_presets(field: FormField, place: str) -> None:
    if field.from_query and (
        not _QUERY.fullmatch(field.from_query) or field.from_query in RESERVED
    ):
        raise InputInvalid(
            "A parameter has letters, digits and . _ - only, and is none of ours.",
            mend="Such as utm_campaign.",
            field=f"{place}.from_query",
        )
    if field.widget is Widget.CONSENT and (field.preset or field.from_query):
        raise InputInvalid("Nobody agrees beforehand.", field=f"{place}.preset")
    if field.name == EMAIL and field.preset:
        raise InputInvalid("Each has an address of their own.", field=f"{place}.preset")
    if not field.preset:
        if field.widget is Widget.HIDDEN and not field.from_query:
            raise InputInvalid("Say what stands in it.", field=f"{place}.preset")
        return
    if field.widget is Widget.CHOICE and field.preset not in field.options:
        raise InputInvalid("This is none of the choices.", field=f"{place}.preset")
    if len(field.preset) > LONGEST_LINE:
        raise InputInvalid(f"At most {LONGEST_LINE} characters.", field=f"{place}.preset")
    _check_typed(field, field.preset, f"{place}.preset")


def _check_typed(field: FormField, text: str, place: str) -> None:
    try:
        typed(field.kind, field.name, text)
    except InputInvalid as error:
        raise InputInvalid(error.text, field=place) from None


def _checked_actions(actions: FormActions) -> FormActions:
    notify = tuple(dict.fromkeys(one for one in actions.notify if one))
    if len(notify) > MOST_NOTIFIED:
        raise InputInvalid(f"At most {MOST_NOTIFIED} people.", field="notify")
    if time_zone(actions.timezone) is None:
        raise InputInvalid("This is no time zone.", field="timezone")
    return replace(actions, notify=notify)
