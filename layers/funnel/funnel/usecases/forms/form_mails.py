"""Mail because of a form that was sent: to whoever sent it, to confirm, and to our own people."""

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from funnel.domain.errors import InputInvalid, MailRefused, NotFound, Permanent
from funnel.domain.forms.form_speech import form_speech
from funnel.domain.forms.forms import Form
from funnel.domain.forms.submissions import Submission, mail_key, place_of
from funnel.domain.ids import PersonId, SugarId
from funnel.domain.mail.mails import CONFIRMS, TOLD_OF, MailDraft, mail_id_of
from funnel.domain.sync.records import Person
from funnel.domain.text import as_text
from funnel.usecases.app import App
from funnel.usecases.emails.render_email import EmailRenderer
from funnel.usecases.forms.limit_confirmations import count_confirmation
from funnel.usecases.mail.mail_fitness import address_of, user_at
from funnel.usecases.mail.send_mail import request_mail, ring_for_mail

ABOUT = "form"
"""The name by which a mail says which form it is about."""


def mail_confirmation(app: App, form: Form, sub: Submission, person: Person) -> None:
    """Ask for the email with the link to confirm, once. Raises `NotFound`, `InputInvalid`, `MailRefused`.

    It says nothing of what is known of the person, and nothing that was typed: anybody could have us write
    their words to any address.
    """
    tenant, key = sub.tenant, mail_key(sub, "confirm")
    if app.mails.mail(tenant, mail_id_of(tenant, key)) is not None:
        # Whoever asked for it may have died before ringing.
        ring_for_mail(app, tenant)
        return
    email = app.emails.email(tenant, form.actions.confirm)
    if email is None:
        raise NotFound("The email to confirm by is gone.", mend="Choose another in the form.")
    count_confirmation(app, tenant, sub.email, sub.key)
    link, label = confirm_url(app, sub), form_speech(form.language).confirm
    renderer = EmailRenderer(app, app.mails.mail_settings(tenant), email)
    ready = renderer.to_address(sub.email, label, link)
    about = {"email": form.actions.confirm, ABOUT: form.form_id, CONFIRMS: form.form_id}
    draft = ready.draft(key, person.person_id, sub.email, about)
    request_mail(
        app,
        tenant,
        replace(
            draft,
            is_urgent=True,
            written={**draft.written, link: f"{app.public_url}/f/{form.form_id}/confirm"},
        ),
    )


def confirm_url(app: App, sub: Submission) -> str:
    """Where the link of the email leads: a page that asks once more, since machines open links, too."""
    return f"{app.public_url}/f/{sub.form_id}/confirm/{place_of(sub)}.{sub.token}"


def mail_to_users(app: App, form: Form, sub: Submission, person: Person) -> str:
    """Ask for a mail to each of our own people, once; to whom. Raises `MailRefused` naming who gets none."""
    done, failed = [], []
    for user_id in map(SugarId, form.actions.notify):
        user = user_at(app, sub.tenant, user_id)
        name = (user.name if user else "") or user_id
        try:
            _mail_to(app, form, sub, person, user_id, address_of(user) if user else "")
        except Permanent as error:
            failed.append(f"{name}: {error.text}")
        else:
            done.append(name)
    said = f"Asked for a mail to {', '.join(done)}." if done else ""
    if failed:
        raise MailRefused(f"{said} Not to {' '.join(failed)}".strip())
    return said or "Nobody is to be told any more."


def _mail_to(
    app: App, form: Form, sub: Submission, person: Person, user_id: SugarId, address: str
) -> None:
    if not address:
        raise InputInvalid("In Sugar, this user has no email address.")
    subject = as_text(f"{form.name}: {person.name or sub.email}")[:150]
    url = f"{app.public_url}/app/people/{person.person_id}"
    rows = list(_sent(form, sub))
    items = "".join(f"<li><b>{escape(name)}</b>: {_lines(text)}</li>" for name, text in rows)
    speech = form_speech(form.language)
    said, there = speech.sent.format(form.name), speech.in_funnel.format(person.name or sub.email)
    html = (
        f'<p>{escape(said)}</p><ul>{items}</ul><p><a href="{escape(url)}">{escape(there)}</a></p>'
    )
    plain = "\n".join(f"{name}: {text}" for name, text in rows)
    draft = MailDraft(
        mail_key(sub, "notify", user_id),
        PersonId(""),
        address,
        subject,
        html,
        f"{said}\n\n{plain}\n\n{url}",
        reply_to="",
        about={ABOUT: form.form_id, TOLD_OF: person.person_id},
        user=user_id,
    )
    request_mail(app, sub.tenant, draft)


def _sent(form: Form, sub: Submission) -> Iterable[tuple[str, str]]:
    """What was sent, by the labels of the form and in its order."""
    for field in form.fields:
        if field.name in sub.values:
            yield field.label, sub.values[field.name]


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))
