"""Asking for mail: what it becomes, and what is refused."""

from datetime import timedelta

import pytest

from funnel.domain.errors import InputInvalid, MailRefused
from funnel.domain.ids import PersonId
from funnel.domain.mail.mails import MailState
from funnel.domain.mail.senders import DomainState
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.mail.sender_domains import add_sender_domain, drop_sender_domain
from funnel.usecases.tracking.keep_sites import add_site
from tests.fakes.bounces import mark_invalid
from tests.fakes.world import TENANT
from tests.unit.usecases.mail.mailing import ANN, FROM, HTML, REP, Mailing


@pytest.fixture
def mailing() -> Mailing:
    return Mailing()


def test_a_mail_goes_out_once_however_often_it_is_asked_for(mailing: Mailing) -> None:
    first = mailing.ask()
    assert mailing.ask(html="<p>Other</p>") == first
    mailing.world.drain()
    assert mailing.ask() == first
    mailing.world.drain()
    assert len(mailing.mailer.sent) == 1
    sent = mailing.mail(first)
    assert (sent.state, sent.message_id, sent.due_at) == (MailState.SENT, "message-1", None)
    assert mailing.store.mails_of_sender(TENANT, REP, 9).items == [sent]


def test_a_mail_says_who_it_is_from_and_how_to_leave(mailing: Mailing) -> None:
    mailing.sent()
    out = mailing.last
    assert (out.from_name, out.from_address, out.to_address) == ("Sender", FROM, ANN)
    assert out.unsubscribe_url.startswith("https://funnel.example.test/m/u/")
    for part in (out.html, out.text):
        assert "Street 1" in part
        assert out.unsubscribe_url in part


def test_links_lead_by_us_and_only_where_the_text_said(mailing: Mailing) -> None:
    own = '<a href="mailto:x@y.test">m</a><a href="#top">t</a><a href="https://b.test/">twice</a>'
    mail = mailing.sent(html=HTML + own + '<a href="https://b.test/">b</a>')
    tracked = mailing.store.tracked_mail(mail.token)
    assert tracked is not None
    targets = [one.target for one in tracked.links]
    assert targets == ["https://www.example.com/a", "http://b.test/", "https://b.test/"]
    for number in (1, 2, 3):
        assert f"/m/c/{mail.token}/{number}" in mailing.last.html
    assert "b.test" not in mailing.last.html
    assert 'href="mailto:x@y.test"' in mailing.last.html
    assert 'href="#top"' in mailing.last.html
    assert f"/m/o/{mail.token}" in mailing.last.html


def test_a_link_to_a_site_of_ours_says_who_opens_it_and_no_other_does(mailing: Mailing) -> None:
    add_site(mailing.app, TENANT, "Shop", ["example.com"], "Ann")
    mail = mailing.sent()
    tracked = mailing.store.tracked_mail(mail.token)
    assert tracked is not None
    ours, theirs = tracked.links
    assert ours.signed.startswith(f"https://www.example.com/a?fnl={mailing.ann}")
    assert theirs.signed == ""


@pytest.mark.parametrize("subject", ["a\nBcc: x@y.test", "a\r\nX: y", "a\u2028b", ""])
def test_a_subject_is_one_line(mailing: Mailing, subject: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        mailing.ask(subject=subject)
    assert refused.value.field == "subject"


@pytest.mark.parametrize(
    "changes",
    [
        {"from_name": "Bea\nBcc: x@y.test"},
        {"from_address": "bea@sender.test\r\nBcc: x@y.test"},
        {"reply_to": "bea@sender.test\nBcc: x@y.test"},
        {"html": ""},
        {"html": "x" * 100_001},
        {"html": "".join(f'<a href="https://b.test/{n}">x</a>' for n in range(201))},
    ],
)
def test_what_cannot_be_a_mail_is_refused(mailing: Mailing, changes: dict[str, str]) -> None:
    with pytest.raises(InputInvalid):
        mailing.ask(**changes)
    assert mailing.store.all_mails == {}


def test_a_mail_too_large_to_be_kept_is_refused_with_how_large_it_is(mailing: Mailing) -> None:
    with pytest.raises(InputInvalid, match="570 KB, and 340 KB"):
        mailing.ask(html="<p>" + "\u6f22" * 95_000 + "</p>")
    assert mailing.store.all_mails == {}
    mailing.ask(html="<p>" + "x" * 95_000 + "</p>")
    assert len(mailing.store.all_mails) == 1


def test_who_opted_out_or_bounces_or_is_gone_is_not_written_to(mailing: Mailing) -> None:
    unsubscribe(mailing.app, TENANT, mailing.ann, ANN, Said("Ann"))
    with pytest.raises(MailRefused, match="opted out"):
        mailing.ask()
    ben = mailing.person("ben@example.test")
    mark_invalid(mailing.app, TENANT, ben, "ben@example.test", Said("Ann"))
    with pytest.raises(MailRefused, match="bounces"):
        mailing.ask(person_id=ben, address="ben@example.test")
    with pytest.raises(MailRefused, match="no such address"):
        mailing.ask(person_id=ben, address="other@example.test")
    with pytest.raises(MailRefused, match="no such person"):
        mailing.ask(person_id=PersonId("nobody"))


def test_a_sender_that_is_not_verified_is_said_before_sending(mailing: Mailing) -> None:
    with pytest.raises(MailRefused, match=r"other\.test is not among"):
        mailing.ask(from_address="bea@other.test")
    drop_sender_domain(mailing.app, TENANT, "sender.test")
    with pytest.raises(MailRefused, match=r"sender\.test is not among"):
        mailing.ask()


def test_a_domain_removed_while_it_is_asked_for_stays_removed_and_nothing_goes_out(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = mailing.mailer.domain

    def removed_meanwhile(domain: str) -> DomainState | None:
        drop_sender_domain(mailing.app, TENANT, domain)
        return ask(domain)

    mail_id = mailing.ask()
    mailing.clock.advance(timedelta(minutes=11).total_seconds())
    monkeypatch.setattr(mailing.mailer, "domain", removed_meanwhile)
    mailing.world.drain()
    assert mailing.store.mail_settings(TENANT).domains == ()
    assert mailing.mailer.sent == []
    assert mailing.mail(mail_id).state is MailState.REFUSED
    monkeypatch.setattr(mailing.mailer, "domain", ask)
    add_sender_domain(mailing.app, TENANT, "sender.test")
    assert len(mailing.store.mail_settings(TENANT).domains) == 1
