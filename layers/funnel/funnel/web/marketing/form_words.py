"""The page that builds a form, as it was sent: what the form is to be, and what to do with its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time
from enum import StrEnum
from typing import TypeVar

from funnel.domain.campaigns.campaigns import OwnerRule
from funnel.domain.errors import InputInvalid
from funnel.domain.forms.form_speech import ENGLISH
from funnel.domain.forms.forms import Form, FormField, FormId, Widget
from funnel.domain.ids import TenantId, WrittenModule
from funnel.domain.pushing.pushes import Priority, TaskKind
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.forms.keep_forms import FieldWords, FormWords, SyncWords, TaskWords
from funnel.usecases.forms.view_forms import FormChoices

E = TypeVar("E", bound=StrEnum)
Sent = Mapping[str, Sequence[str]]

_MOST = 60
_TEXTS = ("site", "name", "title", "intro", "button", "thanks", "redirect", "list_id", "confirm")


def words_of(sent: Sent) -> FormWords:
    """What the form is to be; what is no number or kind stands as the nearest that is."""
    texts = {name: _first(sent, name) for name in _TEXTS}
    return FormWords(
        **texts,
        fields=tuple(_fields(sent)),
        notify=tuple(one for one in sent.get("notify", ()) if one),
        sync=_sync(sent) if _first(sent, "sync") == "yes" else None,
        timezone=_first(sent, "timezone").strip() or "UTC",
        language=_first(sent, "language") or ENGLISH,
    )


def after(words: FormWords, what: str, choices: FormChoices) -> FormWords:
    """The words after a button: `add.<field>`, `up.<number>`, `down.<number>` or `remove.<number>`."""
    deed, _, which = what.partition(".")
    fields = list(words.fields)
    if deed == "add":
        known = {one.name: one for one in choices.fields}
        if which in known and which not in {one.name for one in fields}:
            new = known[which]
            options = tuple(label or key for key, label in new.options.items() if key)
            shown = options if new.usual is Widget.CHOICE else ()
            label = new.label if new.usual is not Widget.CONSENT else ""
            fields.append(FieldWords(new.name, label, new.usual, options=shown))
        return replace(words, fields=tuple(fields))
    at = int(which) if which.isascii() and which.isdigit() else -1
    if not 0 <= at < len(fields):
        return words
    one = fields.pop(at)
    if deed in ("up", "down"):
        fields.insert(max(0, at + (1 if deed == "down" else -1)), one)
    elif deed != "remove":
        return words
    return replace(words, fields=tuple(fields))


def shown_form(tenant: TenantId, words: FormWords, blank: Form) -> Form:
    """How it would look, whatever is wrong with it yet."""
    return replace(
        blank,
        tenant=tenant,
        form_id=FormId("preview"),
        site=SiteKey(words.site),
        name=words.name,
        title=words.title,
        intro=words.intro,
        button=words.button,
        thanks=words.thanks,
        fields=tuple(
            FormField(
                one.name, one.label, one.widget, one.required or one.name == "email", one.hint,
                one.options, one.preset, one.from_query,
            )
            for one in words.fields
        ),
    )  # fmt: skip


def _fields(sent: Sent) -> list[FieldWords]:
    found = []
    for at in range(_MOST):
        name = _first(sent, f"fields.{at}.name")
        if name:
            found.append(_field(sent, f"fields.{at}.", name))
    return found


def _field(sent: Sent, place: str, name: str) -> FieldWords:
    options = _first(sent, f"{place}options").replace("\r\n", "\n").split("\n")
    return FieldWords(
        name,
        _first(sent, f"{place}label"),
        _one_of(Widget, _first(sent, f"{place}widget"), Widget.TEXT),
        _first(sent, f"{place}required") == "yes",
        _first(sent, f"{place}hint"),
        tuple(one for one in options if one.strip()),
        _first(sent, f"{place}preset"),
        _first(sent, f"{place}from_query"),
    )


def _sync(sent: Sent) -> SyncWords:
    rule = _one_of(OwnerRule, _first(sent, "sync.owner"), OwnerRule.EXISTING)
    chosen = tuple(one for one in sent.get("sync.owners", ()) if one)
    return SyncWords(
        _one_of(WrittenModule, _first(sent, "sync.module"), WrittenModule.LEADS),
        rule,
        chosen if rule is not OwnerRule.EXISTING else (),
        _first(sent, "sync.lead_source"),
        _first(sent, "sync.update_existing") == "yes",
        _task(sent),
    )


def _task(sent: Sent) -> TaskWords | None:
    kind = _first(sent, "sync.task.kind")
    if kind not in set(TaskKind):
        return None
    days = _first(sent, "sync.task.days").strip()
    if not (days.isascii() and days.isdigit() and len(days) < 5):
        raise InputInvalid("Enter a whole number of days.", field="sync.task.days")
    try:
        at = time.fromisoformat(_first(sent, "sync.task.at").strip() or "09:00")
    except ValueError:
        raise InputInvalid("Enter a time such as 09:00.", field="sync.task.at") from None
    return TaskWords(
        TaskKind(kind),
        _first(sent, "sync.task.subject"),
        int(days),
        at,
        _one_of(Priority, _first(sent, "sync.task.priority"), Priority.MEDIUM),
    )


def _one_of(kind: type[E], text: str, usual: E) -> E:
    return kind(text) if text in {one.value for one in kind} else usual


def _first(sent: Sent, name: str) -> str:
    return next(iter(sent.get(name, ())), "")
