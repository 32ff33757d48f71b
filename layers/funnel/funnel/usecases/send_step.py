"""Send a campaign's email to one person, unless it may get none; not before it may."""

from funnel.domain.campaigns import SendEmail
from funnel.domain.enrolments import Change, Enrolment, What, mail_key, waiting
from funnel.domain.errors import MailRefused
from funnel.domain.records import Person
from funnel.domain.senders import why_unfit
from funnel.domain.waiting import may_send_at
from funnel.usecases.mail_fitness import NO_ADDRESS
from funnel.usecases.walking import Walking


def send_step(walking: Walking, one: Enrolment, action: SendEmail, person: Person) -> Change:
    """On to the next step with the mail to be asked for, or with why not; or waiting for when it may be.

    The mail is asked for with those of the others, before any of them moves on. Whoever may get none
    goes on. What is wrong with the sender or the email is nobody's own: raises `MailRefused` and
    `NotFound` then.
    """
    mails, settings = walking.mails, walking.mails.settings
    # Asked for before, and then the move was lost: it is on its way.
    if mails.mail(one.mail_id()) is not None:
        return walking.goes_on(one, What.SENT)
    if unfit := why_unfit(settings, settings.from_address):
        raise MailRefused(unfit)
    if not person.emails:
        return walking.goes_on(one, What.NOT_SENT, NO_ADDRESS, skipped=True)
    if reason := mails.why_not(person):
        return walking.goes_on(one, What.NOT_SENT, reason, skipped=True)
    address = person.emails[0]
    wait = may_send_at(walking.campaign.window, walking.now, walking.zone)
    if wait <= walking.now:
        wait = mails.free_at(person) or walking.now
        wait = may_send_at(walking.campaign.window, wait, walking.zone)
    if wait > walking.now:
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
    mails.draft(one, draft)
    return walking.goes_on(one, What.SENT)
