"""Broadcasts: whom they go to, each person once, and what stops them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.broadcasts.broadcasts import (
    AudienceRow,
    BroadcastId,
    BroadcastState,
    LeftOut,
    OverCap,
)
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import ListId, Module, SugarId
from funnel.domain.lists.lists import target_list_id
from funnel.domain.mail.mails import MailState
from funnel.domain.scoring.scoring import Rule
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.domain.tracking.activities import ActivityKind, SubjectId
from funnel.usecases.broadcasts.broadcast_page import BroadcastPages
from funnel.usecases.broadcasts.keep_broadcasts import (
    cancel_broadcast,
    delete_broadcast,
    pause_broadcast,
    resume_broadcast,
)
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.broadcasts.view_broadcasts import one_broadcast
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.emails.keep_emails import EmailWords, change_email
from funnel.usecases.living import all_living
from funnel.usecases.people.create_person import NewPerson, create_person
from tests.fakes.bounces import mark_invalid
from tests.fakes.world import TENANT
from tests.unit.usecases.broadcasts.broadcasting import Broadcasting
from tests.unit.usecases.mail.mailing import FROM
from tests.unit.usecases.target_lists.target_lists import read


@pytest.fixture
def scene() -> Broadcasting:
    return Broadcasting()


def test_everybody_on_the_lists_and_not_on_those_left_aside_gets_one_mail(
    scene: Broadcasting,
) -> None:
    people = scene.people(5)
    one, other = scene.listed("a", people[:3]), scene.listed("b", people[2:])
    aside = scene.listed("c", people[4:])
    broadcast = scene.planned(one, other, minus=(aside,))
    counted = scene.counted(broadcast)
    assert scene.job(broadcast).status is JobStatus.DONE
    assert (counted.will_get, counted.listed, counted.twice, counted.minus) == (4, 6, 1, 1)
    scene.confirm(broadcast)
    scene.rest()
    assert scene.addresses == [f"p{n:04}@people.test" for n in range(4)]
    assert scene.mailing.last.subject == "News for you"
    done = scene.now(broadcast)
    assert (done.state, done.progress.people, done.progress.done) == (BroadcastState.SENT, 4, 4)
    shown = one_broadcast(scene.app, TENANT, broadcast.broadcast_id)
    assert (shown.on_minus, shown.twice, shown.gone) == (1, 1, 0)
    totals = scene.totals(broadcast)
    assert (totals.asked, totals.sent, totals.waiting) == (4, 4, 0)


def test_who_gets_none_is_told_by_reason_before_and_after(scene: Broadcasting) -> None:
    people = scene.people(4)
    unsubscribe(scene.app, TENANT, people[0], "p0000@people.test", Said("Ann"))
    mark_invalid(scene.app, TENANT, people[1], "p0001@people.test", Said("Ann"))
    nobody = create_person(
        scene.app, TENANT, NewPerson({"last_name": "None"}, "", "Ann"), "x"
    ).person_id
    broadcast = scene.planned(scene.listed("a", [*people, nobody]))
    expected = {"no address": 1, "opted out": 1, "bounced": 1}
    assert (scene.counted(broadcast).will_get, dict(scene.counted(broadcast).left)) == (2, expected)
    # Whoever opts out after the count is left out too.
    unsubscribe(scene.app, TENANT, people[2], "p0002@people.test", Said("Ann"))
    scene.confirm(broadcast)
    scene.rest()
    assert scene.addresses == ["p0003@people.test"]
    progress = scene.now(broadcast).progress
    assert dict(progress.left) == {**expected, "opted out": 2}
    assert (progress.people, progress.done, progress.mails) == (5, 5, 1)
    listed = scene.store.left_out(TENANT, broadcast.broadcast_id, LeftOut.OPTED_OUT, 9).items
    assert listed == sorted([people[0], people[2]])


def sugar_people(scene: Broadcasting) -> dict[str, ListId]:
    """A Sugar with Target Lists, one of which is exempt; the lists by name."""
    sugar = scene.world.sugar
    scene.world.connect()
    for name in ("ann", "bob", "cid"):
        sugar.put(Module.LEADS, name, last_name=name, email1=f"{name}@sugar.test")
    sugar.put(Module.CONTACTS, "ann2", last_name="ann", email1="ann@sugar.test")
    sugar.put_list("all", "All").add(Module.LEADS, "ann", "bob", "cid")
    sugar.target_lists[SugarId("all")].add(Module.CONTACTS, "ann2")
    sugar.put_list("never", "Never", "exempt").add(Module.LEADS, "bob")
    scene.clock.advance(60)
    scene.world.sync(RunKind.INITIAL)
    read(scene.world)
    return {one: target_list_id(TENANT, SugarId(one)) for one in ("all", "never")}


def test_two_records_of_one_person_on_a_target_list_are_one_mail_and_an_exempt_list_holds(
    scene: Broadcasting,
) -> None:
    lists = sugar_people(scene)
    broadcast = scene.planned(lists["all"])
    counted = scene.counted(broadcast)
    assert (counted.will_get, counted.twice, dict(counted.left)) == (2, 1, {"exempt": 1})
    scene.confirm(broadcast)
    scene.go(broadcast)
    # Who comes onto an exempt list before the mail goes gets none either.
    scene.world.sugar.target_lists[SugarId("never")].add(Module.LEADS, "cid")
    scene.world.sugar.put_list("never", "Never", "exempt")
    assert scene.now(broadcast).progress.mails == 2
    heap = scene.world.queue._heap
    held, heap[:] = list(heap), []
    read(scene.world)
    heap += held
    scene.rest()
    assert scene.addresses == ["ann@sugar.test"]
    (refused,) = [one for one in scene.mails(broadcast) if one.state is MailState.REFUSED]
    assert "Target List" in refused.reason


def test_who_joins_after_the_start_gets_none_and_who_leaves_the_list_still_does(
    scene: Broadcasting,
) -> None:
    people = scene.people(3)
    listed = scene.listed("a", people[:2])
    broadcast = scene.planned(listed)
    scene.confirm(broadcast)
    scene.go(broadcast)
    scene.listed("a", people)
    scene.rest()
    assert scene.addresses == ["p0000@people.test", "p0001@people.test"]


def test_an_email_that_is_changed_after_scheduling_goes_out_as_it_was(scene: Broadcasting) -> None:
    broadcast = scene.planned(
        scene.listed("a", scene.people(1)), send_at="2026-03-03T09:00", subject="Own words"
    )
    scene.confirm(broadcast)
    words = EmailWords("News", "Other", "<p>Other</p>")
    change_email(scene.app, TENANT, scene.email.email_id, words, scene.email.version, "Ann")
    scene.clock.advance(86_400)
    scene.rest()
    assert scene.mailing.last.subject == "Own words"
    assert "Other" not in scene.mailing.last.html
    kept = scene.now(broadcast)
    assert (kept.email_version, kept.email_name) == (scene.email.version, "News")


def test_one_that_is_scheduled_starts_at_its_time_by_the_clocks_of_its_zone(
    scene: Broadcasting,
) -> None:
    broadcast = scene.planned(
        scene.listed("a", scene.people(1)), send_at="2026-03-02T12:30", timezone="Europe/Berlin"
    )
    confirmed = scene.confirm(broadcast)
    assert confirmed.due_at == scene.clock.now() + timedelta(hours=2, minutes=30)
    scene.clock.advance(8940)
    assert start_broadcasts(scene.app) == 0
    scene.go(broadcast)
    assert scene.now(broadcast).state is BroadcastState.SCHEDULED
    scene.clock.advance(60)
    assert start_broadcasts(scene.app) == 1
    scene.rest()
    assert len(scene.addresses) == 1


def test_one_that_is_paused_and_resumed_before_its_time_still_waits_for_it(
    scene: Broadcasting,
) -> None:
    broadcast = scene.planned(scene.listed("a", scene.people(1)), send_at="2026-03-03T09:00")
    scene.confirm(broadcast)
    at = broadcast.broadcast_id
    pause_broadcast(scene.app, TENANT, at, "Bea")
    assert scene.now(broadcast).due_at is None
    resume_broadcast(scene.app, TENANT, at, "Bea")
    scene.world.drain()
    waits = scene.now(broadcast)
    assert (waits.state, waits.due_at) == (BroadcastState.SCHEDULED, waits.starts_at)
    scene.clock.advance(86_400)
    scene.rest()
    assert len(scene.addresses) == 1


def test_people_merged_meanwhile_get_one_mail(
    scene: Broadcasting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.broadcasts.broadcast_page.PAGE", 1)
    sugar_people(scene)
    found = scene.store.claims(TENANT, [f"{one}@sugar.test" for one in ("ann", "cid")])
    people = sorted(one.person_id for one in found.values())
    listed = scene.listed("made", people)
    broadcast = scene.planned(listed, over_cap=OverCap.LEAVE_OUT)
    scene.app.broadcasts.put_audience(
        TENANT, broadcast.broadcast_id, map(AudienceRow, people), scene.clock.now()
    )
    scene.confirm(broadcast)
    scene.world.queue._heap.clear()
    # The first has got its mail when both become one, whoever of them is the one kept.
    pages = BroadcastPages(scene.app, scene.now(broadcast))
    first = pages.work_on("")
    scene.world.sugar.put(Module.LEADS, "ann", email2="cid@sugar.test")
    scene.world.sugar.delete(Module.LEADS, "cid")
    scene.clock.advance(3600)
    scene.world.sync()
    assert len(all_living(scene.app, TENANT, people)) == 2
    assert len({one.person_id for one in all_living(scene.app, TENANT, people).values()}) == 1
    second = pages.work_on(first.cursor)
    again = pages.work_on("")
    assert (first.mails, second.mails, again.mails) == (1, 0, 1)
    assert dict(second.left) == {"gone": 1}
    assert len(scene.mails(broadcast)) == 1


def test_one_that_nobody_is_on_is_refused_and_a_draft_can_be_deleted(scene: Broadcasting) -> None:
    broadcast = scene.planned(scene.listed("a"))
    with pytest.raises(InputInvalid, match="Nobody"):
        scene.confirm(broadcast)
    delete_broadcast(scene.app, TENANT, broadcast.broadcast_id)
    with pytest.raises(NotFound):
        scene.now(broadcast)
    with pytest.raises(NotFound):
        cancel_broadcast(scene.app, TENANT, BroadcastId("x"), "Bea")


def test_mails_are_asked_for_no_further_ahead_than_they_can_be_sent(scene: Broadcasting) -> None:
    scene.app = scene.world.app = replace(scene.app, mail_rate=1.0)
    broadcast = scene.planned(scene.listed("a", scene.people(450)))
    scene.confirm(broadcast)
    scene.go(broadcast)
    assert len(scene.mails(broadcast)) == 200
    assert scene.now(broadcast).state is BroadcastState.SENDING
    scene.rest()
    assert len(scene.addresses) == 450
    assert scene.mailing.mailer.sent[0].from_address == FROM


def test_a_rule_means_the_email_of_a_broadcast_by_its_name_subject_or_id_and_a_link_by_its_address(
    scene: Broadcasting,
) -> None:
    people = scene.people(1)
    broadcast = scene.sent(scene.listed("a", people))
    scene.clock.advance(60)
    (mail,) = scene.mails(broadcast)
    scene.mailing.see(mail.mail_id, "s1", 1)
    (click,) = scene.store.list_activities(TENANT, SubjectId(people[0]), 9).items
    kind = ActivityKind.EMAIL_CLICK
    rule = Rule("r", "R", kind, 1)
    for pattern in ("news", "News for*", scene.email.email_id):
        assert replace(rule, email=pattern).matches(click), pattern
    assert replace(rule, link="*example.com/a").matches(click)
    assert not replace(rule, email="Other").matches(click)
    assert not replace(rule, link="*example.com/b").matches(click)
    assert click.about["broadcast"] == broadcast.broadcast_id
