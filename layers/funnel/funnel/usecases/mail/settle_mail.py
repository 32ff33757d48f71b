"""A person says what is to become of a mail of which nobody can tell whether it went out."""

from funnel.domain.errors import Conflict, NotFound
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_states import again, said_sent
from funnel.domain.mail.mails import Mail, MailId, MailState
from funnel.usecases.app import App
from funnel.usecases.mail.send_mail import ring_for_mail


def send_again(app: App, tenant: TenantId, mail_id: MailId, by: str) -> Mail:
    """Send it once more, though it may have arrived. Raises `NotFound`, and `Conflict` if it is clear."""
    saved = app.mails.save_mail(again(_unclear(app, tenant, mail_id), app.clock.now(), by))
    ring_for_mail(app, tenant)
    return saved


def say_it_was_sent(app: App, tenant: TenantId, mail_id: MailId, by: str) -> Mail:
    """Count it as sent. Raises as `send_again`."""
    saved = app.mails.save_mail(said_sent(_unclear(app, tenant, mail_id), by))
    if saved.wants_note:
        ring_for_mail(app, tenant)
    return saved


def _unclear(app: App, tenant: TenantId, mail_id: MailId) -> Mail:
    mail = app.mails.mail(tenant, mail_id)
    if mail is None:
        raise NotFound("There is no such mail.")
    if mail.state is not MailState.UNCLEAR:
        raise Conflict("It is clear by now what became of this mail.", mend="Look at it again.")
    return mail
