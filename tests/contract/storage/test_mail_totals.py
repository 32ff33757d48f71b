"""What many mails come to, who received what lately, and who sends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_caps import Received, with_mail
from funnel.domain.mail.mail_states import claimed, refused, sent
from funnel.domain.mail.mail_totals import About, AboutKind, LinkTotals, MailTotals, Outcome
from funnel.domain.mail.mails import (
    Mail,
    MailContent,
    MailId,
    MailNumbers,
    MailToken,
    TrackedMail,
)
from funnel.domain.people.erasure import Traces
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import pages
from tests.contract.storage.test_mails import content, mail
from tests.fakes.mail_totals import summed

ABOUT = {"email": "e1", "broadcast": "b1"}
BROADCAST = About(AboutKind.BROADCAST, "b1")
EMAIL = About(AboutKind.EMAIL, "e1")


def of_broadcast(tenant: TenantId, name: str, hours: int = 0) -> Mail:
    """One that is counted by an email and a broadcast."""
    return replace(mail(tenant, name, hours), about=ABOUT, numbers=MailNumbers())


def asked(*mails: Mail) -> list[tuple[Mail, MailContent]]:
    """These, to be kept."""
    return [(one, content(one)) for one in mails]


def test_large_mails_are_kept_at_once_whatever_makes_them_large(
    store: Store, tenant: TenantId
) -> None:
    mails = [of_broadcast(tenant, f"m{n}", n) for n in range(16)]
    links = {f"https://x.test/{n}": "y" * 3_000 for n in range(100)}
    wide = MailContent(tenant, mails[0].mail_id, "\u6f22" * 50_000, "\u6f22" * 50_000)
    of_links = replace(content(mails[1]), written=links)
    made = [
        replace(wide if n % 2 else of_links, mail_id=one.mail_id) for n, one in enumerate(mails)
    ]
    assert store.add_mails(list(zip(mails, made, strict=True))) == [True] * 16
    kept = store.mail_contents(tenant, [one.mail_id for one in mails])
    assert [kept[one.mail_id] for one in mails] == made


def test_many_mails_are_kept_at_once_and_each_but_once(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    first = [of_broadcast(tenant, f"m{n}", n) for n in range(3)]
    assert store.add_mails([]) == []
    assert store.add_mails(asked(*first)) == [True, True, True]
    more = of_broadcast(tenant, "m9", 9)
    again = replace(first[1], subject="Other")
    assert store.add_mails(asked(first[0], more, again)) == [False, True, False]
    kept = store.mails(tenant, [one.mail_id for one in (*first, more)])
    assert {one.subject for one in kept.values()} == {first[0].subject}
    contents = store.mail_contents(tenant, [*kept, MailId("nobody")])
    assert contents == {one.mail_id: content(one) for one in (*first, more)}
    assert store.mail_totals(tenant, BROADCAST).asked == 4
    assert store.mail_totals(tenant, EMAIL).asked == 4
    assert store.mail_totals(other, BROADCAST) == MailTotals()
    assert store.mail_totals(tenant, About(AboutKind.STEP, "b1")) == MailTotals()


def test_totals_are_what_the_mails_come_to_at_any_moment(store: Store, tenant: TenantId) -> None:
    store.add_mails(asked(*(of_broadcast(tenant, f"m{n}") for n in range(3))))
    ids = [MailId(f"m{n}") for n in range(3)]

    def change(name: str, how: Callable[[Mail], Mail]) -> Mail:
        stored = store.mail(tenant, MailId(name))
        assert stored is not None
        after = how(stored)
        kept = store.save_mail(after)
        with pytest.raises(Conflict):
            store.save_mail(after)
        mails = store.mails(tenant, ids)
        expected = summed(one.tallied for one in mails.values())
        assert store.mail_totals(tenant, BROADCAST) == expected
        return kept

    def numbers(one: Mail, *clicks: int) -> Mail:
        links = {str(at): number for at, number in enumerate(clicks, 1) if number}
        targets = {at: f"https://x.test/{at}" for at in links}
        return replace(one, numbers=MailNumbers(0, sum(clicks), links=links, targets=targets))

    for name in ("m0", "m1"):
        change(name, lambda one: claimed(one, NOW))
        change(name, lambda one: sent(one, "x", NOW))
    change("m2", lambda one: refused(one, "opted out"))
    change("m0", lambda one: numbers(one, 2, 1))
    change("m1", lambda one: numbers(one, 0, 4))
    found = store.mail_totals(tenant, BROADCAST)
    assert (found.asked, found.sent, found.suppressed, found.waiting) == (3, 2, 1, 0)
    assert (found.clicked, found.clicks) == (2, 7)
    assert found.links == (
        LinkTotals("https://x.test/2", 2, 5),
        LinkTotals("https://x.test/1", 1, 2),
    )
    assert store.mail_totals(tenant, BROADCAST, with_links=False) == replace(found, links=())
    # A click that turns out to be a machine's is taken back.
    change("m0", lambda one: numbers(one, 0, 0))
    assert store.mail_totals(tenant, BROADCAST).links == (LinkTotals("https://x.test/2", 1, 4),)


def test_mails_of_a_broadcast_are_listed_by_how_far_they_came(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    store.add_mails(asked(*(of_broadcast(tenant, f"m{n}", n) for n in range(4))))
    store.add_mails(asked(of_broadcast(other, "m0")))

    def names(outcome: Outcome, of: About = BROADCAST) -> list[str]:
        found = pages(lambda cursor: store.mails_about(tenant, of, outcome, 2, cursor))
        return [one.mail_id for one in found]  # type: ignore[attr-defined]

    assert names(Outcome.WAITING) == ["m0", "m1", "m2", "m3"]
    stored = store.mails(tenant, [MailId("m1"), MailId("m2")])
    store.save_mail(refused(stored[MailId("m1")], "bounces"))
    store.save_mail(sent(store.save_mail(claimed(stored[MailId("m2")], NOW)), "x", NOW))
    assert names(Outcome.WAITING) == ["m0", "m3"]
    assert (names(Outcome.LEFT_OUT), names(Outcome.SENT)) == (["m1"], ["m2"])
    assert names(Outcome.SENT, About(AboutKind.BROADCAST, "b2")) == []


def test_a_mail_is_claimed_with_its_public_side_and_what_its_person_received_or_not_at_all(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    store.add_mails(asked(of_broadcast(tenant, "m1"), of_broadcast(tenant, "m2")))
    mails = store.mails(tenant, [MailId("m1"), MailId("m2")])
    one, two = mails[MailId("m1")], mails[MailId("m2")]
    person = PersonId("p1")
    none = Received(tenant, person)
    assert store.received(tenant, [person, PersonId("p2")])[person] == none

    def tracked(of: Mail) -> TrackedMail:
        return TrackedMail(tenant, of.mail_id, of.token, NOW)

    first = store.claim_mail(claimed(one, NOW), tracked(one), with_mail(none, "m1", NOW))
    assert store.mail(tenant, one.mail_id) == first
    assert store.tracked_mail(one.token) == tracked(one)
    received = store.received(tenant, [person])[person]
    assert (dict(received.mails), received.version) == ({"m1": NOW}, 1)
    # Who read before that gets nothing written.
    with pytest.raises(Conflict):
        store.claim_mail(claimed(two, NOW), tracked(two), with_mail(none, "m2", NOW))
    assert (store.mail(tenant, two.mail_id), store.tracked_mail(two.token)) == (two, None)
    with pytest.raises(Conflict):
        store.claim_mail(claimed(one, NOW), tracked(one), with_mail(received, "m1", NOW))
    assert store.received(tenant, [person])[person] == received
    later = NOW + timedelta(hours=1)
    store.claim_mail(claimed(two, NOW), tracked(two), with_mail(received, "m2", later))
    assert set(store.received(tenant, [person])[person].mails) == {"m1", "m2"}
    assert store.received(other, [person])[person] == Received(other, person)
    plain = store.save_mail(replace(first, due_at=NOW))
    assert store.claim_mail(claimed(plain, NOW), tracked(one), None).attempt == 2


def test_who_sends_is_known_until_its_time_is_over(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    one, other = sorted([new_tenant(), new_tenant()])
    hour = timedelta(hours=1)
    store.note_sender(one, NOW + hour)
    store.note_sender(other, NOW + hour)
    store.note_sender(other, NOW + 3 * hour)
    assert [t for t in store.senders(NOW) if t in (one, other)] == [one, other]
    assert [t for t in store.senders(NOW + 2 * hour) if t in (one, other)] == [other]
    store.forget_sender(other)
    store.forget_sender(other)
    assert [t for t in store.senders(NOW) if t in (one, other)] == [one]


def test_requests_for_a_mail_are_counted_by_day_up_to_so_many(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    token, other = (MailToken(f"{new_tenant()}-t") for _ in range(2))
    today, tomorrow = NOW.date(), (NOW + timedelta(days=1)).date()
    assert [store.count_sight(token, today, 2) for _ in range(4)] == [True, True, False, False]
    assert store.count_sight(token, tomorrow, 2)
    assert store.count_sight(other, today, 2)


def test_many_workers_at_once_count_every_mail_once(store: Store, tenant: TenantId) -> None:
    mails = [of_broadcast(tenant, f"m{n:02}") for n in range(24)]

    def work(one: Mail) -> None:
        if not store.add_mails(asked(one))[0]:
            return
        kept = store.mail(tenant, one.mail_id)
        assert kept is not None
        store.save_mail(sent(store.save_mail(claimed(kept, NOW)), "x", NOW))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, [*mails, *mails]))
    found = store.mail_totals(tenant, BROADCAST)
    assert (found.asked, found.sent, found.waiting) == (24, 24, 0)


def test_a_mail_that_is_forgotten_waits_no_more(store: Store, tenant: TenantId) -> None:
    """Else its broadcast seems to be under way for ever."""
    store.add_mails(asked(of_broadcast(tenant, "m1")))
    one = store.mail(tenant, MailId("m1"))
    assert one is not None
    for _ in range(2):
        store.forget_mail(refused(one, "gone"))
    found = store.mail_totals(tenant, BROADCAST)
    assert (found.asked, found.waiting, found.suppressed) == (1, 0, 1)


def test_mails_that_wait_when_their_person_is_erased_wait_no_more(
    store: Store, tenant: TenantId
) -> None:
    store.add_mails(asked(*(of_broadcast(tenant, f"m{n}", n) for n in range(3))))
    kept = store.mails(tenant, [MailId("m1"), MailId("m2")])
    store.save_mail(claimed(kept[MailId("m1")], NOW))
    out = store.save_mail(claimed(kept[MailId("m2")], NOW))
    store.save_mail(sent(out, "ses", NOW))
    traces = Traces((PersonId("p1"),), (), (), ())
    assert [store.purge(tenant, traces)["mails"] for _ in range(2)] == [3, 0]
    found = store.mail_totals(tenant, BROADCAST)
    assert (found.asked, found.waiting) == (3, 0)
    assert (found.suppressed, found.unclear, found.sent) == (1, 1, 1)
