"""Who did it, a person or a machine: by user agent, network and behaviour.

Two looks: one at each thing when it arrives (`classify`), and one at what the same subject did
around it (`label_after`), for a burst shows only with its second click. Both can only turn what was
taken for a person into a machine; what a marketer said stands. The rules, with what they rest on:
`docs/signals.md`.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from funnel.domain.tracking.activities import Activity, ActivityKind, Signal
from funnel.domain.tracking.machines import (
    APPLE_RELAY,
    machine_of_agent,
    machine_of_network,
    names_a_browser,
)

MAIL = frozenset({ActivityKind.EMAIL_OPEN, ActivityKind.EMAIL_CLICK})

WHYS = (
    "agent", "bare_agent", "burst", "head", "honeypot", "network", "no_agent", "page_burst",
    "said", "too_soon",
)  # fmt: skip
"""Every reason there is. After a `:`, `agent` and `network` have a name, and `said` has when."""

SOONEST_CLICK, SOONEST_OPEN = 5.0, 2.0
"""Seconds from the sending of a mail within which nobody can have clicked or opened it."""

BURSTS = ((2, 0.5), (3, 1.5), (6, 6.0))
"""So many links of one mail clicked within so many seconds: no hand does that."""

PAGE_BURST = (8, 2.0)
"""So many pages seen within so many seconds, by their paths: a page can change its own query fast."""

_NEXT = timedelta(seconds=1)
"""What follows a burst, or comes before it, at no more than this belongs to it."""

_HONEYPOT_SPAN = timedelta(minutes=2)
"""Around a click on the honeypot: what else was done with the same mail was done by the same."""

WINDOW = timedelta(minutes=2)
"""How far from each other things can be that show each other to be a machine's."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing as it arrives. `ip` is "" where it is not known.

    `method` is that of the request, `since_sent` the seconds since the mail was sent, None for what
    no mail led to. `honeypot` is set for a link or field that people do not see.
    """

    kind: ActivityKind
    user_agent: str
    ip: str = ""
    method: str = "GET"
    since_sent: float | None = None
    honeypot: bool = False


@dataclass(frozen=True, slots=True)
class Relabelling:
    """An activity that has another label than it was given, and why."""

    activity: Activity
    signal: Signal
    why: str


def classify(seen: Seen) -> tuple[Signal, str]:
    """Who did it, as far as one thing alone tells, and why: "" for a person."""
    return (
        _by_trap(seen) or _by_agent(seen) or _by_network(seen) or _by_time(seen)
        or (Signal.HUMAN, "")
    )  # fmt: skip


def network_of(ip: str) -> str:
    """The name of whoever works from this address, "" where nobody known does."""
    machine = machine_of_network(ip)
    return machine.name if machine else ""


def said(at: datetime) -> str:
    """The reason of a label that a marketer gave."""
    return f"said:{at.isoformat()}"


def machine_for(kind: ActivityKind) -> Signal:
    """Which machine does such a thing, when no more is known: links in mail are scanned."""
    return Signal.SCANNER if kind in MAIL else Signal.CRAWLER


def label_after(activities: Iterable[Activity]) -> list[Relabelling]:
    """What one subject's activities show together to be a machine's.

    The order is of no matter, and what was told once is not told again. What a marketer called a
    person's is neither changed nor evidence against anything else.
    """
    evidence = [one for one in activities if not (one.by and one.signal is Signal.HUMAN)]
    found: dict[str, Relabelling] = {}
    for mail in _by_mail(evidence):
        trap = [one for one in mail if one.why == "honeypot"]
        _note(found, _near(mail, trap, _HONEYPOT_SPAN), "honeypot")
        burst = _burst(_of(mail, ActivityKind.EMAIL_CLICK), "link", BURSTS)
        _note(found, _near(mail, burst, _NEXT), "burst")
    pages = sorted(_of(evidence, ActivityKind.PAGE_VIEW), key=_moment)
    crawl = _burst(pages, "path", [PAGE_BURST])
    _note(found, crawl, "page_burst")
    return [found[key] for key in sorted(found)]


def labelled(activities: Sequence[Activity]) -> list[Activity]:
    """The same activities, in their order, with the labels that they show together."""
    changed = {change.activity.activity_id: change for change in label_after(activities)}
    return [
        replace(one, signal=change.signal, why=change.why)
        if (change := changed.get(one.activity_id))
        else one
        for one in activities
    ]


def _by_trap(seen: Seen) -> tuple[Signal, str] | None:
    if seen.honeypot:
        return machine_for(seen.kind), "honeypot"
    if seen.kind in MAIL and seen.method.upper() == "HEAD":
        return Signal.SCANNER, "head"
    return None


def _by_agent(seen: Seen) -> tuple[Signal, str] | None:
    agent, opened = seen.user_agent.strip(), seen.kind is ActivityKind.EMAIL_OPEN
    if not agent:
        relayed = opened and network_of(seen.ip) == APPLE_RELAY
        return None if relayed else (machine_for(seen.kind), "no_agent")
    if agent == "Mozilla/5.0":
        # Apple Mail loads pictures by it, whether or not anybody reads; no browser has it.
        return (Signal.PRIVACY_OPEN if opened else machine_for(seen.kind)), "bare_agent"
    machine = machine_of_agent(agent)
    if machine is None or (opened and not machine.opens):
        return None
    signal = Signal.SCANNER if _loads_pictures(machine.signal) and not opened else machine.signal
    return signal, f"agent:{machine.name}"


def _by_network(seen: Seen) -> tuple[Signal, str] | None:
    """Nobody sits in a mail gateway's network; through a relay or a proxy people do browse."""
    machine = machine_of_network(seen.ip)
    if machine is None:
        return None
    if _loads_pictures(machine.signal):
        if seen.kind is not ActivityKind.EMAIL_OPEN:
            return None
        if machine.signal is Signal.PRIVACY_OPEN and names_a_browser(seen.user_agent):
            return None
    return machine.signal, f"network:{machine.name}"


