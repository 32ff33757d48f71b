"""Carry out what a reader said on the unsubscribe page of a mail."""

from dataclasses import replace

from funnel.domain.consent import HERE, Mark
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import TenantId
from funnel.domain.mails import Mail, Word
from funnel.domain.text import fold_email
from funnel.usecases.app import App
from funnel.usecases.change_alerts import switch_by_mail
from funnel.usecases.change_consent import Said, set_mark
from funnel.usecases.hear_of_mail import whose_address

BY = "the reader, on the unsubscribe page"
_TRIES = 8


def take_word(app: App, tenant: TenantId, word: Word) -> None:
    """Opt the address out, or take back what this very page did; Sugar is told.

    What comes late or again changes nothing. An opt-out that came by another way stands: whoever
    has the mail has the page, and mail is forwarded. Raises `StoreBusy`.
    """
    mail = app.mails.mail(tenant, word.mail_id)
    if mail is None or (mail.word_at is not None and word.at <= mail.word_at):
        return
    _change_consent(app, mail, word)
    for _ in range(_TRIES):
        if mail.word_at is not None and word.at <= mail.word_at:
            return
        after = replace(mail, word_at=word.at, unsubscribed_at=word.at if word.opt_out else None)
        try:
            app.mails.save_mail(after)
        except Conflict:
            found = app.mails.mail(tenant, word.mail_id)
            if found is None:
                return
            mail = found
        else:
            return
    raise StoreBusy("Others keep changing the same mail.")


def _change_consent(app: App, mail: Mail, word: Word) -> None:
    if mail.user:
        switch_by_mail(app, mail, word)
        return
    person, folded = whose_address(app, mail), fold_email(mail.address)
    if person is None:
        return
    reason = f"mail {mail.mail_id}"
    if not word.opt_out:
        consent = app.records.consents(mail.tenant, [folded]).get(folded)
        source = consent.opt_out.source if consent else None
        ours = source is not None and source.side == HERE and source.by == BY
        if source is None or not ours or source.reason != reason:
            return
    set_mark(app, person, folded, Mark.OPT_OUT, word.opt_out, Said(BY, reason))
