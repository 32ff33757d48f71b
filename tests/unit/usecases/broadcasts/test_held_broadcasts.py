"""What holds a broadcast up or ends it, and what then becomes of those it was for."""

from dataclasses import replace

import pytest

from funnel.domain.broadcasts.broadcasts import (
    BroadcastState,
    OverCap,
)
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.mail.mail_caps import MailCap
from funnel.domain.mail.mail_states import WAITS_FOR_SENDER
from funnel.domain.mail.mails import MailState
from funnel.domain.sync.records import Unit
from funnel.usecases.broadcasts.keep_broadcasts import (
    add_broadcast,
    cancel_broadcast,
    change_broadcast,
    confirm_broadcast,
    count_again,
    delete_broadcast,
    pause_broadcast,
    resume_broadcast,
)
from funnel.usecases.broadcasts.view_broadcasts import broadcast_view
from funnel.usecases.delivery.deliver_mails import LEASE
from funnel.usecases.erasing.erase_person import blank
from funnel.usecases.mail.remove_domain import remove_domain
from funnel.usecases.mail.sender_domains import add_sender_domain
from tests.fakes.world import TENANT
from tests.unit.usecases.broadcasts.broadcasting import Broadcasting


@pytest.fixture
def scene() -> Broadcasting:
    return Broadcasting()


@pytest.mark.parametrize(
    ("send_at", "zone", "field"),
    [
        ("2026-03-29T02:30", "Europe/Berlin", "send_at"),
        ("soon", "UTC", "send_at"),
        ("2026-03-03T09:00+01:00", "UTC", "send_at"),
        ("2029-03-03T09:00", "UTC", "send_at"),
        ("2020-02-28T10:00", "UTC", "send_at"),
        ("2026-03-03T09:00", "Mars/Base", "timezone"),
    ],
)
def test_a_time_that_there_is_not_is_refused(
    scene: Broadcasting, send_at: str, zone: str, field: str
) -> None:
    listed = scene.listed("a", scene.people(1))
    with pytest.raises(InputInvalid) as caught:
        scene.planned(listed, send_at=send_at, timezone=zone)
    assert caught.value.field == field


def test_it_is_sent_only_by_the_number_that_was_counted_of_the_plan_that_was_seen(
    scene: Broadcasting,
) -> None:
    people = scene.people(3)
    listed = scene.listed("a", people[:2])
    plan = scene.planned(listed).plan
    broadcast = add_broadcast(scene.app, TENANT, "b", plan, "Bea")
    at = broadcast.broadcast_id

    def confirm(edition: int, number: int) -> None:
        confirm_broadcast(scene.app, TENANT, at, edition, number, "Bea")

    with pytest.raises(Conflict, match="2 people"):
        confirm(1, 3)
    change_broadcast(scene.app, TENANT, at, replace(plan, name="April"), 1, "Ann")
    with pytest.raises(Conflict, match="Ann changed"):
        confirm(1, 2)
    with pytest.raises(Conflict, match="counted first"):
        confirm(2, 2)
    scene.rest()
    scene.clock.advance(25 * 3600)
    with pytest.raises(Conflict, match="counted first"):
        confirm(2, 2)
    count_again(scene.app, TENANT, at, "Bea")
    scene.rest()
    confirm(2, 2)
    confirm(2, 2)
    scene.rest()
    assert len(scene.addresses) == 2
    with pytest.raises(Conflict, match="no draft"):
        confirm(2, 2)
    with pytest.raises(Conflict, match="no draft"):
        delete_broadcast(scene.app, TENANT, at)


def test_without_a_postal_address_nothing_is_sent_and_it_is_said_what_to_do(
    scene: Broadcasting,
) -> None:
    broadcast = scene.planned(scene.listed("a", scene.people(1)))
    settings = scene.store.mail_settings(TENANT)
    scene.store.save_mail_settings(replace(settings, postal_address=""))
    with pytest.raises(InputInvalid, match="postal address") as caught:
        scene.confirm(broadcast)
    assert "Settings" in caught.value.mend
    settings = scene.store.mail_settings(TENANT)
    scene.store.save_mail_settings(replace(settings, postal_address="Street 1"))
    scene.confirm(broadcast)
    # Gone after it was confirmed: it waits, and goes on by itself when it is mended.
    settings = scene.store.mail_settings(TENANT)
    scene.store.save_mail_settings(replace(settings, postal_address=""))
    scene.rest()
    held = scene.now(broadcast)
    assert (held.state, scene.addresses) == (BroadcastState.GATHERING, [])
    assert "postal address" in held.note
    assert broadcast_view(scene.app, held).waits == held.note
    settings = scene.store.mail_settings(TENANT)
    scene.store.save_mail_settings(replace(settings, postal_address="Street 1"))
    scene.rest()
    sent = scene.now(broadcast)
    assert (sent.state, sent.held_since, sent.note) == (BroadcastState.SENT, None, "")
    assert len(scene.addresses) == 1


def test_a_broadcast_whose_domain_is_removed_on_its_way_goes_on_once_it_is_back(
    scene: Broadcasting,
) -> None:
    broadcast = scene.planned(scene.listed("a", scene.people(450)))
    scene.confirm(broadcast)
    scene.go(broadcast)
    scene.deliver()
    before = len(scene.addresses)
    assert 0 < before < 450
    remove_domain(scene.app, TENANT, "sender.test", confirmed=True)
    for _ in range(26):
        scene.clock.advance(3600)
        scene.rest(2)
    held = scene.now(broadcast)
    assert len(scene.addresses) == before
    assert "sender.test is not among" in broadcast_view(scene.app, held).waits
    add_sender_domain(scene.app, TENANT, "sender.test")
    scene.clock.advance(3600)
    scene.rest()
    assert scene.now(broadcast).state is BroadcastState.SENT
    assert len(scene.addresses) == len(set(scene.addresses)) == 450
    assert broadcast_view(scene.app, scene.now(broadcast)).waits == ""