def _by_time(seen: Seen) -> tuple[Signal, str] | None:
    soonest = {ActivityKind.EMAIL_CLICK: SOONEST_CLICK, ActivityKind.EMAIL_OPEN: SOONEST_OPEN}
    since = seen.since_sent
    if since is None or since >= soonest.get(seen.kind, 0):
        return None
    return Signal.SCANNER, "too_soon"


def _loads_pictures(signal: Signal) -> bool:
    return signal in {Signal.PROXY_OPEN, Signal.PRIVACY_OPEN}


def _by_mail(activities: Iterable[Activity]) -> Iterator[list[Activity]]:
    """What was done with each mail, in the order in which it was done."""
    mails: dict[str, list[Activity]] = defaultdict(list)
    for one in activities:
        if one.kind in MAIL:
            mails[one.about.get("email", "")].append(one)
    for mail in mails.values():
        yield sorted(mail, key=_moment)


def _of(activities: Iterable[Activity], kind: ActivityKind) -> list[Activity]:
    return [one for one in activities if one.kind is kind]


def _moment(one: Activity) -> tuple[datetime, str]:
    return one.at, one.activity_id


def _burst(
    ordered: Sequence[Activity], named: str, rules: Iterable[tuple[int, float]]
) -> list[Activity]:
    """Those that stand in a span with enough that differ, and whatever is next to them."""
    what = [one.about.get(named, "") for one in ordered]
    within: set[int] = set()
    for least, seconds in rules:
        span, first, marked = timedelta(seconds=seconds), 0, 0
        between: Counter[str] = Counter()
        for last, one in enumerate(ordered):
            between[what[last]] += 1
            while one.at - ordered[first].at > span:
                between[what[first]] -= 1
                if not between[what[first]]:
                    del between[what[first]]
                first += 1
            if len(between) >= least:
                within.update(range(max(first, marked), last + 1))
                marked = last + 1
    return [ordered[at] for at in sorted(_with_neighbours(ordered, within))]


def _with_neighbours(ordered: Sequence[Activity], within: set[int]) -> set[int]:
    found = set(within)
    for places in (range(1, len(ordered)), range(len(ordered) - 2, -1, -1)):
        step = places.step
        for at in places:
            if at - step in found and abs(ordered[at].at - ordered[at - step].at) <= _NEXT:
                found.add(at)
    return found


def _near(
    activities: Iterable[Activity], others: Iterable[Activity], span: timedelta
) -> list[Activity]:
    moments = sorted(one.at for one in others)

    def near(at: datetime) -> bool:
        place = bisect_left(moments, at - span)
        return place < len(moments) and moments[place] <= at + span

    return [one for one in activities if near(one.at)]


def _note(found: dict[str, Relabelling], activities: Iterable[Activity], why: str) -> None:
    for one in activities:
        if one.signal is Signal.HUMAN:
            found.setdefault(one.activity_id, Relabelling(one, machine_for(one.kind), why))
