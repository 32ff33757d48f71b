"""One thing alone, and what one subject did around it: a person's or a machine's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.ids import TenantId
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.tracking.signals import (
    BURSTS,
    PAGE_BURST,
    WHYS,
    Seen,
    classify,
    label_after,
    labelled,
    network_of,
)
from tests.unit.domain.tracking.agents import MACHINES, PEOPLE

OPEN, CLICK = ActivityKind.EMAIL_OPEN, ActivityKind.EMAIL_CLICK
PAGE, FORM = ActivityKind.PAGE_VIEW, ActivityKind.FORM
CHROME = PEOPLE[0]
APPLE_MAIL = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
)
OFFICE = "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"
GMAIL = MACHINES[0][0]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("kind", ActivityKind)
@pytest.mark.parametrize("agent", PEOPLE)
def test_a_persons_program_from_anywhere_is_a_persons(agent: str, kind: ActivityKind) -> None:
    for ip in ("", "192.0.2.17", "2001:db8::1"):
        for since in (None, 60.0, 86_400.0):
            assert classify(Seen(kind, agent, ip, since_sent=since)) == (Signal.HUMAN, "")


@pytest.mark.parametrize(
    ("seen", "signal", "why"),
    [
        # By trap.
        (Seen(CLICK, CHROME, honeypot=True), Signal.SCANNER, "honeypot"),
        (Seen(FORM, CHROME, honeypot=True), Signal.CRAWLER, "honeypot"),
        (Seen(CLICK, CHROME, method="head"), Signal.SCANNER, "head"),
        (Seen(OPEN, CHROME, method="HEAD"), Signal.SCANNER, "head"),
        # By user agent.
        (Seen(OPEN, GMAIL), Signal.PROXY_OPEN, "agent:Gmail's image proxy"),
        (Seen(CLICK, GMAIL), Signal.SCANNER, "agent:Gmail's image proxy"),
        (Seen(OPEN, "Mozilla/5.0"), Signal.PRIVACY_OPEN, "bare_agent"),
        (Seen(CLICK, " Mozilla/5.0 "), Signal.SCANNER, "bare_agent"),
        (Seen(PAGE, "Mozilla/5.0"), Signal.CRAWLER, "bare_agent"),
        (Seen(OPEN, ""), Signal.SCANNER, "no_agent"),
        (Seen(CLICK, "  "), Signal.SCANNER, "no_agent"),
        (Seen(PAGE, ""), Signal.CRAWLER, "no_agent"),
        (Seen(PAGE, "curl/8.5.0"), Signal.CRAWLER, "agent:curl"),
        (Seen(FORM, "python-requests/2.32"), Signal.CRAWLER, "agent:python-requests"),
        (Seen(CLICK, "BarracudaCentral/1.0"), Signal.SCANNER, "agent:Barracuda"),
        (Seen(CLICK, OFFICE), Signal.CRAWLER, "agent:Microsoft Office"),
        (Seen(OPEN, OFFICE), Signal.HUMAN, ""),
        (Seen(OPEN, "okhttp/4.12"), Signal.HUMAN, ""),
        (Seen(OPEN, APPLE_MAIL), Signal.HUMAN, ""),
        # By network: relays and proxies say something of opens only.
        (Seen(OPEN, CHROME, "66.249.84.9"), Signal.PROXY_OPEN, "network:Google"),
        (Seen(PAGE, CHROME, "66.249.84.9"), Signal.HUMAN, ""),
        (Seen(OPEN, APPLE_MAIL, "17.58.1.1"), Signal.PRIVACY_OPEN, "network:Apple's relays"),
        (Seen(OPEN, "", "104.28.40.1"), Signal.PRIVACY_OPEN, "network:Apple's relays"),
        (Seen(OPEN, CHROME, "104.28.40.1"), Signal.HUMAN, ""),
        (Seen(CLICK, APPLE_MAIL, "17.58.1.1"), Signal.HUMAN, ""),
        (Seen(CLICK, "", "104.28.40.1"), Signal.SCANNER, "no_agent"),
        (Seen(CLICK, CHROME, "209.222.80.1"), Signal.SCANNER, "network:Barracuda"),
        (Seen(PAGE, CHROME, "2a01:111:f400::1"), Signal.SCANNER, "network:Microsoft Defender"),
        (Seen(PAGE, CHROME, "66.249.66.1"), Signal.CRAWLER, "network:Googlebot"),
        # By time.
        (Seen(CLICK, CHROME, since_sent=4.9), Signal.SCANNER, "too_soon"),
        (Seen(CLICK, CHROME, since_sent=5), Signal.HUMAN, ""),
        (Seen(OPEN, CHROME, since_sent=1.9), Signal.SCANNER, "too_soon"),
        (Seen(OPEN, CHROME, since_sent=2), Signal.HUMAN, ""),
        (Seen(CLICK, CHROME, since_sent=-30), Signal.SCANNER, "too_soon"),
        (Seen(PAGE, CHROME, since_sent=0.1), Signal.HUMAN, ""),
        # The surest reason is told.
        (Seen(CLICK, "curl/8.5.0", "209.222.80.1", "HEAD", 0, True), Signal.SCANNER, "honeypot"),
        (Seen(CLICK, "curl/8.5.0", "209.222.80.1", since_sent=0), Signal.CRAWLER, "agent:curl"),
        (Seen(CLICK, CHROME, "209.222.80.1", since_sent=0), Signal.SCANNER, "network:Barracuda"),
    ],
)  # fmt: skip
def test_one_thing_alone_is_whose_it_looks_to_be(seen: Seen, signal: Signal, why: str) -> None:
    assert classify(seen) == (signal, why)
    assert why.partition(":")[0] in {"", *WHYS}


def test_a_network_is_told_by_its_owners_name() -> None:
    assert (network_of("209.222.80.1"), network_of("192.0.2.1")) == ("Barracuda", "")


def did(
    kind: ActivityKind, seconds: float, what: str = "", mail: str = "m1", **about: str
) -> Activity:
    """An activity so many seconds from the start: a link clicked or a page seen."""
    keys = {"path": what} if kind in {PAGE, FORM} else {"email": mail, "link": what}
    return Activity(
        TenantId("acme"),
        SubjectId("s1"),
        f"{kind.value} {seconds} {what} {mail}",
        kind,
        START + timedelta(seconds=seconds),
        {**keys, **about},
    )


def clicks(*at: tuple[float, str]) -> list[Activity]:
    return [did(CLICK, seconds, link) for seconds, link in at]


def told(activities: list[Activity]) -> dict[float, str]:
    """Why, by the seconds from the start."""
    return {
        (change.activity.at - START).total_seconds(): change.why
        for change in label_after(activities)
    }


@pytest.mark.parametrize(("least", "seconds"), BURSTS)
def test_so_many_links_within_so_many_seconds_are_a_burst_and_slower_or_one_fewer_are_none(
    least: int, seconds: float
) -> None:
    step = seconds / (least - 1)
    assert len(told(clicks(*((i * step, f"l{i}") for i in range(least))))) == least
    assert told(clicks(*((i * step * 1.05, f"l{i}") for i in range(least)))) == {}
    assert told(clicks(*((i * step * 1.05, f"l{i}") for i in range(least - 1)))) == {}


def test_the_same_link_over_and_over_is_no_burst() -> None:
    assert told(clicks(*((i * 0.2, "l1") for i in range(12)))) == {}


def test_links_of_several_mails_are_no_burst() -> None:
    assert told([did(CLICK, i * 0.1, f"l{i}", mail=f"m{i}") for i in range(4)]) == {}


def test_whatever_comes_right_before_and_after_a_burst_belongs_to_it() -> None:
    after = clicks((0.0, "a"), (0.4, "b"), (1.3, "b"), (2.2, "c"), (3.3, "d"))
    assert told(after) == dict.fromkeys((0.0, 0.4, 1.3, 2.2), "burst")
    before = clicks((0.0, "b"), (0.9, "b"), (1.8, "b"), (2.2, "a"), (3.4, "c"))
    assert told(before) == dict.fromkeys((0.0, 0.9, 1.8, 2.2), "burst")


def test_the_open_that_comes_with_a_burst_is_its_own_and_a_later_one_a_persons() -> None:
    burst = clicks((10.0, "a"), (10.2, "b"))
    opens = [did(OPEN, 9.5), did(OPEN, 60.0), did(OPEN, 10.0, mail="m2")]
    assert set(told([*burst, *opens])) == {9.5, 10.0, 10.2}


def test_what_was_done_with_the_mail_around_its_honeypot_was_done_by_the_same() -> None:
    trap = replace(did(CLICK, 200.0, "trap"), signal=Signal.SCANNER, why="honeypot")
    others = [
        did(OPEN, 81.0), did(CLICK, 319.0, "a"), did(CLICK, 79.0, "a"), did(CLICK, 321.0, "b"),
        did(CLICK, 200.0, "a", mail="m2"), did(PAGE, 200.5, "/"),
    ]  # fmt: skip
    assert told([trap, *others]) == {81.0: "honeypot", 319.0: "honeypot"}


def test_many_pages_at_once_are_a_crawlers() -> None:
    many, seconds = PAGE_BURST
    pages = [did(PAGE, i * seconds / (many - 1), f"/{i}") for i in range(many)]
    changes = label_after(pages)
    assert {change.signal for change in changes} == {Signal.CRAWLER}
    assert {change.why for change in changes} == {"page_burst"}
    assert len(changes) == many
    assert label_after(pages[1:]) == []
    assert label_after([did(PAGE, i * 0.1, "/same") for i in range(20)]) == []


def test_a_page_that_changes_its_own_address_fast_is_a_persons() -> None:
    """As maps do, whose place is in the query."""
    moves = [did(PAGE, i * 0.1, "/map", url=f"https://x.test/map?at={i}") for i in range(30)]
    assert label_after(moves) == []


def test_pages_a_person_turns_fast_are_a_persons() -> None:
    assert label_after([did(PAGE, i * 0.8, f"/{i}") for i in range(40)]) == []


def test_what_a_marketer_called_a_persons_stays_and_shows_nothing() -> None:
    first, second, third = clicks((0.0, "a"), (0.2, "b"), (0.4, "c"))
    said = replace(first, by="Ada Brandt", why="said")
    assert set(told([said, second])) == set()
    assert set(told([said, second, third])) == {0.2, 0.4}


def test_what_a_marketer_called_a_machines_is_evidence_and_stays() -> None:
    first, second = clicks((0.0, "a"), (0.2, "b"))
    said = replace(first, signal=Signal.SCANNER, by="Ada Brandt", why="said")
    assert set(told([said, second])) == {0.2}


def test_a_label_that_is_there_stays_whatever_is_learnt() -> None:
    burst = [replace(one, signal=Signal.CRAWLER, why="agent:curl") for one in clicks((0, "a"), (0.1, "b"))]  # fmt: skip
    assert label_after(burst) == []


def test_what_is_not_written_yet_is_labelled_in_its_order() -> None:
    before = [did(PAGE, 0.3, "/"), *clicks((0.4, "a"), (0.5, "b"))]
    after = labelled(before)
    assert [one.activity_id for one in after] == [one.activity_id for one in before]
    assert [one.signal for one in after] == [Signal.HUMAN, Signal.SCANNER, Signal.SCANNER]
    assert [one.why for one in after] == ["", "burst", "burst"]
    assert labelled(after) == after
