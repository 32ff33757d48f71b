"""Send a campaign's email to one person, unless it may get none; not before it may."""

from funnel.domain.campaigns import SendEmail
from funnel.domain.enrolments import Change, Enrolment, What, mail_key, waiting
from funnel.domain.errors import MailRefused
from funnel.domain.records import Person
from funnel.domain.senders import why_unfit
from funnel.domain.waiting import may_send_at
from funnel.usecases.mail_cap import may_mail_now
from funnel.usecases.mail_fitness import NO_ADDRESS, Asked, why_not
from funnel.usecases.send_mail import request_mail
from funnel.usecases.walking import Walking


def send_step(walking: Walking, one: Enrolment, action: SendEmail, person: Person) -> Change:
    """On to the next step with the mail asked for, or with why it was not; or waiting for when it may be.

    Whoever may get no mail goes on. What is wrong with the sender or the email is nobody's own: raises
    `MailRefused` and `NotFound` then, and what `request_mail` raises.
    """
    app, settings = walking.app, walking.settings
    # Asked for before, and then the move was lost: it is on its way.
    if app.mails.mail(walking.tenant, one.mail_id()) is not None:
        return walking.goes_on(one, What.SENT)
    if unfit := why_unfit(settings, settings.from_address):
        raise MailRefused(unfit)
    if not person.emails:
        return walking.goes_on(one, What.NOT_SENT, NO_ADDRESS, skipped=True)
    address = person.emails[0]
    wait = may_send_at(walking.campaign.window, walking.now, walking.zone)
    if wait <= walking.now:
        wait = may_mail_now(app, walking.tenant, person.person_id, walking.now) or walking.now
        wait = may_send_at(walking.campaign.window, wait, walking.zone)
    if wait > walking.now:
        reason = why_not(app, settings, Asked(person.person_id, address))
        if reason:
            return walking.goes_on(one, What.NOT_SENT, reason, skipped=True)
        return Change(one, waiting(one, wait))
    renderer = walking.renderer(action.email_id)
    about = {
        "email": action.email_id,
        "email_name": renderer.email_name,
        "campaign": one.campaign_id,
        "step": one.step,
        "enrolment": one.enrolment_id,
    }
    ready = renderer.to_person(person, address)
    draft = ready.draft(mail_key(one, one.step), person.person_id, address, about)
    try:
        request_mail(app, walking.tenant, draft, ring=False)
    except MailRefused as refusal:
        return walking.goes_on(one, What.NOT_SENT, refusal.text, skipped=True)
    walking.asked_mail = True
    return walking.goes_on(one, What.SENT)
