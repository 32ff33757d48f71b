"""Forms: the list, building one with a look at it, and what goes into a page of the site."""

from datetime import UTC, datetime
from typing import Any

from funnel.domain.campaigns.campaigns import OwnerRule
from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.forms.forms import CONSENT, EMAIL, Form, FormId, Widget
from funnel.domain.ids import TenantId
from funnel.domain.pushing.pushes import PERSON_MODULES, Priority, TaskKind
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.forms.form_notes import form_notes
from funnel.usecases.forms.keep_forms import (
    FieldWords,
    FormWords,
    add_form,
    change_form,
    copy_form,
    delete_form,
    switch_form,
)
from funnel.usecases.forms.limit_confirmations import MOST_OF_A_DAY, refused_today
from funnel.usecases.forms.limit_form_actions import MOST_TOLD
from funnel.usecases.forms.view_forms import (
    FormChoices,
    FormView,
    form_choices,
    list_forms,
    one_form,
)
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.hosted_form import asked_fields
from funnel.web.marketing.copying import key_in_form
from funnel.web.marketing.form_words import after, shown_form, words_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.words import Words

room = Room(needs=Role.MARKETER)

HERE = "/app/forms"
DONE = {
    "added": "forms.added",
    "changed": "forms.changed",
    "copied": "forms.copied",
    "switched": "forms.switched",
    "deleted": "forms.deleted",
}
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_BLANK = Form(TenantId(""), FormId(""), SiteKey(""), "", (), _NEVER, _NEVER, "")


@room.page("GET", HERE)
def show_all(asked: Asked) -> Reply:
    """All forms."""
    done = DONE.get(asked.query("saved"))
    return page(
        asked,
        "forms/all.html",
        title=asked.texts("forms.title"),
        forms=list_forms(asked.app, asked.tenant).items,
        has_sites=bool(asked.app.sites.sites(asked.tenant)),
        unconfirmed=refused_today(asked.app, asked.tenant),
        most_confirmations=MOST_OF_A_DAY,
        flash=asked.texts(done) if done else "",
    )


@room.page("GET", f"{HERE}/new")
def ask_new(asked: Asked) -> Reply:
    """The page to build a new one, which asks for an address and a name."""
    choices = choices_of(asked)
    labels = {one.name: one.label for one in choices.fields}
    fields = (
        FieldWords(EMAIL, labels[EMAIL], Widget.EMAIL, required=True),
        FieldWords("first_name", labels["first_name"]),
        FieldWords("last_name", labels["last_name"]),
    )
    site = choices.sites[0].value if choices.sites else ""
    words = FormWords(
        site,
        "",
        fields,
        language=asked.texts.language,
        timezone=asked.texts.locale.zone_name,
    )
    return _builder(asked, choices, words, key=asked.app.ids.new_id())


@room.page("POST", f"{HERE}/new")
def add(asked: Asked) -> Reply:
    """Add it and go there, or do with its fields what the button says."""
    key = asked.form_value("key")
    try:
        if not key:
            raise InputInvalid("Open the page for a new form again.")
        words = words_of(asked.form())
        if asked.form_value("do"):
            return _built(asked, words, key=key)
        kept = add_form(asked.app, asked.tenant, key, words, asked.who.user_name)
    except InputInvalid as error:
        return _builder(asked, choices_of(asked), _as_sent(asked), key=key, error=error)
    return see_other(f"{HERE}/{kept.form_id}?saved=added")


@room.page("POST", f"{HERE}/part")
def part(asked: Asked) -> Reply:
    """The part of the page that is built, after a button, and how the form looks then."""
    choices, words = choices_of(asked), _as_sent(asked)
    words = after(words, _deed(asked), choices)
    return _builder(asked, choices, words, template="forms/part.html", is_part=True)


@room.page("POST", f"{HERE}/preview")
def preview(asked: Asked) -> Reply:
    """How the form looks, as it is typed."""
    return page(asked, "forms/preview.html", title="", **_look(asked, _as_sent(asked)))


@room.page("GET", f"{HERE}/<form_id>")
def show_one(asked: Asked, form_id: str) -> Reply:
    """One form."""
    found = one_form(asked.app, asked.tenant, FormId(form_id), asked.own_address)
    return _builder(asked, choices_of(asked), found.form, found=found)


