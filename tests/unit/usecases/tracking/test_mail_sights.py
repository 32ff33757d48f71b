"""Opens, clicks and unsubscribing: what is counted, and whose it is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.consent.consent import Mark
from funnel.domain.errors import NotFound, StoreBusy
from funnel.domain.mail.mails import HONEYPOT, MOST_SEEN, MailId, MailNumbers, Sight, Word
from funnel.domain.tracking.activities import ActivityKind, Signal
from funnel.ports.marketing_messages import RecordSight, TakeWord
from funnel.usecases.consent.change_consent import Said, take_back, unsubscribe
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure, word_for
from funnel.usecases.tracking.accept_hits import Sender
from funnel.usecases.tracking.accept_sight import Request, accept_click, accept_open, accept_word
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.usecases.tracking.keep_sites import add_site
from funnel.usecases.tracking.record_sight import record_sight
from tests.fakes.faulty import Plan, faulty
from tests.fakes.world import TENANT
from tests.unit.usecases.mail.mailing import ANN, FIREFOX, Mailing

PERSON = Request(Sender("192.0.2.7", FIREFOX))
MACHINE = Request(Sender("192.0.2.7", "curl/8.0"))


@pytest.fixture
def mailing() -> Mailing:
    return Mailing()


def test_an_open_and_a_click_are_the_persons_and_counted_with_the_mail(mailing: Mailing) -> None:
    mail = mailing.sent()
    opened = mailing.see(mail.mail_id, "s1")
    mailing.clock.advance(10)
    clicked = mailing.see(mail.mail_id, "s2", 1)
    mailing.see(mail.mail_id, "s2", 1, at=clicked.at)
    numbers = mailing.mail(mail.mail_id).numbers
    assert numbers == MailNumbers(
        1, 1, opened.at, opened.at, clicked.at, clicked.at, links={"1": 1},
        targets={"1": "https://www.example.com/a"},
    )  # fmt: skip
    first, second = mailing.done_by_ann()
    assert (first.kind, first.about["email"]) == (ActivityKind.EMAIL_OPEN, mail.mail_id)
    assert (second.kind, second.about["link"]) == (ActivityKind.EMAIL_CLICK, "1")
    assert second.about["url"] == "https://www.example.com/a"
    assert {one.signal for one in (first, second)} == {Signal.HUMAN}


def test_machines_are_counted_apart_and_give_no_points(mailing: Mailing) -> None:
    mail = mailing.sent()
    mailing.see(mail.mail_id, "s1", user_agent="Mozilla/5.0")
    mailing.see(mail.mail_id, "s2", 1, method="HEAD")
    mailing.see(mail.mail_id, "s3", HONEYPOT)
    numbers = mailing.mail(mail.mail_id).numbers
    assert (numbers.opens, numbers.clicks) == (0, 0)
    assert (numbers.machine_opens, numbers.machine_clicks) == (1, 2)
    assert mailing.store.scores(TENANT, [mailing.ann]) == {}


def test_a_click_before_anybody_could_have_read_it_is_a_machines(mailing: Mailing) -> None:
    mail = mailing.sent()
    assert mail.sent_at is not None
    mailing.see(mail.mail_id, "s1", 1, at=mail.sent_at + timedelta(seconds=2))
    assert mailing.mail(mail.mail_id).numbers.machine_clicks == 1


def test_a_burst_takes_back_what_was_counted_before_it_showed(mailing: Mailing) -> None:
    mail = mailing.sent()
    at = mailing.clock.now()
    mailing.see(mail.mail_id, "s1", 1, at=at)
    assert mailing.mail(mail.mail_id).numbers.clicks == 1
    mailing.see(mail.mail_id, "s2", 2, at=at + timedelta(seconds=0.2))
    numbers = mailing.mail(mail.mail_id).numbers
    assert (numbers.clicks, numbers.machine_clicks, numbers.links) == (0, 2, {})


def test_what_a_marketer_says_moves_the_count(mailing: Mailing) -> None:
    mail = mailing.sent()
    seen = mailing.see(mail.mail_id, "s1", 1, user_agent="curl/8.0")
    for was_person, clicks in ((True, 1), (False, 0), (True, 1)):
        correct_signal(
            mailing.app, TENANT, mailing.ann, "s1", seen.at, "Bea", was_person=was_person
        )
        assert mailing.mail(mail.mail_id).numbers.clicks == clicks


def test_the_senders_own_opens_count_nowhere(mailing: Mailing) -> None:
    mail = mailing.sent(sent_from="198.51.100.7")
    mailing.see(mail.mail_id, "s1", ip="198.51.100.7")
    mailing.see(mail.mail_id, "s2", 1, ip="198.51.100.7")
    assert mailing.mail(mail.mail_id).numbers == MailNumbers()
    assert mailing.done_by_ann() == []


@pytest.mark.parametrize(
    ("sent_from", "seen_from", "is_own"),
    [
        ("2001:db8:1:2:aaaa:bbbb:cccc:1", "2001:db8:1:2:dead:beef:1:2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("198.51.100.7", "::ffff:198.51.100.7", True),
        ("::ffff:198.51.100.7", "::ffff:198.51.100.8", False),
    ],
)
def test_the_sender_is_known_by_the_network_its_machine_takes_new_addresses_from(
    mailing: Mailing, sent_from: str, seen_from: str, is_own: bool
) -> None:
    mail = mailing.sent(sent_from=sent_from)
    mailing.see(mail.mail_id, "s1", ip=seen_from)
    assert mailing.mail(mail.mail_id).numbers.opens == (0 if is_own else 1)


def test_of_one_mail_no_more_is_written_down_than_a_row_of_numbers_bears(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.tracking.record_sight.MOST_SEEN", 3)
    assert MOST_SEEN > 3
    mail = mailing.sent()
    for number in range(5):
        mailing.clock.advance(300)
        mailing.see(mail.mail_id, f"s{number}")
    assert mailing.mail(mail.mail_id).numbers.opens == 3
    assert len(mailing.done_by_ann()) == 3


def test_a_link_leads_only_where_the_mail_said_and_tells_a_site_who_comes(
    mailing: Mailing,
) -> None:
    add_site(mailing.app, TENANT, "Shop", ["example.com"], "Ann")
    mail = mailing.sent()
    person = accept_click(mailing.app, mail.token, "1", PERSON)
    assert person.startswith("https://www.example.com/a?fnl=")
    assert accept_click(mailing.app, mail.token, "1", MACHINE) == "https://www.example.com/a"
    assert accept_click(mailing.app, mail.token, "2", PERSON) == "http://b.test/"
    assert accept_click(mailing.app, mail.token, "0", PERSON) == ""
    mailing.world.drain()
    assert mailing.mail(mail.mail_id).numbers.machine_clicks > 0
    for number in ("3", "-1", "x", "https://evil.test", "1/../2", ""):
        with pytest.raises(NotFound):
            accept_click(mailing.app, mail.token, number, PERSON)


def test_a_reader_gets_there_though_nothing_can_be_counted_and_is_not_told_a_lie(
    mailing: Mailing,
) -> None:
    mail = mailing.sent()
    away = Plan(1, failure=lambda: StoreBusy("away"), once=False)
    app = replace(mailing.app, queue=faulty(mailing.app.queue, away, "queue"))
    assert accept_click(app, mail.token, "2", PERSON) == "http://b.test/"
    accept_open(app, mail.token, PERSON)
    with pytest.raises(StoreBusy):
        accept_word(app, mail.token, opt_out=True)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "../../x", "é" * 43])
def test_an_address_of_no_mail_is_not_found_and_says_nothing_to_anybody(
    mailing: Mailing, token: str
) -> None:
    with pytest.raises(NotFound):
        accept_open(mailing.app, token, PERSON)
    with pytest.raises(NotFound):
        accept_word(mailing.app, token, opt_out=True)
    assert len(mailing.world.queue) == 0


def test_the_id_of_a_mail_is_no_address_of_it(mailing: Mailing) -> None:
    mail = mailing.sent()
    assert len(mail.token) >= 32
    with pytest.raises(NotFound):
        accept_open(mailing.app, mail.mail_id, PERSON)


def test_a_reader_unsubscribes_and_takes_it_back_and_sugar_is_told(mailing: Mailing) -> None:
    mail = mailing.sent()
    accept_word(mailing.app, mail.token, opt_out=True)
    mailing.world.drain()
    consent = mailing.store.consents(TENANT, [ANN])[ANN]
    assert consent.flag(Mark.OPT_OUT).value
    assert consent.due_at is not None
    assert mailing.mail(mail.mail_id).unsubscribed_at is not None
    mailing.clock.advance(5)
    accept_word(mailing.app, mail.token, opt_out=False)
    mailing.world.drain()
    assert not mailing.store.consents(TENANT, [ANN])[ANN].flag(Mark.OPT_OUT).value
    assert mailing.mail(mail.mail_id).unsubscribed_at is None


def test_words_of_a_reader_in_whatever_order_end_with_the_latest(mailing: Mailing) -> None:
    mail = mailing.sent()
    at = mailing.clock.now()
    leave, back = (
        TakeWord(TENANT, Word(mail.mail_id, at + timedelta(seconds=n), opt_out))
        for n, opt_out in ((0, True), (5, False))
    )
    for message in (back, leave, back, leave):
        mailing.world.handle(message)
    assert ANN not in mailing.store.consents(TENANT, [ANN])


def test_the_page_of_a_mail_takes_back_only_what_it_did_itself(mailing: Mailing) -> None:
    mail = mailing.sent()
    unsubscribe(mailing.app, TENANT, mailing.ann, ANN, Said("Bea", "said so by phone"))
    accept_word(mailing.app, mail.token, opt_out=False)
    mailing.world.drain()
    assert mailing.store.consents(TENANT, [ANN])[ANN].flag(Mark.OPT_OUT).value


def test_an_old_word_does_not_undo_what_an_admin_took_back(mailing: Mailing) -> None:
    mail = mailing.sent()
    word = TakeWord(TENANT, Word(mail.mail_id, mailing.clock.now(), True))
    mailing.world.handle(word)
    take_back(mailing.app, TENANT, mailing.ann, ANN, Said("Bea", "asked for it"))
    mailing.world.handle(word)
    assert not mailing.store.consents(TENANT, [ANN])[ANN].flag(Mark.OPT_OUT).value


def test_what_is_seen_of_a_mail_that_is_gone_is_dropped(mailing: Mailing) -> None:
    sight = mailing.sight(MailId("nothing"), "s1")
    mailing.world.handle(RecordSight(TENANT, sight))
    mailing.world.handle(TakeWord(TENANT, Word(MailId("nothing"), mailing.clock.now(), True)))
    assert mailing.done_by_ann() == []


def test_one_more_open_costs_no_read_for_each_of_those_just_before(mailing: Mailing) -> None:
    mail = mailing.sent()
    for n in range(60):
        mailing.clock.advance(1)
        mailing.see(mail.mail_id, f"s{n}", at=mailing.clock.now())
    plan = Plan()
    whole = mailing.app
    app = replace(whole, activities=faulty(whole.activities, plan, "activities"))
    sight = Sight(
        mail.mail_id, "last", ActivityKind.EMAIL_OPEN, mailing.clock.now(), "192.0.2.7", FIREFOX
    )
    record_sight(app, TENANT, sight)
    assert len([one for one in plan.calls if one == "activities.activity"]) <= 9
    assert len(mailing.store.seen_of(TENANT, mail.mail_id)) == 61
    assert mailing.mail(mail.mail_id).numbers.opens == 61


@pytest.mark.parametrize("port", ["batches", "activities"])
def test_an_open_while_the_reader_is_erased_leaves_nothing(mailing: Mailing, port: str) -> None:
    mail = mailing.sent()
    mailing.see(mail.mail_id, "s1")
    before = mailing.sight(mail.mail_id, "s2")
    app, ann = mailing.app, mailing.ann

    class Erases:
        """The port, before whose first call the reader is erased."""

        def __getattr__(self, name: str) -> Any:
            person = mailing.store.people(TENANT, [ann])[ann]
            if not person.erased:
                job = new_erasure(app, TENANT, ann, word_for(person), "Ada")
                EraseWork(app, job).step(job)
            return getattr(mailing.store, name)

    ports: dict[str, Any] = {port: Erases()}
    record_sight(replace(app, **ports), TENANT, before)
    assert mailing.done_by_ann() == []
    assert mailing.store.scores(TENANT, [ann]) == {}
