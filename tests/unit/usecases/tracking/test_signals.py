"""Labels that follow from what else was done, and those that marketers give; points go with them."""

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId
from funnel.domain.pushing.score_marks import ScoreMoved
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.tracking.seen import seen_activity
from funnel.usecases.pushing.relay_score import relay_score
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.usecases.tracking.label_signals import MOST, label_signals, record_labelled
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.tracking.relabel_activity import relabel
from funnel.usecases.tracking.sign_links import sign_link
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.scoring_world import Scoring, lead
from tests.unit.usecases.scoring.scoring import (
    ADA,
    BEN,
    VIEW,
    VISITOR,
    did,
    points,
    score_of,
    with_people,
    with_rules,
)
from tests.unit.usecases.tracking.tracking import HOME, LAPTOP, PHONE, Shop

CLICK = replace(VIEW, rule_id="click", name="Clicked", kind=ActivityKind.EMAIL_CLICK, points=5)


@pytest.fixture
def world() -> World:
    """Two people and two rules: 1 for a page, 5 for a click."""
    world = with_people(World(), ADA, BEN)
    with_rules(world, VIEW, CLICK)
    return world


def click(seconds: float, link: str, subject: str = ADA, **more: Any) -> Activity:
    about = {"email": "m1", "link": link}
    at = START + timedelta(seconds=seconds)
    return did(subject, f"c-{link}", at, kind=ActivityKind.EMAIL_CLICK, about=about, **more)


def pages(many: int, apart: float, subject: str = ADA, since: float = 0) -> list[Activity]:
    return [
        did(
            subject, f"p-{i}", START + timedelta(seconds=since + i * apart), about={"path": f"/{i}"}
        )
        for i in range(many)
    ]


def labels(world: World, subject: str = ADA) -> dict[str, tuple[Signal, str]]:
    listed = world.store.list_activities(TENANT, SubjectId(subject), 1_000).items
    return {one.activity_id: (one.signal, one.why) for one in listed}


def arrive(world: World, *activities: Activity) -> None:
    record_labelled(world.app, TENANT, activities[0].subject, activities)


SCANNED = (Signal.SCANNER, "burst")
PERSON = (Signal.HUMAN, "")
BURST = (click(0, "a"), click(0.2, "b"), click(0.4, "c"))


@pytest.mark.parametrize("order", list(itertools.permutations(BURST)))
def test_a_burst_that_comes_click_by_click_leaves_no_point(
    world: World, order: tuple[Activity, ...]
) -> None:
    arrive(world, order[0])
    assert points(world) == 5
    for one in order[1:]:
        arrive(world, one)
    assert labels(world) == dict.fromkeys(("c-a", "c-b", "c-c"), SCANNED)
    assert points(world) == 0
    score = score_of(world)
    assert score is not None
    assert [line for line in score.lines if line.points] == []


def test_a_burst_that_comes_at_once_never_had_a_point(world: World) -> None:
    arrive(world, *BURST)
    assert set(labels(world).values()) == {SCANNED}
    assert world.store.score_writes == 0


def test_what_a_person_does_before_and_after_the_burst_keeps_its_points(world: World) -> None:
    arrive(world, click(-30, "before"))
    arrive(world, *BURST)
    arrive(world, click(600, "after"))
    assert points(world) == 10
    assert labels(world)["c-before"] == labels(world)["c-after"] == PERSON


def test_the_burst_of_a_known_visitor_is_taken_back_from_the_person(world: World) -> None:
    attach_subject(world.app, TENANT, ADA, VISITOR)
    crawl = pages(9, 0.2, subject=VISITOR)
    for one in crawl:
        arrive(world, one)
    assert set(labels(world, VISITOR).values()) == {(Signal.CRAWLER, "page_burst")}
    assert points(world) == 0


def test_the_honeypot_tells_of_the_clicks_before_it(world: World) -> None:
    arrive(world, click(0, "a"))
    arrive(world, click(40, "trap", signal=Signal.SCANNER, why="honeypot"))
    assert labels(world)["c-a"] == (Signal.SCANNER, "honeypot")
    assert points(world) == 0


def test_whoever_dies_before_looking_again_does_it_when_the_message_returns(world: World) -> None:
    arrive(world, BURST[0])
    record_activities(world.app, TENANT, SubjectId(ADA), [BURST[1]])
    assert points(world) == 10
    arrive(world, BURST[1])
    assert points(world) == 0


