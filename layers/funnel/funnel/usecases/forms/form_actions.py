"""What can happen with a form that was sent. Each may be repeated, and says in plain words what was done."""

from collections.abc import Callable, Mapping

from funnel.domain.errors import NotFound
from funnel.domain.forms.forms import CONSENT, EMAIL, Form
from funnel.domain.forms.submissions import FormAction, Submission
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.bells.notice import is_noticed, notice_form
from funnel.usecases.consent.change_consent import Said, addresses_of, agree
from funnel.usecases.forms.fill_person import fill_person
from funnel.usecases.forms.form_mails import mail_confirmation, mail_to_users
from funnel.usecases.forms.limit_form_actions import count_told
from funnel.usecases.lists.keep_lists import manual_list, put_on_list
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.living import living
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.pushing.sync_plan import wish_of

__all__ = ["done_for"]


def done_for(app: App, form: Form, sub: Submission, action: FormAction) -> str:
    """Do it; what was done. Raises `Permanent` errors that say why it cannot be, and `Transient` ones."""
    return _DOES[action](app, form, sub, _person(app, sub))


def _person(app: App, sub: Submission) -> Person:
    person = living(app, sub.tenant, sub.person_id)
    if person is None:
        raise NotFound("There is no such person any more.")
    return person


def _confirm(app: App, form: Form, sub: Submission, person: Person) -> str:
    mail_confirmation(app, form, sub, person)
    return "An email was asked for, with a link to confirm."


def _fields(app: App, form: Form, sub: Submission, person: Person) -> str:
    labels = {one.name: one.label for one in form.fields}
    values = {n: v for n, v in sub.values.items() if n not in (EMAIL, CONSENT)}
    found = fill_person(app, sub.tenant, person.person_id, values, by_of(form))
    parts = {"Filled": found.filled, "Kept as it was": found.kept, "Not taken": found.unfit}
    said = [
        f"{what}: {', '.join(labels.get(one, one) for one in names)}"
        for what, names in parts.items()
        if names
    ]
    return ". ".join(said) or "Nothing was empty."


def _consent(app: App, form: Form, sub: Submission, person: Person) -> str:
    if sub.email not in addresses_of(person):
        raise NotFound("The person does not have this address any more.")
    said = Said(by_of(form), sub.agreed_to)
    proven, at = sub.confirmed_at is not None, sub.confirmed_at or sub.at
    consent = agree(app, person, sub.email, said, at, is_proven=proven)
    if consent.opt_out.value:
        return "Kept, but this address has opted out of email, and a form cannot take that back."
    return "Kept with the words that were agreed to."


def _list(app: App, form: Form, sub: Submission, person: Person) -> str:
    found = manual_list(app, sub.tenant, form.actions.list_id)
    put_on_list(app, sub.tenant, found.list_id, [person.person_id])
    return f"On the list {found.name}."


def _notify(app: App, form: Form, sub: Submission, person: Person) -> str:
    if form.actions.notify:
        count_told(app, sub)
    return mail_to_users(app, form, sub, person)


def _sync(app: App, form: Form, sub: Submission, person: Person) -> str:
    plan = form.actions.sync
    if plan is None:
        return "Not wanted any more."
    count_told(app, sub)
    zone = form.actions.timezone
    wish = wish_of(app, sub.tenant, plan, person, sub.confirmed_at or sub.at, zone, sub.key)
    # Asked for again it is for the same id, whoever that is by now.
    request = PushRequest(sub.person_id, wish, by_of(form), sub.key, unattended=True)
    request_push(app, sub.tenant, request)
    return "Asked of Sugar."


def _campaigns(app: App, form: Form, sub: Submission, person: Person) -> str:
    if is_noticed(app, sub.tenant, form.form_id):
        # What it filled in, agreed to and put on a list may be what the first branch asks for.
        list_people(app, sub.tenant, [person.person_id])
    at = sub.confirmed_at or sub.at
    notice_form(app, sub.tenant, form.form_id, person.person_id, at, sub.key)
    return "Told to campaigns."


def by_of(form: Form) -> str:
    """Who says so, where a form does."""
    return f"form “{form.name}”"


_DOES: Mapping[FormAction, Callable[[App, Form, Submission, Person], str]] = {
    FormAction.CONFIRM: _confirm,
    FormAction.FIELDS: _fields,
    FormAction.CONSENT: _consent,
    FormAction.LIST: _list,
    FormAction.NOTIFY: _notify,
    FormAction.SYNC: _sync,
    FormAction.CAMPAIGNS: _campaigns,
}
