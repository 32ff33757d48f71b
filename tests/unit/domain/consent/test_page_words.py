"""Words from the pages of mails: each page takes back its own, and no other's."""

from datetime import UTC, datetime, timedelta

from funnel.domain.consent.consent import HERE, PAGE, Consent, Mark, Source, changed_here
from funnel.domain.consent.page_words import MOST_NAMED, with_word
from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import MailId, Word

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BLANK = Consent(TenantId("t"), "ann@x.test")


def word(mail: str, minute: int, *, opt_out: bool = True) -> Word:
    return Word(MailId(mail), NOW + timedelta(minutes=minute), opt_out)


def told(*words: Word, since: Consent = BLANK) -> Consent:
    for one in words:
        since = with_word(since, one)
    return since


def reason(consent: Consent) -> str:
    assert consent.opt_out.source is not None
    return consent.opt_out.source.reason


def test_an_opt_out_names_each_mail_whose_page_said_so_once() -> None:
    out = told(word("a", 1), word("b", 2), word("a", 3))
    assert out.opt_out.value
    assert out.opt_out.source == Source(HERE, NOW + timedelta(minutes=3), PAGE, "mail a, mail b")
    early = told(word("a", 5), word("b", 2))
    assert early.opt_out.source == Source(HERE, NOW + timedelta(minutes=5), PAGE, "mail a, mail b")
    assert told(word("a", 1), since=early) == early, "an old word of a mail that is named"


def test_the_address_is_written_to_again_when_the_last_page_took_its_word_back() -> None:
    both = told(word("a", 1), word("b", 2))
    one = told(word("a", 3, opt_out=False), since=both)
    assert (one.opt_out.value, reason(one)) == (True, "mail b")
    none = told(word("b", 4, opt_out=False), since=one)
    assert not none.opt_out.value
    assert none.opt_out.source == Source(HERE, NOW + timedelta(minutes=4), PAGE, "mail b")


def test_a_page_takes_back_no_word_of_another_and_none_that_came_later() -> None:
    out = told(word("a", 5))
    assert told(word("b", 9, opt_out=False), since=out) == out
    assert told(word("a", 5, opt_out=False), since=out) == out
    assert told(word("a", 4, opt_out=False), since=out) == out


def test_what_a_person_said_stands_whatever_pages_say() -> None:
    by_hand = changed_here(BLANK, Mark.OPT_OUT, True, Source(HERE, NOW, "Ada", "by phone"))
    assert told(word("a", 1), since=by_hand) == by_hand
    assert told(word("a", 2, opt_out=False), since=by_hand) == by_hand
    taken_back = changed_here(
        told(word("a", 1)), Mark.OPT_OUT, False, Source(HERE, NOW + timedelta(minutes=9), "Ada", "")
    )
    assert told(word("b", 8), since=taken_back) == taken_back, "older than what Ada said"
    assert told(word("b", 10), since=taken_back).opt_out.value
    in_sugar = changed_here(BLANK, Mark.OPT_OUT, True, Source("Sugar", NOW, PAGE, "mail a"))
    assert told(word("a", 2, opt_out=False), since=in_sugar) == in_sugar


def test_of_very_many_pages_the_rest_is_more_and_stays() -> None:
    many = told(*(word(f"m{n}", n) for n in range(MOST_NAMED + 3)))
    assert reason(many) == ", ".join([f"mail m{n}" for n in range(MOST_NAMED)] + ["more"])
    back = told(*(word(f"m{n}", 60, opt_out=False) for n in range(MOST_NAMED + 3)), since=many)
    assert (back.opt_out.value, reason(back)) == (True, "more")