@room.page("POST", f"{HERE}/<form_id>")
def change(asked: Asked, form_id: str) -> Reply:
    """Save what was changed, unless somebody else did meanwhile; or do what the button says."""
    found = one_form(asked.app, asked.tenant, FormId(form_id), asked.own_address)
    try:
        words = words_of(asked.form())
        if asked.form_value("do"):
            return _built(asked, words, found=found)
        version, by = _version(asked), asked.who.user_name
        change_form(asked.app, asked.tenant, FormId(form_id), words, version, by)
    except (InputInvalid, Conflict) as error:
        return _builder(asked, choices_of(asked), _as_sent(asked), found=found, error=error)
    return see_other(f"{HERE}/{form_id}?saved=changed")


@room.page("POST", f"{HERE}/<form_id>/copy")
def copy(asked: Asked, form_id: str) -> Reply:
    """Another like it."""
    key, by = key_in_form(asked), asked.who.user_name
    made = copy_form(asked.app, asked.tenant, FormId(form_id), key, by)
    return see_other(f"{HERE}/{made.form_id}?saved=copied")


@room.page("POST", f"{HERE}/<form_id>/active")
def switch(asked: Asked, form_id: str) -> Reply:
    """Put it out of use, or back."""
    active, by = asked.form_value("active") == "yes", asked.who.user_name
    switch_form(asked.app, asked.tenant, FormId(form_id), by, active=active)
    return see_other(f"{HERE}/{form_id}?saved=switched")


@room.page("POST", f"{HERE}/<form_id>/delete")
def delete(asked: Asked, form_id: str) -> Reply:
    """Remove it, if nothing was sent by it."""
    try:
        delete_form(asked.app, asked.tenant, FormId(form_id))
    except (InputInvalid, Conflict) as error:
        found = one_form(asked.app, asked.tenant, FormId(form_id), asked.own_address)
        return _builder(asked, choices_of(asked), found.form, found=found, error=error)
    return see_other(f"{HERE}?saved=deleted")


def choices_of(asked: Asked) -> FormChoices:
    """What can be chosen, in the caller's language."""
    words = Words(asked.texts, asked.app.clock.now())
    own = {EMAIL: asked.texts("forms.field.email"), CONSENT: asked.texts("forms.field.consent")}
    return form_choices(asked.app, asked.tenant, lambda name: own.get(name) or words.field(name))


def _as_sent(asked: Asked) -> FormWords:
    """What was typed, to be typed no second time; a task that cannot be read is left out."""
    try:
        return words_of(asked.form())
    except InputInvalid:
        plain = {n: v for n, v in asked.form().items() if not n.startswith("sync.task.")}
        return words_of(plain)


def _deed(asked: Asked) -> str:
    deed = asked.form_value("do")
    return f"add.{asked.form_value('more')}" if deed == "add" else deed


def _built(
    asked: Asked, words: FormWords, *, key: str = "", found: FormView | None = None
) -> Reply:
    """The page after a button, without scripts: nothing is saved yet."""
    choices = choices_of(asked)
    return _builder(asked, choices, after(words, _deed(asked), choices), key=key, found=found)


def _builder(
    asked: Asked,
    choices: FormChoices,
    words: FormWords,
    *,
    key: str = "",
    found: FormView | None = None,
    error: FunnelError | None = None,
    template: str = "forms/one.html",
    is_part: bool = False,
) -> Reply:
    done = DONE.get(asked.query("saved")) if not error else None
    is_conflict = isinstance(error, Conflict)
    sent_version = asked.form_value("version") if error and not is_conflict else ""
    return page(
        asked,
        template,
        title=found.form.name if found else asked.texts("forms.new"),
        most_told=MOST_TOLD,
        status=status_of(error) if error else 200,
        found=found,
        key=key,
        copy_key=asked.app.ids.new_id() if found else "",
        words=words,
        choices=choices,
        version=sent_version or (str(found.version) if found else ""),
        is_conflict=is_conflict,
        is_part=is_part,
        modules=PERSON_MODULES,
        rules=tuple(OwnerRule),
        kinds=tuple(TaskKind),
        priorities=tuple(Priority),
        error=form_error(error) if error else None,
        flash=asked.texts(done) if done else "",
        **_look(asked, words),
    )


def _look(asked: Asked, words: FormWords) -> dict[str, Any]:
    """What the look at a form needs."""
    form = shown_form(asked.tenant, words, _BLANK)
    notes = form_notes(asked.app, asked.tenant, words)
    return {"shown": form, "shown_fields": asked_fields(form), "notes": notes}


def _version(asked: Asked) -> int:
    """Raises `InputInvalid`."""
    text = asked.form_value("version")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputInvalid("Open the form again.")
    return int(text)
