"""Forms by JSON: what the pages of forms show and do."""

from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.forms.forms import FormId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.forms import view_forms, view_submissions
from funnel.usecases.forms.keep_forms import (
    FormWords,
    add_form,
    change_form,
    copy_form,
    delete_form,
    switch_form,
)
from funnel.usecases.forms.view_forms import FormChoices, FormsView, FormView
from funnel.usecases.forms.view_submissions import SubmissionsPage, SubmissionView
from funnel.web.asked import Asked
from funnel.web.marketing.copying import WantedCopy, key_in_json
from funnel.web.marketing.forms import choices_of
from funnel.web.marketing.forms_sent import submissions_csv
from funnel.web.replies import Reply
from funnel.web.room import CSV, PAGING, Room

room = Room(needs=Role.MARKETER)

HERE = "/api/app/forms"


@dataclass(frozen=True, slots=True)
class NewForm:
    """A form to be kept. The same `key` asks for the same one, however often."""

    key: str
    form: FormWords


@dataclass(frozen=True, slots=True)
class ChangedForm:
    """A form as it is to be; `version` is that of the one which was looked at."""

    version: int
    form: FormWords


@dataclass(frozen=True, slots=True)
class WantedUse:
    """Whether it takes what is sent to it."""

    active: bool


@room.api("GET", HERE, "All forms, with how often each was seen and sent", FormsView)
def forms(asked: Asked) -> FormsView:
    """All forms."""
    return view_forms.list_forms(asked.app, asked.tenant)


@room.api("POST", HERE, "Add a form", FormView, body=NewForm, status=201)
def add(asked: Asked) -> FormView:
    """A new form."""
    new = asked.json(NewForm)
    if not new.key:
        raise InputInvalid("A key is needed, so that it is added once.", field="key")
    kept = add_form(asked.app, asked.tenant, new.key, new.form, asked.who.user_name)
    return view_forms.view_of(asked.app, kept, asked.own_address)


@room.api("GET", "/api/app/form-choices", "What can be chosen for a form", FormChoices)
def choices(asked: Asked) -> FormChoices:
    """Sites, fields, lists made by hand, emails, and what Sugar offers."""
    return choices_of(asked)


@room.api("GET", f"{HERE}/<form_id>", "One form whole, and what goes into a page", FormView)
def one(asked: Asked, form_id: str) -> FormView:
    """One form."""
    return view_forms.one_form(asked.app, asked.tenant, FormId(form_id), asked.own_address)


@room.api(
    "PUT",
    f"{HERE}/<form_id>",
    "Change a form, unless it was changed since this version",
    FormView,
    body=ChangedForm,
)
def change(asked: Asked, form_id: str) -> FormView:
    """The form as it is then."""
    sent, by = asked.json(ChangedForm), asked.who.user_name
    kept = change_form(asked.app, asked.tenant, FormId(form_id), sent.form, sent.version, by)
    return view_forms.view_of(asked.app, kept, asked.own_address)


@room.api("POST", f"{HERE}/<form_id>/copy", "Copy a form", FormView, body=WantedCopy, status=201)
def copy(asked: Asked, form_id: str) -> FormView:
    """The copy."""
    key, by = key_in_json(asked), asked.who.user_name
    made = copy_form(asked.app, asked.tenant, FormId(form_id), key, by)
    return view_forms.view_of(asked.app, made, asked.own_address)


@room.api(
    "POST", f"{HERE}/<form_id>/active", "Put a form out of use, or back", FormView, body=WantedUse
)
def switch(asked: Asked, form_id: str) -> FormView:
    """The form as it is then."""
    active, by = asked.json(WantedUse).active, asked.who.user_name
    kept = switch_form(asked.app, asked.tenant, FormId(form_id), by, active=active)
    return view_forms.view_of(asked.app, kept, asked.own_address)


@room.api(
    "DELETE", f"{HERE}/<form_id>", "Remove a form by which nothing was sent; the rest", FormsView
)
def delete(asked: Asked, form_id: str) -> FormsView:
    """Remove it."""
    delete_form(asked.app, asked.tenant, FormId(form_id))
    return view_forms.list_forms(asked.app, asked.tenant)


@room.api(
    "GET",
    f"{HERE}/<form_id>/sent",
    "What was sent by a form, newest first, with what became of it",
    SubmissionsPage,
    queries=PAGING,
)
def sent(asked: Asked, form_id: str) -> SubmissionsPage:
    """A page of it."""
    own = (asked.tenant, FormId(form_id))
    return view_submissions.list_submissions(asked.app, *own, **asked.paging())


@room.api(
    "POST",
    f"{HERE}/<form_id>/sent/<place>/again",
    "Have done again what failed with a form that was sent",
    SubmissionView,
)
def again(asked: Asked, form_id: str, place: str) -> SubmissionView:
    """What became of it so far."""
    return view_submissions.act_again(asked.app, asked.tenant, FormId(form_id), place)


@room.api(
    "GET",
    f"{HERE}/<form_id>/sent.csv",
    "The latest 5,000 that were sent, as CSV",
    Reply,
    content_type=CSV,
)
def as_csv(asked: Asked, form_id: str) -> Reply:
    """The file of the page."""
    return submissions_csv(asked, form_id)
