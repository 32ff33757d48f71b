"""Send a campaign's email to one person, unless it may get none; not before it may."""

from dataclasses import replace
from datetime import timedelta

from funnel.domain.campaigns.campaigns import SendEmail
from funnel.domain.campaigns.enrolments import Change, Enrolment, What, mail_key, waiting
from funnel.domain.campaigns.waiting import may_send_at
from funnel.domain.mail.mail_states import LONGEST_HELD
from funnel.domain.mail.senders import why_mail_waits
from funnel.domain.sync.records import Person
from funnel.usecases.campaigns.ask_ahead import looks_again_at
from funnel.usecases.campaigns.walking import Walking
from funnel.usecases.mail.mail_fitness import NO_ADDRESS

_SOON = timedelta(minutes=5)
"""After so long at the earliest it is looked whether the sender's trouble is over."""


def send_step(walking: Walking, one: Enrolment, action: SendEmail, person: Person) -> Change:
    """On to the next step with the mail to be asked for, or with why not; or waiting for when it may be.

    The mail is asked for with those of the others, before any of them moves on. Whoever may get none
    goes on. While the sender is in trouble, or much waits to go out, who may get it waits here. Raises
    `NotFound` where the email is gone.
    """
    mails, now = walking.mails, walking.now
    # Asked for before, and then the move was lost: it is on its way.
    if mails.mail(one.mail_id()) is not None:
        return walking.goes_on(one, What.SENT)
    if not person.emails:
        return walking.goes_on(one, What.NOT_SENT, NO_ADDRESS, skipped=True)
    if reason := mails.why_not(person):
        return walking.goes_on(one, What.NOT_SENT, reason, skipped=True)
    address = person.emails[0]
    wait = may_send_at(walking.campaign.window, now, walking.zone)
    if wait <= now:
        wait = mails.free_at(person) or now
        wait = may_send_at(walking.campaign.window, wait, walking.zone)
    if wait > now:
        return Change(one, waiting(one, wait))
    if trouble := why_mail_waits(mails.settings, now):
        look = now + min(LONGEST_HELD, max(_SOON, now - one.since))
        return Change(one, replace(waiting(one, look), reason=trouble))
    renderer = walking.renderer(action.email_id)
    about = {
        "email": action.email_id,
        "email_name": renderer.email_name,
        "campaign": one.campaign_id,
        "step": one.step,
        "enrolment": one.enrolment_id,
    }
    if not mails.ahead.take():
        later = looks_again_at(walking.app, walking.campaign, one, now)
        return Change(one, waiting(one, may_send_at(walking.campaign.window, later, walking.zone)))
    ready = renderer.to_person(person, address)
    draft = ready.draft(mail_key(one, one.step), person.person_id, address, about)
    mails.draft(one, draft)
    return walking.goes_on(one, What.SENT)
