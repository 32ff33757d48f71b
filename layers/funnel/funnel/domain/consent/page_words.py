"""What words from the unsubscribe pages of mails make of a consent.

The source of an opt-out by pages names every mail whose page said so: a page takes back its own
word, and the address is written to again when no other word is left.
"""

from dataclasses import replace
from datetime import datetime

from funnel.domain.consent.consent import HERE, PAGE, Consent, Flag, Mark, Source, changed_here
from funnel.domain.mail.mails import MailId, Word

MOST_NAMED = 6
"""Mails that a source names. What is said by more stands until somebody takes it back by hand."""

_BETWEEN, _MORE = ", ", "more"


def with_word(consent: Consent, word: Word) -> Consent:
    """The consent after a word, which may be an old one; the same where it changes nothing.

    Undoing takes back nothing that was said later, by hand, in Sugar, by a complaint or by the page
    of another mail.
    """
    return _left(consent, word) if word.opt_out else _undone(consent, word)


def _left(consent: Consent, word: Word) -> Consent:
    flag, name = consent.opt_out, _name(word.mail_id)
    named = _named(flag)
    source = flag.source
    if source and source.side == HERE and source.at >= word.at:
        by_page = source.by == PAGE
        if not by_page or name in source.reason.split(_BETWEEN):
            return consent
    if not flag.value:
        return changed_here(consent, Mark.OPT_OUT, True, Source(HERE, word.at, PAGE, name))
    if source is None or not named:
        return consent
    if name not in named and _MORE not in named:
        named = (*named, name if len(named) < MOST_NAMED else _MORE)
    return _said(consent, source, named, max(source.at, word.at))


def _undone(consent: Consent, word: Word) -> Consent:
    flag, name = consent.opt_out, _name(word.mail_id)
    named, source = _named(flag), flag.source
    if source is None or name not in named or source.at >= word.at:
        return consent
    rest = tuple(one for one in named if one != name)
    if rest:
        return _said(consent, source, rest, source.at)
    return changed_here(consent, Mark.OPT_OUT, False, Source(HERE, word.at, PAGE, name))


def _said(consent: Consent, source: Source, named: tuple[str, ...], at: datetime) -> Consent:
    after = replace(source, at=at, reason=_BETWEEN.join(named))
    return consent.with_flag(Mark.OPT_OUT, replace(consent.opt_out, source=after))


def _named(flag: Flag) -> tuple[str, ...]:
    """By the pages of which mails it is opted out; empty where it is not, or not only by pages."""
    source = flag.source
    if not flag.value or source is None or source.side != HERE or source.by != PAGE:
        return ()
    return tuple(source.reason.split(_BETWEEN))


def _name(mail_id: MailId) -> str:
    return f"mail {mail_id}"
