"""Forms as marketers see them: the list, one of them, and what can be chosen for one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from funnel.domain.forms.form_checks import WIDGETS, usual_widget
from funnel.domain.forms.form_snippets import form_html, frame_html
from funnel.domain.forms.forms import CONSENT, EMAIL, RESERVED, Form, FormId, Widget
from funnel.domain.ids import TenantId
from funnel.domain.lists.lists import ListKind, ListStatus
from funnel.domain.mapping.fields import FieldType
from funnel.usecases.app import App
from funnel.usecases.emails.email_choices import EmailChoice, email_choices
from funnel.usecases.forms.keep_forms import FieldWords, FormWords, SyncWords, TaskWords, form_of
from funnel.usecases.people.edit_person import editable
from funnel.usecases.pushing.view_pushes import Choice, PushChoices, push_choices

DAYS = 30
_MOST_LISTS = 500


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form in the list: how often it was seen and sent, in all."""

    form_id: str
    name: str
    site: str
    site_name: str
    active: bool
    seen: int
    sent: int
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class FormsView:
    """All forms, the oldest first."""

    items: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """A form whole. `version` goes along when it is changed.

    `address` is its page, `frame` and `html` are what goes into a page of the site. `seen` and `sent` are
    in all, `seen_lately` and `sent_lately` of the last 30 days (UTC).
    """

    form_id: str
    form: FormWords
    active: bool
    created_at: datetime
    changed_at: datetime
    changed_by: str
    version: int
    address: str
    frame: str
    html: str
    seen: int
    sent: int
    seen_lately: int
    sent_lately: int


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field that can be asked for, how it can be, and what there is to choose from in Sugar."""

    name: str
    label: str
    widgets: tuple[Widget, ...]
    usual: Widget
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormChoices:
    """What can be chosen for a form."""

    sites: tuple[Choice, ...]
    fields: tuple[FieldChoice, ...]
    lists: tuple[Choice, ...]
    emails: tuple[EmailChoice, ...]
    sugar: PushChoices
    connected: bool


def list_forms(app: App, tenant: TenantId) -> FormsView:
    """All forms."""
    names = {one.key: one.name for one in app.sites.sites(tenant)}
    rows = []
    for one in app.forms.forms(tenant):
        seen, sent = app.forms.form_counts(tenant, one.form_id).get(None, (0, 0))
        rows.append(
            FormRow(
                one.form_id, one.name, one.site, names.get(one.site, ""), one.active, seen, sent,
                one.changed_at, one.changed_by,
            )
        )  # fmt: skip
    return FormsView(tuple(rows))


def one_form(app: App, tenant: TenantId, form_id: FormId, address: str) -> FormView:
    """One form; `address` is our own. Raises `NotFound`."""
    return view_of(app, form_of(app, tenant, form_id), address)


def view_of(app: App, form: Form, address: str) -> FormView:
    """A form as it is shown."""
    today = app.clock.now().date()
    days = [today - timedelta(days=n) for n in range(DAYS)]
    counts = app.forms.form_counts(form.tenant, form.form_id, days)
    seen, sent = counts.pop(None, (0, 0))
    return FormView(
        form_id=form.form_id,
        form=words_of(form),
        active=form.active,
        created_at=form.created_at,
        changed_at=form.changed_at,
        changed_by=form.changed_by,
        version=form.version,
        address=f"{address}/f/{form.form_id}",
        frame=frame_html(form, address),
        html=form_html(form, address),
        seen=seen,
        sent=sent,
        seen_lately=sum(one[0] for one in counts.values()),
        sent_lately=sum(one[1] for one in counts.values()),
    )


def words_of(form: Form) -> FormWords:
    """A form as it was asked for."""
    actions, plan = form.actions, form.actions.sync
    sync = None
    if plan is not None:
        task = plan.task
        sync = SyncWords(
            plan.module,
            plan.owner.rule,
            plan.owner.users,
            plan.lead_source,
            plan.update_existing,
            TaskWords(task.kind, task.subject, task.days, task.at, task.priority) if task else None,
        )
    fields = tuple(
        FieldWords(
            one.name, one.label, one.widget, one.required, one.hint, one.options, one.preset,
            one.from_query,
        )
        for one in form.fields
    )  # fmt: skip
    return FormWords(
        form.site, form.name, fields, form.title, form.intro, form.button, form.thanks,
        form.redirect, actions.list_id, actions.notify, actions.confirm, sync, actions.timezone,
        form.language,
    )  # fmt: skip


def form_choices(app: App, tenant: TenantId, label_of: Callable[[str], str]) -> FormChoices:
    """What can be chosen. `label_of` says what a field is called, `email` and `consent` too."""
    first = [
        FieldChoice(EMAIL, label_of(EMAIL), (Widget.EMAIL,), Widget.EMAIL, {}),
        FieldChoice(CONSENT, label_of(CONSENT), (Widget.CONSENT,), Widget.CONSENT, {}),
    ]
    fields = [
        FieldChoice(one.name, one.label, _ways(one.type), usual_widget(one.type), one.options)
        for one in editable(app, tenant, label_of)
        if one.name not in RESERVED
    ]
    return FormChoices(
        tuple(Choice(one.key, one.name) for one in app.sites.sites(tenant)),
        (*first, *fields),
        _lists(app, tenant),
        email_choices(app, tenant),
        push_choices(app, tenant),
        app.sync.connection(tenant) is not None,
    )


def _ways(kind: FieldType) -> tuple[Widget, ...]:
    return tuple(one for one in Widget if one in WIDGETS[kind])


def _lists(app: App, tenant: TenantId) -> tuple[Choice, ...]:
    """Lists made by hand that are in use, by name."""
    found: list[Choice] = []
    cursor = ""
    while len(found) < _MOST_LISTS:
        page = app.lists.list_lists(tenant, "", 100, cursor, ListKind.MANUAL)
        found += [
            Choice(one.list_id, one.name) for one in page.items if one.status is ListStatus.ACTIVE
        ]
        cursor = page.cursor
        if not cursor:
            break
    return tuple(found)
