"""Mail, what is seen of it, and mail settings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.dynamodb.mail_rows import mail_pk
from funnel.adapters.dynamodb.tables import person_pk
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, SugarId, TenantId
from funnel.domain.mail.mail_states import claimed, sent, unclear
from funnel.domain.mail.mails import (
    TOLD_OF,
    Mail,
    MailContent,
    MailId,
    MailNumbers,
    MailSeen,
    MailState,
    MailToken,
    TrackedLink,
    TrackedMail,
)
from funnel.domain.mail.senders import DomainState, MailSettings, SenderDomain
from funnel.domain.people.erasure import Traces
from funnel.domain.tracking.activities import ActivityKind, Signal, SubjectId
from tests.contract.storage.builders import NOW, UNICODE
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import pages

HOUR = timedelta(hours=1)
P1, P2 = PersonId("p1"), PersonId("p2")
REP = SugarId("u1")


def mail(tenant: TenantId, name: str = "m1", hours: int = 0, person: PersonId = P1) -> Mail:
    """One that waits since so many hours after the beginning."""
    at = NOW + hours * HOUR
    return Mail(
        tenant,
        MailId(name),
        MailToken(f"{tenant}-{name}"),
        person,
        "ann@example.test",
        UNICODE,
        "Bea",
        "bea@example.test",
        at,
        sender=REP,
        about={"template": "t1"},
        due_at=at,
        numbers=MailNumbers(links={"1": 2}),
    )


def content(one: Mail) -> MailContent:
    """What it says."""
    return MailContent(one.tenant, one.mail_id, f"<p>{UNICODE}</p>", UNICODE)


def add(store: Store, one: Mail) -> Mail:
    """Keep it."""
    return store.add_mail(one, content(one))


def test_a_mail_comes_back_with_its_content_and_is_asked_for_once(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert (store.mail(tenant, MailId("m1")), store.mails(tenant, [])) == (None, {})
    assert store.mail_content(tenant, MailId("m1")) is None
    kept = add(store, mail(tenant))
    assert kept == replace(mail(tenant), version=1)
    assert store.mail(tenant, kept.mail_id) == kept
    assert store.mail_content(tenant, kept.mail_id) == content(kept)
    again = replace(mail(tenant), subject="Other")
    with pytest.raises(Conflict):
        store.add_mail(again, replace(content(again), html="other"))
    assert store.mail_content(tenant, kept.mail_id) == content(kept)
    assert store.mail(other, kept.mail_id) is None


def test_a_mail_is_changed_by_one_at_a_time(store: Store, tenant: TenantId) -> None:
    with pytest.raises(Conflict):
        store.save_mail(mail(tenant))
    kept = add(store, mail(tenant))
    taken = store.save_mail(claimed(kept, NOW))
    with pytest.raises(Conflict):
        store.save_mail(claimed(kept, NOW))
    assert store.mail(tenant, kept.mail_id) == taken


def test_what_a_rep_wrote_and_a_person_got_is_listed_newest_first(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    kept = [add(store, mail(tenant, f"m{hour}", hour)) for hour in range(5)]
    nobodys = add(store, replace(mail(tenant, "m9", 9, P2), sender=SugarId("")))
    add(store, mail(other))
    newest = kept[::-1]
    assert pages(lambda cursor: store.mails_of_sender(tenant, REP, 2, cursor)) == newest
    assert pages(lambda cursor: store.mails_of_person(tenant, P1, 2, cursor)) == newest
    assert store.mails_of_person(tenant, P2, 9).items == [nobodys]
    assert store.mails_of_sender(tenant, SugarId("u2"), 9).items == []


def test_what_is_due_comes_urgent_first_and_by_when_and_not_before_its_time(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    slow = add(store, replace(mail(tenant, "a"), is_urgent=False))
    later = add(store, mail(tenant, "b", 2))
    first = add(store, mail(tenant, "c", 1))
    to_come = add(store, mail(tenant, "d", 4))
    theirs = add(store, mail(other, "e", 4))
    now = NOW + 3 * HOUR
    assert store.due_mails(tenant, now, 9) == [first, later, slow]
    assert store.due_mails(tenant, now, 2) == [first, later]
    assert store.due_mails(tenant, NOW - HOUR, 9) == []
    more = add(store, replace(mail(tenant, "f", 2), is_urgent=False))
    assert [store.count_due_mails(tenant, now, most) for most in (9, 1)] == [2, 1]
    assert store.count_due_mails(tenant, NOW + HOUR, 9) == 1
    assert store.count_due_mails(other, now, 9) == 0
    store.save_mail(sent(more, "x", now))
    mine = {tenant, other}
    assert mine & set(store.tenants_with_due_mails(now)) == {tenant}
    assert mine & set(store.tenants_with_due_mails(NOW + 5 * HOUR)) == mine
    for one in (first, later, slow, to_come, theirs):
        store.save_mail(sent(one, "x", now))
    assert not mine & set(store.tenants_with_due_mails(NOW + 5 * HOUR))


def test_what_is_unclear_is_listed_until_it_is_settled(store: Store, tenant: TenantId) -> None:
    kept = [add(store, mail(tenant, f"m{hour}", hour)) for hour in range(3)]
    lost = [store.save_mail(unclear(store.save_mail(claimed(one, one.asked_at)))) for one in kept]
    assert pages(lambda cursor: store.unclear_mails(tenant, 2, cursor)) == lost
    assert store.due_mails(tenant, NOW + 99 * HOUR, 9) == []
    assert lost[0].state is MailState.UNCLEAR
    store.save_mail(sent(lost[0], "x", NOW))
    assert store.unclear_mails(tenant, 9).items == lost[1:]


def test_the_public_side_of_a_mail_is_found_by_its_token(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant = new_tenant()
    token = MailToken(f"{tenant}-t")
    add(store, mail(tenant))
    assert store.tracked_mail(token) is None
    links = (
        TrackedLink("https://a.test/ü", "https://a.test/ü?fnl=x"),
        TrackedLink("http://b.test"),
    )
    tracked = TrackedMail(tenant, MailId("m1"), token, NOW, "Bea", links)
    store.save_tracked(replace(tracked, links=()))
    store.save_tracked(tracked)
    assert store.tracked_mail(token) == tracked


def test_an_open_is_kept_as_it_was_labelled_last(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    m1 = add(store, mail(tenant)).mail_id
    opened = MailSeen("a1", SubjectId("p1"), ActivityKind.EMAIL_OPEN, NOW, Signal.HUMAN)
    later = replace(opened, signal=Signal.SCANNER, version=2)
    click = replace(opened, activity_id="a2", kind=ActivityKind.EMAIL_CLICK, link=3)
    for one in (opened, later, opened, click, click):
        store.keep_seen(tenant, m1, one)
    assert store.seen_of(tenant, m1) == [later, click]
    assert store.seen_of(tenant, MailId("m2")) == store.seen_of(other, m1) == []


def test_from_where_a_mail_was_written_is_kept_with_it(store: Store, tenant: TenantId) -> None:
    assert store.sent_from(tenant, MailId("m1")) == ""
    store.keep_sent_from(tenant, MailId("m1"), "192.0.2.7", NOW + HOUR)
    assert store.sent_from(tenant, MailId("m1")) == "192.0.2.7"


def test_mail_settings_are_changed_by_one_at_a_time(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert store.mail_settings(tenant) == MailSettings(tenant)
    state = DomainState("example.test", True, "SUCCESS", (("a", "b"), ("c", "d")))
    wanted = MailSettings(
        tenant, UNICODE, "a@example.test", "Street 1\nTown", "Leave", (SenderDomain(state, NOW),)
    )
    kept = store.save_mail_settings(wanted)
    assert kept == replace(wanted, version=1) == store.mail_settings(tenant)
    with pytest.raises(Conflict):
        store.save_mail_settings(wanted)
    store.save_mail_settings(replace(kept, from_name="Zoë"))
    assert store.mail_settings(tenant).from_name == "Zoë"
    assert store.mail_settings(other) == MailSettings(other)


def test_the_mails_of_a_person_go_with_all_that_leads_to_them(
    store: Store, tenant: TenantId
) -> None:
    mine, theirs = add(store, mail(tenant)), add(store, mail(tenant, "m2", person=P2))
    for one in (mine, theirs):
        store.save_tracked(TrackedMail(tenant, one.mail_id, one.token, NOW))
        store.keep_sent_from(tenant, one.mail_id, "192.0.2.7", NOW + HOUR)
        opened = MailSeen("a1", SubjectId("p1"), ActivityKind.EMAIL_OPEN, NOW, Signal.HUMAN)
        store.keep_seen(tenant, one.mail_id, opened)
    traces = Traces((P1,), ("p1",), (), ())
    assert [store.purge(tenant, traces)["mails"] for _ in range(2)] == [1, 0]
    assert store.mail(tenant, mine.mail_id) is None
    assert store.mail_content(tenant, mine.mail_id) is None
    assert store.tracked_mail(mine.token) is None
    assert store.seen_of(tenant, mine.mail_id) == []
    assert store.sent_from(tenant, mine.mail_id) == ""
    assert store.mails_of_person(tenant, P1, 9).items == []
    assert store.mails_of_sender(tenant, REP, 9).items == [theirs]
    assert store.mail(tenant, theirs.mail_id) == theirs
    assert store.tracked_mail(theirs.token) is not None


def test_nothing_is_kept_of_a_mail_that_is_gone(store: Store, tenant: TenantId) -> None:
    one = mail(tenant)
    store.save_tracked(TrackedMail(tenant, one.mail_id, one.token, NOW))
    opened = MailSeen("a1", SubjectId("p1"), ActivityKind.EMAIL_OPEN, NOW, Signal.HUMAN)
    store.keep_seen(tenant, one.mail_id, opened)
    assert store.tracked_mail(one.token) is None
    assert store.seen_of(tenant, one.mail_id) == []


def test_a_mail_is_forgotten_with_all_that_is_kept_of_it_and_no_other(
    store: Store, tenant: TenantId
) -> None:
    one, other = (add(store, mail(tenant, name)) for name in ("m1", "m2"))
    store.keep_sent_from(tenant, one.mail_id, "192.0.2.7", NOW + timedelta(days=1))
    for _ in range(2):
        store.forget_mail(one)
    ids = [one.mail_id, other.mail_id]
    assert set(store.mails(tenant, ids)) == set(store.mail_contents(tenant, ids)) == {other.mail_id}
    assert store.sent_from(tenant, one.mail_id) == ""
    assert [m.mail_id for m in store.mails_of_person(tenant, P1, 9).items] == [other.mail_id]


def test_a_mail_that_was_changed_meanwhile_is_not_forgotten(store: Store, tenant: TenantId) -> None:
    one = add(store, mail(tenant))
    store.save_mail(claimed(one, NOW))
    with pytest.raises(Conflict):
        store.forget_mail(one)


@pytest.mark.parametrize("writes", [1, 2])
def test_wherever_forgetting_a_mail_dies_what_is_left_leads_to_the_rest(
    store: Store, tenant: TenantId, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    if not isinstance(store, DynamoStore):
        pytest.skip("The fake forgets in one step.")
    one, dynamo = add(store, mail(tenant)), store._dynamo
    store.keep_sent_from(tenant, one.mail_id, "192.0.2.7", NOW + timedelta(days=1))
    left = iter(range(writes - 1))

    def dying(write: Callable[..., Any]) -> Callable[..., Any]:
        def call(*asked: Any) -> Any:
            done = write(*asked)
            if next(left, None) is None:
                raise SystemExit
            return done

        return call

    with monkeypatch.context() as dies:
        for name in ("batch_delete", "transact"):
            dies.setattr(dynamo, name, dying(getattr(dynamo, name)))
        with pytest.raises(SystemExit):
            store.forget_mail(one)
    if (again := store.mail(tenant, one.mail_id)) is not None:
        store.forget_mail(again)
    log = {"KeyConditionExpression": "pk = :p", "ConsistentRead": True}
    for pk in (person_pk(tenant, P1), mail_pk(tenant, one.mail_id)):
        rows = dynamo.query_all(
            store._tables.mail, ExpressionAttributeValues={":p": {"S": pk}}, **log
        )
        assert rows == []


def test_a_mail_to_a_user_about_a_person_goes_with_that_person_and_is_in_no_list_of_it(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()

    def told(whose: TenantId, name: str, person: PersonId) -> Mail:
        own = mail(whose, name, person=PersonId(""))
        return add(store, replace(own, user=REP, about={"form": "f", TOLD_OF: person}))

    gone, kept = told(tenant, "m1", P1), told(tenant, "m2", P2)
    assert store.add_mails([(gone, content(gone)), (kept, content(kept))]) == [False, False]
    theirs = told(other, "m1", P1)
    store.save_tracked(TrackedMail(tenant, gone.mail_id, gone.token, NOW))
    assert store.mails_of_person(tenant, P1, 9).items == []
    assert store.purge(tenant, Traces((P1,), (), (), ()))["mails"] == 1
    assert store.mail(tenant, gone.mail_id) is None
    assert store.mail_content(tenant, gone.mail_id) is None
    assert store.tracked_mail(gone.token) is None
    assert store.mail(tenant, kept.mail_id) == kept
    assert store.mail(other, theirs.mail_id) == theirs
    assert store.purge(tenant, Traces((P1,), (), (), ()))["mails"] == 0
