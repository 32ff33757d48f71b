"""Carry out what a reader said on the unsubscribe page of a mail."""

from dataclasses import replace

from funnel.domain.consent.page_words import with_word
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import Mail, Word
from funnel.domain.text import fold_email
from funnel.usecases.app import App
from funnel.usecases.consent.change_consent import change_mark
from funnel.usecases.delivery.hear_of_mail import whose_address
from funnel.usecases.forms.form_mails import ABOUT as FORM
from funnel.usecases.forms.stop_telling import switch_form_mail
from funnel.usecases.vision.change_alerts import switch_by_mail

_TRIES = 8


def take_word(app: App, tenant: TenantId, word: Word) -> None:
    """Opt the address out, or take back what this very page did; Sugar is told.

    An opt-out that came by another way stands: whoever has the mail has the page, and mail is
    forwarded. First the mail's row, then the consent, until the row's word is the one that was
    carried out: words that are worked on at once end with the latest. A word that comes late or
    again has the row's carried out, should the worker of that have died. Raises `StoreBusy`.
    """
    mail = _kept(app, tenant, word)
    for _ in range(_TRIES):
        if mail is None or mail.word_at is None:
            return
        latest = Word(mail.mail_id, mail.word_at, mail.unsubscribed_at is not None)
        _change_consent(app, mail, latest)
        mail = app.mails.mail(tenant, word.mail_id)
        if mail is None or mail.word_at == latest.at:
            return
    raise StoreBusy("The reader keeps changing their mind.")


def _kept(app: App, tenant: TenantId, word: Word) -> Mail | None:
    """The mail after the word was written into its row, if it is newer; None for one that is gone."""
    for _ in range(_TRIES):
        mail = app.mails.mail(tenant, word.mail_id)
        if mail is None or (mail.word_at is not None and word.at <= mail.word_at):
            return mail
        after = replace(mail, word_at=word.at, unsubscribed_at=word.at if word.opt_out else None)
        try:
            return app.mails.save_mail(after)
        except Conflict:
            continue
    raise StoreBusy("Others keep changing the same mail.")


def _change_consent(app: App, mail: Mail, word: Word) -> None:
    if mail.is_test:
        return
    if mail.user and FORM in mail.about:
        switch_form_mail(app, mail, word)
        return
    if mail.user:
        switch_by_mail(app, mail, word)
        return
    person, folded = whose_address(app, mail), fold_email(mail.address)
    if person is None:
        return
    if not word.opt_out and folded not in app.records.consents(mail.tenant, [folded]):
        return
    change_mark(app, person, folded, lambda consent: with_word(consent, word))