def test_looking_again_at_what_is_labelled_writes_nothing(world: World) -> None:
    for one in BURST:
        arrive(world, one)
    before = [one.version for one in world.store.list_activities(TENANT, SubjectId(ADA), 9).items]
    writes = world.store.score_writes
    arrive(world, *BURST)
    label_signals(world.app, TENANT, SubjectId(ADA), [START])
    label_signals(world.app, TENANT, SubjectId(ADA), [])
    after = [one.version for one in world.store.list_activities(TENANT, SubjectId(ADA), 9).items]
    assert (after, world.store.score_writes) == (before, writes)


def test_what_arrives_late_is_looked_at_where_it_belongs(world: World) -> None:
    record_activities(world.app, TENANT, SubjectId(ADA), pages(260, 60, since=3_600))
    arrive(world, BURST[0])
    arrive(world, BURST[1])
    assert labels(world)["c-a"] == labels(world)["c-b"] == SCANNED


def test_no_more_is_looked_at_than_the_newest_five_hundred(world: World) -> None:
    record_activities(world.app, TENANT, SubjectId(ADA), pages(MOST + 200, 60, since=3_600))
    record_activities(world.app, TENANT, SubjectId(ADA), list(BURST))
    label_signals(world.app, TENANT, SubjectId(ADA), [START])
    assert labels(world)["c-a"] == PERSON


def test_a_marketer_says_it_was_a_person_and_the_points_return(world: World) -> None:
    arrive(world, *BURST)
    told = correct(world, BURST[0], person=True)
    assert (told.signal, told.by) == (Signal.HUMAN, "Ann")
    assert told.why == f"said:{START.isoformat()}"
    assert points(world) == 5


def test_what_a_marketer_said_is_not_overruled_by_what_is_learnt_later(world: World) -> None:
    arrive(world, BURST[0])
    correct(world, BURST[0], person=True)
    arrive(world, BURST[1], BURST[2])
    assert labels(world)["c-a"][0] is Signal.HUMAN
    assert labels(world)["c-b"] == labels(world)["c-c"] == SCANNED
    assert points(world) == 5


def test_a_marketer_says_it_was_a_machine_and_changes_his_mind(world: World) -> None:
    page = pages(1, 0)[0]
    arrive(world, page)
    machine = correct(world, page, person=False)
    assert (machine.signal, points(world)) == (Signal.CRAWLER, 0)
    assert correct(world, page, person=True).signal is Signal.HUMAN
    assert points(world) == 1


def test_saying_it_again_changes_neither_who_said_it_nor_when(world: World) -> None:
    arrive(world, BURST[0])
    first = correct(world, BURST[0], person=False)
    world.clock.advance(60)
    assert correct(world, BURST[0], person=False, by="Ben") == first


def test_a_label_of_our_own_does_not_stand_in_for_the_marketers_word(world: World) -> None:
    arrive(world, BURST[0])
    assert correct(world, BURST[0], person=True).by == "Ann"


def test_what_a_visitor_did_is_corrected_at_the_person_it_is(world: World) -> None:
    attach_subject(world.app, TENANT, ADA, VISITOR)
    page = pages(1, 0, subject=VISITOR)[0]
    arrive(world, page)
    assert correct(world, page, person=False).signal is Signal.CRAWLER
    assert points(world) == 0
    with pytest.raises(NotFound):
        correct(world, page, person=False, of=BEN)


def test_what_nobody_did_is_not_corrected(world: World) -> None:
    arrive(world, BURST[0])
    with pytest.raises(NotFound):
        correct(world, BURST[1], person=True)
    with pytest.raises(NotFound):
        correct(world, replace(BURST[0], at=START + timedelta(days=1)), person=True)


def correct(
    world: World, one: Activity, *, person: bool, by: str = "Ann", of: str = ADA
) -> Activity:
    return correct_signal(
        world.app, TENANT, of, one.activity_id, one.at, by, was_person=person  # type: ignore[arg-type]
    )  # fmt: skip


def test_two_workers_that_see_half_a_burst_each_label_all_of_it(world: World) -> None:
    """Each writes before it looks, so the later look sees both."""
    first, second = BURST[0], BURST[2]
    record_activities(world.app, TENANT, SubjectId(ADA), [first])
    record_activities(world.app, TENANT, SubjectId(ADA), [second])
    label_signals(world.app, TENANT, SubjectId(ADA), [second.at])
    label_signals(world.app, TENANT, SubjectId(ADA), [first.at])
    assert set(labels(world).values()) == {SCANNED}
    assert points(world) == 0


