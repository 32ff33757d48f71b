"""A test of an email goes to users only, is marked, and nothing of it counts."""

from dataclasses import replace

import pytest

from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid, MailRefused, NotFound, TooManyTries
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.mail.mails import Happened, MailId, Word, mail_id_of
from funnel.domain.sync.records import ReadStamp, State, SugarRecord, Unit
from funnel.usecases.delivery.take_word import take_word
from funnel.usecases.emails.keep_emails import EmailWords, add_email
from funnel.usecases.emails.send_test import MOST_AN_HOUR, readers_of_tests, send_test
from funnel.usecases.emails.view_emails import preview_email
from funnel.usecases.mail.mail_totals import totals
from tests.fakes.world import TENANT
from tests.unit.usecases.mail.mailing import Mailing

WORDS = EmailWords(
    "News", "For {{first_name|you}}", '<p>See <a href="https://www.example.com/a">this</a></p>'
)


class Bench:
    """Users, an email, and somebody it can be filled in for."""

    def __init__(self) -> None:
        self.mailing = Mailing()
        self.app, self.world = self.mailing.app, self.mailing.world
        now = self.app.clock.now()
        stamp = ReadStamp(now, now, now)
        users = [
            SugarRecord(
                TENANT, RecordKey(Module.USERS, SugarId(f"u{n}")), State.SYNCED,
                {"status": status, "email1": f"u{n}@own.test" if n else "", "user_name": f"user{n}"},
                stamp, "d", f"User {n}", now,
            )
            for n, status in enumerate(["Active", "Active", "Active", "Inactive", *["Active"] * 4])
        ]  # fmt: skip
        assert self.world.store.commit(TENANT, [Unit(records=users)])
        self.email = add_email(self.app, TENANT, "k", WORDS, "Mo").email.email_id

    def send(self, *to: str, key: str = "t", person: PersonId | None = None) -> tuple[str, ...]:
        users = [SugarId(one) for one in to]
        return send_test(self.app, TENANT, self.email, key, users, person).addresses

    def mail_id(self, user: str, key: str = "t") -> MailId:
        return mail_id_of(TENANT, f"test {self.email} {key} {user}")


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_only_active_users_with_an_address_are_offered(bench: Bench) -> None:
    found = readers_of_tests(bench.app, TENANT, "user2")
    assert [one.user_id for one in found] == ["u2", "u1", "u4", "u5", "u6", "u7"]
    assert [one.user_id for one in found if one.is_me] == ["u2"]


def test_it_arrives_marked_once_and_with_nothing_to_follow(bench: Bench) -> None:
    assert bench.send("u1", "u2", "u1") == ("u1@own.test", "u2@own.test")
    assert bench.send("u1") == ("u1@own.test",)
    bench.world.drain()
    sent = bench.mailing.mailer.sent
    assert [one.to_address for one in sent] == ["u1@own.test", "u2@own.test"]
    assert sent[0].subject == "[Test] For you"
    assert 'href="https://www.example.com/a"' in sent[0].html
    assert "/m/o/" not in sent[0].html
    assert "Unsubscribe" in sent[0].html


def test_it_is_filled_in_for_the_person_that_is_looked_at(bench: Bench) -> None:
    ann = bench.world.store.people(TENANT, [bench.mailing.ann])[bench.mailing.ann]
    named = replace(ann, fields={**ann.fields, "first_name": "Ann"})
    assert bench.world.store.commit(TENANT, [Unit(people=[named])])
    bench.send("u1", person=bench.mailing.ann)
    bench.world.drain()
    assert bench.mailing.last.subject == "[Test] For Ann"
    with pytest.raises(NotFound):
        bench.send("u1", key="other", person=PersonId("nobody"))


@pytest.mark.feature("D8")
def test_a_test_and_a_preview_lead_where_the_mail_will(bench: Bench) -> None:
    ann = bench.world.store.people(TENANT, [bench.mailing.ann])[bench.mailing.ann]
    named = replace(ann, fields={**ann.fields, "company": "A & B", "first_name": "a+b"})
    assert bench.world.store.commit(TENANT, [Unit(people=[named])])
    link = '<p><a href="https://www.example.com/{{company}}?who={{first_name}}">this</a></p>'
    own = "https://www.example.com/{{company}}?who={{first_name}}"
    words = EmailWords("News", "Hi", link, text=own, text_fits=True)
    bench.email = add_email(bench.app, TENANT, "l", words, "Mo").email.email_id
    target = "https://www.example.com/A%20%26%20B?who=a%2Bb"
    bench.send("u1", person=bench.mailing.ann)
    bench.world.drain()
    seen = preview_email(bench.app, TENANT, bench.email, bench.mailing.ann)
    for html, text in ((bench.mailing.last.html, bench.mailing.last.text), (seen.html, seen.text)):
        assert f'href="{target}"' in html
        assert target in text.split()


def test_nothing_of_it_counts_and_its_words_change_nothing(bench: Bench) -> None:
    bench.send("u1")
    bench.world.drain()
    mail_id = bench.mail_id("u1")
    before = bench.world.store.alerts(TENANT, SugarId("u1"))
    bench.mailing.hear(mail_id, Happened.COMPLAINT)
    take_word(bench.app, TENANT, Word(mail_id, bench.app.clock.now(), True))
    assert bench.world.store.alerts(TENANT, SugarId("u1")) == before
    assert totals(bench.app, TENANT, "email", bench.email).asked == 0
    assert bench.mailing.done_by_ann() == []
    people = bench.world.store.mails_of_person(TENANT, bench.mailing.ann, 9)
    assert list(people.items) == []


@pytest.mark.parametrize(
    ("to", "error"),
    [
        ((), InputInvalid),
        (("u1", "u2", "u4", "u5", "u6", "u7"), InputInvalid),
        (("u3",), MailRefused),
        (("u0",), MailRefused),
        (("ann@example.test",), MailRefused),
    ],
)
def test_it_goes_to_nobody_else_and_to_five_at_most(
    bench: Bench, to: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        bench.send(*to)
    bench.world.drain()
    assert bench.mailing.mailer.sent == []


def test_there_are_so_many_within_an_hour_and_no_more(bench: Bench) -> None:
    for n in range(MOST_AN_HOUR // 5):
        bench.send("u1", "u2", "u4", "u5", "u6", key=f"t{n}")
    bench.send("u1", "u2", "u4", "u5", "u6", key="t0")
    with pytest.raises(TooManyTries):
        bench.send("u1", key="more")
    bench.mailing.clock.advance(3_600)
    assert bench.send("u1", key="more") == ("u1@own.test",)


def test_it_is_asked_for_by_a_key_and_of_an_email_that_is_there(bench: Bench) -> None:
    with pytest.raises(InputInvalid):
        bench.send("u1", key="")
    bench.email = EmailId("other")
    with pytest.raises(NotFound):
        bench.send("u1")
