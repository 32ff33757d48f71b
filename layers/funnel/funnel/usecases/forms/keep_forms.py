"""Add a form, change it, copy it, put it out of use and remove it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time

from funnel.domain.campaigns.campaigns import OwnerChoice, OwnerRule, SyncPlan, TaskPlan
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.forms.form_checks import LONGEST_NAME, MOST_FORMS, checked_form
from funnel.domain.forms.form_speech import ENGLISH
from funnel.domain.forms.forms import Form, FormActions, FormField, FormId, Widget
from funnel.domain.ids import ListId, SugarId, TenantId, WrittenModule, derived_id
from funnel.domain.pushing.pushes import Priority, TaskKind
from funnel.domain.text import copy_name
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import own_site
from funnel.usecases.app import App
from funnel.usecases.emails.keep_emails import email_of
from funnel.usecases.lists.keep_lists import manual_list
from funnel.usecases.mapping.map_fields import person_fields
from funnel.usecases.pushing.request_push import check_user
from funnel.usecases.pushing.sync_plan import checked_plan

_TRIES = 4


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field as it is asked for. `name` is a field of a person, `email` or `consent`."""

    name: str
    label: str
    widget: Widget = Widget.TEXT
    required: bool = False
    hint: str = ""
    options: tuple[str, ...] = ()
    preset: str = ""
    from_query: str = ""


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task for the rep, due so many days after the form was sent, at an hour there."""

    kind: TaskKind
    subject: str
    days: int = 1
    at: time = time(9, 0)
    priority: Priority = Priority.MEDIUM


@dataclass(frozen=True, slots=True)
class SyncWords:
    """What happens in Sugar. `owners` are users by their ids."""

    module: WrittenModule = WrittenModule.LEADS
    owner: OwnerRule = OwnerRule.EXISTING
    owners: tuple[str, ...] = ()
    lead_source: str = ""
    update_existing: bool = False
    task: TaskWords | None = None


@dataclass(frozen=True, slots=True)
class FormWords:
    """A form as it is to be. `site` is the key of its site, `notify` are users of Sugar by their ids.

    `language` is that of its words, as `en` or `de`: the mails of the form speak it.
    """

    site: str
    name: str
    fields: tuple[FieldWords, ...]
    title: str = ""
    intro: str = ""
    button: str = ""
    thanks: str = ""
    redirect: str = ""
    list_id: str = ""
    notify: tuple[str, ...] = ()
    confirm: str = ""
    sync: SyncWords | None = None
    timezone: str = "UTC"
    language: str = ENGLISH


def add_form(app: App, tenant: TenantId, key: str, words: FormWords, by: str) -> Form:
    """A new form; added already under this key, it stays as it is. Raises `InputInvalid`."""
    form_id = FormId(derived_id("form", tenant, key).replace("-", ""))
    found = app.forms.form(form_id)
    if found is not None and found.tenant == tenant:
        return found
    _check_room(app, tenant)
    now = app.clock.now()
    blank = Form(tenant, form_id, SiteKey(words.site), "", (), now, now, by)
    return _first(app, written(app, blank, words, by))


def change_form(
    app: App, tenant: TenantId, form_id: FormId, words: FormWords, version: int, by: str
) -> Form:
    """Change what somebody looked at in this version.

    Raises `NotFound`, `InputInvalid`, and `Conflict` where it was changed since.
    """
    before = form_of(app, tenant, form_id)
    after = written(app, before, words, by)
    if replace(after, changed_at=before.changed_at, changed_by=before.changed_by) == before:
        return before
    if before.version != version:
        raise Conflict(
            f"{before.changed_by or 'Somebody'} changed this form while you were at it.",
            mend="Look at theirs in another tab. Saving once more puts yours in its place.",
        )
    return app.forms.save_form(after)


def copy_form(app: App, tenant: TenantId, form_id: FormId, key: str, by: str) -> Form:
    """Another form like it; copied already under this key, that one. Raises `NotFound`, `InputInvalid`."""
    model = form_of(app, tenant, form_id)
    own_id = FormId(derived_id("form", tenant, "copy", form_id, key).replace("-", ""))
    found = app.forms.form(own_id)
    if found is not None and found.tenant == tenant:
        return found
    _check_room(app, tenant)
    now, name = app.clock.now(), copy_name(model.name, LONGEST_NAME)
    copy = replace(
        model, form_id=own_id, name=name, created_at=now, changed_at=now, changed_by=by,
        active=True, version=0,
    )  # fmt: skip
    return _first(app, copy)


def switch_form(app: App, tenant: TenantId, form_id: FormId, by: str, *, active: bool) -> Form:
    """Have it take what is sent to it, or nothing any more. Raises `NotFound` and `Conflict`."""
    now = app.clock.now()
    return _changed(
        app,
        tenant,
        form_id,
        lambda one: (
            one
            if one.active is active
            else replace(one, active=active, changed_at=now, changed_by=by)
        ),
    )


def delete_form(app: App, tenant: TenantId, form_id: FormId) -> None:
    """Remove one by which nothing was sent yet. Raises `NotFound`, `InputInvalid` and `Conflict`."""
    form = form_of(app, tenant, form_id)
    if app.forms.submissions(tenant, form_id, 1).items:
        raise InputInvalid(
            "Something was sent by this form, which is kept with it.",
            mend="Put it out of use instead.",
        )
    app.forms.delete_form(form)


def form_of(app: App, tenant: TenantId, form_id: FormId) -> Form:
    """The tenant's form. Raises `NotFound`, also where it is another tenant's."""
    found = app.forms.form(form_id)
    if found is None or found.tenant != tenant:
        raise NotFound("There is no such form.")
    return found


def written(app: App, before: Form, words: FormWords, by: str) -> Form:
    """The form with these words, looked at. Raises `InputInvalid`."""
    tenant = before.tenant
    try:
        site = own_site(app.sites.site(SiteKey(words.site)), tenant)
    except NotFound:
        raise InputInvalid("Choose the site it is on.", field="site") from None
    form = replace(
        before,
        site=site.key,
        name=words.name,
        fields=tuple(map(_field, words.fields)),
        title=words.title,
        intro=words.intro,
        button=words.button,
        thanks=words.thanks,
        redirect=words.redirect,
        language=words.language,
        actions=FormActions(
            ListId(words.list_id),
            words.notify,
            _plan(words.sync) if words.sync else None,
            EmailId(words.confirm),
            words.timezone or "UTC",
        ),
        changed_at=app.clock.now(),
        changed_by=by,
    )
    form = checked_form(form, site, person_fields(app.sync.connection(tenant)))
    return replace(form, actions=_possible(app, before, form.actions))


def _possible(app: App, before: Form, actions: FormActions) -> FormActions:
    """The actions, each with what it needs there. What was chosen before may stay. Raises `InputInvalid`."""
    tenant, was = before.tenant, before.actions
    if actions.list_id and actions.list_id != was.list_id:
        try:
            manual_list(app, tenant, actions.list_id)
        except NotFound as error:
            raise InputInvalid(error.text, field="list_id") from None
    if actions.confirm and actions.confirm != was.confirm:
        try:
            email_of(app, tenant, actions.confirm)
        except NotFound as error:
            raise InputInvalid(error.text, field="confirm") from None
    for user in actions.notify:
        if user not in was.notify:
            check_user(app, tenant, SugarId(user), "notify")
    if actions.sync is None or actions.sync == was.sync:
        return actions
    try:
        return replace(actions, sync=checked_plan(app, tenant, actions.sync))
    except InputInvalid as error:
        raise InputInvalid(error.text, mend=error.mend, field=f"sync.{error.field}") from None


def _plan(words: SyncWords) -> SyncPlan:
    task = words.task
    return SyncPlan(
        words.module,
        OwnerChoice(words.owner, tuple(map(SugarId, words.owners))),
        words.lead_source,
        words.update_existing,
        TaskPlan(task.kind, task.subject, task.days, task.at, task.priority) if task else None,
    )


def _field(words: FieldWords) -> FormField:
    return FormField(
        words.name, words.label, words.widget, words.required, words.hint, words.options,
        words.preset, words.from_query,
    )  # fmt: skip


def _check_room(app: App, tenant: TenantId) -> None:
    if len(app.forms.forms(tenant)) >= MOST_FORMS:
        raise InputInvalid(f"There are {MOST_FORMS} forms already, which is all there can be.")


def _first(app: App, form: Form) -> Form:
    try:
        return app.forms.save_form(form)
    except Conflict:
        # The same was asked for a moment ago.
        return form_of(app, form.tenant, form.form_id)


def _changed(app: App, tenant: TenantId, form_id: FormId, change: Callable[[Form], Form]) -> Form:
    for last in range(_TRIES):
        before = form_of(app, tenant, form_id)
        after = change(before)
        if after == before:
            return before
        try:
            return app.forms.save_form(after)
        except Conflict:
            if last == _TRIES - 1:
                raise
    raise AssertionError