def test_a_label_that_another_worker_gave_meanwhile_is_no_quarrel(world: World) -> None:
    arrive(world, *BURST)
    again = relabel(
        world.app, TENANT, SubjectId(ADA), "c-a", BURST[0].at, Signal.SCANNER, "burst", ""
    )
    assert again.version == 1


def test_pages_of_a_crawler_with_a_browsers_name_are_taken_back() -> None:
    shop = Shop()
    hits = [shop.page(i * 0.2 / 60, f"https://www.example.com/{i}") for i in range(9)]
    for hit in hits[:4]:
        shop.send(hit)
    shop.send(*hits[4:])
    assert {one.signal for one in shop.of(f"v-{LAPTOP}")} == {Signal.CRAWLER}


def seen_in_sugar(scoring: Scoring, one: Activity) -> None:
    """Something is done, and the stream of the score table tells what it made of the score."""
    app, person_id = scoring.world.app, PersonId(one.subject)
    before = points(scoring.world, person_id)
    record_labelled(app, TENANT, one.subject, [one])
    relay_score(app, ScoreMoved(TENANT, person_id, before, points(scoring.world, person_id)))


def test_of_a_burst_within_the_hold_sugar_never_hears() -> None:
    scoring = Scoring()
    scoring.people(lead("l1"))
    with_rules(scoring.world, CLICK)
    ann = scoring.person(lead("l1"))
    seen_in_sugar(scoring, click(-600, "by-hand", ann))
    scoring.quiet()
    assert (scoring.written(), scoring.held(lead("l1"))) == (["l1"], 5)
    for one in BURST:
        scoring.world.clock.advance(5)
        seen_in_sugar(scoring, click((one.at - START).total_seconds(), one.about["link"], ann))
    scoring.quiet()
    assert (scoring.written(), scoring.held(lead("l1"))) == (["l1"], 5)


def test_of_what_is_learnt_after_the_hold_sugar_hears_the_lower_score() -> None:
    scoring = Scoring()
    scoring.people(lead("l1"))
    with_rules(scoring.world, CLICK)
    ann = scoring.person(lead("l1"))
    seen_in_sugar(scoring, click(0, "a", ann))
    scoring.quiet()
    assert scoring.held(lead("l1")) == 5
    scoring.world.clock.advance(600)
    trap = click(90, "trap", ann, signal=Signal.SCANNER, why="honeypot")
    seen_in_sugar(scoring, trap)
    scoring.quiet()
    assert scoring.held(lead("l1")) == 0


def test_a_gateway_that_opens_a_signed_link_is_not_taken_for_the_reader() -> None:
    shop = Shop()
    shop.send(shop.form(-60, "ada@example.test"))
    ada = shop.person("ada@example.test")
    link = sign_link(shop.world.app, TENANT, ada, HOME, 30)
    shop.send(shop.page(0, link), browser=PHONE, agent="BarracudaCentral/1.0")
    (seen,) = shop.of(f"v-{PHONE}")
    assert (seen.signal, seen.why) == (Signal.SCANNER, "agent:Barracuda")
    assert shop.world.store.subjects(TENANT, ada) == [ada, f"v-{LAPTOP}"]
    shop.send(shop.page(1, link), browser=PHONE)
    assert f"v-{PHONE}" in shop.world.store.subjects(TENANT, ada)


def test_hits_that_come_again_are_looked_at_again_under_whomever_they_were_written() -> None:
    shop = Shop()
    shop.send(shop.form(-60, "ada@example.test"))
    shop.send(shop.form(-50, "ben@example.test"))
    hits = [shop.page(-55 + i * 0.2 / 60, f"{HOME}{i}") for i in range(9)]
    visitor = SubjectId(f"v-{LAPTOP}")
    written = [seen_activity(shop.site, shop.batch(hit).batch, hit, visitor) for hit in hits]
    record_activities(shop.world.app, TENANT, visitor, written)
    shop.send(hits[-1])
    crawled = [one.signal for one in shop.of(visitor) if one.kind is ActivityKind.PAGE_VIEW]
    assert crawled == [Signal.CRAWLER] * 9