def test_a_broadcast_stands_still_after_a_week_without_a_sender(scene: Broadcasting) -> None:
    broadcast = scene.planned(scene.listed("a", scene.people(1)))
    scene.confirm(broadcast)
    remove_domain(scene.app, TENANT, "sender.test", confirmed=True)
    scene.go(broadcast)
    scene.clock.advance(WAITS_FOR_SENDER.total_seconds() - 1)
    scene.go(broadcast)
    assert scene.now(broadcast).state is BroadcastState.GATHERING
    scene.clock.advance(1)
    scene.go(broadcast)
    stopped = scene.now(broadcast)
    assert (stopped.state, stopped.due_at) == (BroadcastState.PAUSED, None)
    assert "then let the broadcast go on" in stopped.mend
    with pytest.raises(InputInvalid):
        resume_broadcast(scene.app, TENANT, broadcast.broadcast_id, "Bea")
    add_sender_domain(scene.app, TENANT, "sender.test")
    resume_broadcast(scene.app, TENANT, broadcast.broadcast_id, "Bea")
    scene.rest()
    assert len(scene.addresses) == 1


def test_nothing_goes_out_while_it_is_paused_and_the_rest_when_it_goes_on(
    scene: Broadcasting,
) -> None:
    broadcast = scene.planned(scene.listed("a", scene.people(7)))
    at = broadcast.broadcast_id
    scene.confirm(broadcast)
    scene.go(broadcast)
    scene.store.acquire(TENANT, LEASE, "x", scene.clock.now(), scene.clock.now())
    assert len(scene.mails(broadcast)) == 7
    pause_broadcast(scene.app, TENANT, at, "Bea")
    pause_broadcast(scene.app, TENANT, at, "Bea")
    scene.rest(8)
    assert (scene.addresses, scene.now(broadcast).state) == ([], BroadcastState.PAUSED)
    assert {one.state for one in scene.mails(broadcast)} == {MailState.QUEUED}
    resume_broadcast(scene.app, TENANT, at, "Bea")
    resume_broadcast(scene.app, TENANT, at, "Bea")
    scene.rest()
    assert len(scene.addresses) == 7
    done = scene.now(broadcast)
    assert (done.state, done.progress.done, done.progress.mails) == (BroadcastState.SENT, 7, 7)


def test_what_is_cancelled_sends_nothing_more_and_cannot_go_on(scene: Broadcasting) -> None:
    broadcast = scene.planned(scene.listed("a", scene.people(7)))
    at = broadcast.broadcast_id
    scene.confirm(broadcast)
    scene.go(broadcast)
    cancel_broadcast(scene.app, TENANT, at, "Bea")
    cancel_broadcast(scene.app, TENANT, at, "Bea")
    scene.rest()
    assert (scene.addresses, scene.now(broadcast).state) == ([], BroadcastState.CANCELLED)
    assert scene.totals(broadcast).suppressed == 7
    for change in (pause_broadcast, resume_broadcast):
        with pytest.raises(Conflict):
            change(scene.app, TENANT, at, "Bea")


def test_who_is_over_the_cap_gets_it_later_or_not_at_all_and_that_is_counted(
    scene: Broadcasting,
) -> None:
    people = scene.people(3)
    settings = scene.store.mail_settings(TENANT)
    scene.store.save_mail_settings(replace(settings, cap=MailCap(1, 7)))
    scene.sent(scene.listed("a", people[:1]), key="first")
    everybody = scene.listed("b", people)
    out = scene.planned(everybody, key="out", over_cap=OverCap.LEAVE_OUT)
    assert (scene.counted(out).will_get, dict(scene.counted(out).left)) == (2, {"over cap": 1})
    later = scene.planned(everybody, key="later", over_cap=OverCap.LATER)
    assert (scene.counted(later).will_get, scene.counted(later).put_off) == (3, 1)
    scene.confirm(out)
    scene.rest()
    assert len(scene.addresses) == 3
    scene.confirm(later)
    scene.rest(20)
    # By now all three had one.
    assert scene.now(later).progress.put_off == 3
    assert (len(scene.addresses), scene.totals(later).waiting) == (3, 3)
    scene.clock.advance(7 * 86_400)
    scene.rest()
    assert (len(scene.addresses), scene.totals(later).sent) == (6, 3)


def test_two_at_once_do_not_get_past_the_cap(scene: Broadcasting) -> None:
    people = scene.people(2)
    settings = scene.store.mail_settings(TENANT)
    scene.store.save_mail_settings(replace(settings, cap=MailCap(1, 7)))
    listed = scene.listed("a", people)
    one = scene.planned(listed, key="one", over_cap=OverCap.LEAVE_OUT)
    other = scene.planned(listed, key="other")
    scene.confirm(one)
    scene.confirm(other)
    scene.go(other)
    scene.go(one)
    scene.rest(20)
    assert len(scene.addresses) == 2
    assert scene.totals(other).sent == 2
    assert (scene.totals(one).suppressed, scene.totals(one).sent) == (2, 0)


def test_who_is_erased_meanwhile_gets_none(scene: Broadcasting) -> None:
    people = scene.people(2)
    broadcast = scene.planned(scene.listed("a", people))
    scene.confirm(broadcast)
    stored = scene.store.people(TENANT, [people[0]])[people[0]]
    assert scene.store.commit(TENANT, [Unit(people=[blank(stored)])]) == [True]
    scene.rest()
    assert scene.addresses == ["p0001@people.test"]
