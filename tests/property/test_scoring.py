"""The score adds up: however things arrive, it is what the rules give for all that was done."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.ids import PersonId
from funnel.domain.scoring.scoring import (
    Period,
    Rule,
    added,
    counts_of,
    next_change,
    score_lines,
    still_kept,
    without,
)
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.tracking.relabel_activity import relabel
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.unit.usecases.scoring.scoring import merge, with_people, with_rules

PEOPLE = ("ada", "ben", "eve")
SUBJECTS = (*PEOPLE, "v1", "v2")
PAGES = ("/", "/pricing", "/blog/a")
KINDS = (ActivityKind.PAGE_VIEW, ActivityKind.FORM)

rules: st.SearchStrategy[Rule] = st.builds(
    Rule,
    rule_id=st.sampled_from(["r0", "r1", "r2"]),
    name=st.just("a rule"),
    kind=st.sampled_from(KINDS),
    points=st.sampled_from([1, 5, -3]),
    page=st.sampled_from(["", "/pric*", "*"]),
    most=st.integers(0, 3),
    per=st.sampled_from(Period),
    days=st.sampled_from([0, 0, 1, 7, 40]),
)
rule_sets = st.lists(rules, min_size=1, max_size=3, unique_by=lambda rule: rule.rule_id)


@st.composite
def activities(draw: st.DrawFn) -> list[Activity]:
    """Some, over about ten weeks."""
    hours = draw(st.lists(st.integers(-1500, 24), max_size=20))
    return [
        Activity(
            TENANT,
            SubjectId("ada"),
            f"a{n}",
            draw(st.sampled_from(KINDS)),
            START + timedelta(hours=hour),
            {"path": draw(st.sampled_from(PAGES))},
            draw(st.sampled_from([Signal.HUMAN, Signal.HUMAN, Signal.SCANNER])),
        )
        for n, hour in enumerate(hours)
    ]


def expected(some: Sequence[Rule], done: Sequence[Activity], now: datetime) -> dict[str, int]:
    """The points of each rule that gives any, said plainly."""
    points: dict[str, int] = {}
    for rule in some:
        live = [
            one.at.date()
            for one in done
            if one.signal is Signal.HUMAN and rule.matches(one) and not _over(rule, one, now)
        ]
        periods: dict[tuple[int, ...], int] = defaultdict(int)
        for day in live:
            periods[_period(rule.per, day)] += 1
        counted = sum(min(n, rule.most) for n in periods.values()) if rule.most else len(live)
        if counted:
            points[rule.rule_id] = counted * rule.points
    return points


def _over(rule: Rule, one: Activity, now: datetime) -> bool:
    last = one.at.date() + timedelta(days=rule.days)
    return bool(rule.days) and now >= datetime.combine(last, time(), UTC) + timedelta(days=1)


def _period(per: Period, day: date) -> tuple[int, ...]:
    match per:
        case Period.DAY:
            return (day.toordinal(),)
        case Period.WEEK:
            return day.isocalendar()[:2]
        case Period.MONTH:
            return (day.year, day.month)
        case Period.EVER:
            return ()


@pytest.mark.feature("D3")
@settings(max_examples=400, deadline=None)
@given(some=rule_sets, done=activities(), order=st.randoms(), hours=st.integers(0, 2000))
def test_the_lines_are_what_the_rules_give_whatever_the_order_and_the_parts(
    some: list[Rule], done: list[Activity], order: Any, hours: int
) -> None:
    now = START + timedelta(hours=hours)
    shuffled = list(done)
    order.shuffle(shuffled)
    cut = order.randint(0, len(done))
    parts = [counts_of(some, part) for part in (shuffled[:cut], shuffled[cut:], done[:1])]
    counts = still_kept(some, without(added(*parts), counts_of(some, done[:1])), now)
    lines = score_lines(some, counts, now)
    assert {line.rule: line.points for line in lines} == expected(some, done, now)
    assert all(line.counted <= line.happened for line in lines)


@pytest.mark.feature("D3")
@settings(max_examples=400, deadline=None)
@given(some=rule_sets, done=activities())
def test_time_changes_a_line_exactly_when_it_is_said_to(
    some: list[Rule], done: list[Activity]
) -> None:
    counts = counts_of(some, done)
    now = START
    for _ in range(100):
        lines = score_lines(some, counts, now)
        change = next_change(lines)
        if change is None:
            assert expected(some, done, now) == expected(some, done, now + timedelta(days=9999))
            return
        assert change > now
        before = expected(some, done, now)
        assert expected(some, done, change - timedelta(microseconds=1)) == before
        assert expected(some, done, change) != before
        now = change
    raise AssertionError("It never comes to rest.")


Step = tuple[str, int, int, int]
_NUMBERS = st.integers(0, 40)
steps: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(["did"] * 4 + ["attach", "merge", "part", "label", "rules", "later"]),
    _NUMBERS,
    _NUMBERS,
    _NUMBERS,
)


class Between:
    """A store in which others do something just before a write: so many steps, one a write."""

    def __init__(self, world: World, others: list[Step], play: Callable[[Step], None]) -> None:
        self._world = world
        self._others = others
        self._play = play
        self._busy = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.store, name)

    def write(self, tenant: Any, changes: Any) -> Any:
        """Somebody else first."""
        if self._others and changes and not self._busy:
            self._busy = True
            self._play(self._others.pop())
            self._busy = False
        return self._world.store.write(tenant, changes)


class Play:
    """Carries out steps, and knows all that was done."""

    def __init__(self, some: list[list[Rule]], others: list[Step]) -> None:
        self.world = with_people(World(), *PEOPLE)
        self.sets = some
        with_rules(self.world, *some[0])
        self.done: dict[str, Activity] = {}
        self.merged: dict[str, str] = {}
        store: Any = Between(self.world, others, self.step)
        self.app = replace(self.world.app, activities=store)

    def step(self, step: Step) -> None:
        """One thing that happens."""
        kind, a, b, c = step
        app, subject, person = self.app, SUBJECTS[a % 5], PEOPLE[b % 3]
        match kind:
            case "did":
                self._did(subject, b, c)
            case "attach":
                attach_subject(app, TENANT, PersonId(person), SubjectId(("v1", "v2")[a % 2]))
            case "merge":
                self._merge(PEOPLE[a % 3], person)
            case "part":
                self._merge(person, "")
            case "label":
                self._label(a, b)
            case "rules":
                chosen = self.sets[a % len(self.sets)]
                with_rules(self.world, *chosen)
                rescore_people(app, TENANT, [PersonId(one) for one in PEOPLE])
            case "later":
                self.world.clock.advance(b * 86400 + c * 3600)

    def _did(self, subject: str, b: int, c: int) -> None:
        batch = []
        for n in range(1 + b % 3):
            name = f"{subject}-{(b + n) % 12}"
            one = self.done.get(name) or Activity(
                TENANT,
                SubjectId(subject),
                name,
                KINDS[b % 2],
                self.world.clock.now() - timedelta(hours=c),
                {"path": PAGES[c % 3]},
            )
            self.done[name] = one
            batch.append(replace(one, signal=Signal.HUMAN))
        record_activities(self.app, TENANT, SubjectId(subject), batch)

    def _label(self, a: int, b: int) -> None:
        if self.done:
            one = self.done[sorted(self.done)[a % len(self.done)]]
            if self.world.store.activity(TENANT, one.subject, one.activity_id, one.at):
                signal = (Signal.HUMAN, Signal.SCANNER)[b % 2]
                relabel(self.app, TENANT, one.subject, one.activity_id, one.at, signal, "", "Zoë")

    def _merge(self, person: str, into: str) -> None:
        """As the pull does it: nobody who is merged is merged into, and no circles."""
        if into and (person == into or self.merged.get(into) or person in self.merged.values()):
            return
        self.merged[person] = into
        merge(self.world, person, into)
        both = [PersonId(one) for one in (person, into) if one]
        rescore_people(self.app, TENANT, both)

    def _expire(self) -> None:
        """What time has changed, and nothing else: no message is left that would mend the rest."""
        while self.world.queue.pop_next():
            continue
        start_expiry(self.world.app, lambda: 60.0)
        self.world.drain()

    def check(self) -> None:
        """Everybody's score is that of all that was done, worked out from nothing."""
        self._expire()
        store, now = self.world.store, self.world.clock.now()
        some = store.scoring_rules(TENANT).rules
        roots = [PersonId(one) for one in PEOPLE if not self.merged.get(one)]
        seen: list[SubjectId] = []
        for root in roots:
            subjects = store.subjects(TENANT, root)
            seen += subjects
            done = [one for s in subjects for one in store.list_activities(TENANT, s, 999).items]
            score = store.scores(TENANT, [root]).get(root)
            lines = {line.rule: line.points for line in score.lines} if score else {}
            wanted = expected(some, done, now)
            assert lines == (wanted if score else {})
            assert (score.value if score else 0) == sum(wanted.values())
        assert len(seen) == len(set(seen))
        for person in PEOPLE:
            if self.merged.get(person):
                score = store.scores(TENANT, [PersonId(person)]).get(PersonId(person))
                assert score is None or score.lines == ()
        kept = [
            one for s in SUBJECTS for one in store.list_activities(TENANT, SubjectId(s), 999).items
        ]
        assert sorted(one.activity_id for one in kept) == sorted(self.done)


@pytest.mark.feature("D3")
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    some=st.lists(rule_sets, min_size=1, max_size=2),
    todo=st.lists(steps, min_size=8, max_size=25),
    others=st.lists(steps, min_size=4, max_size=12),
)
def test_a_score_kept_step_by_step_is_that_worked_out_from_nothing(
    some: list[list[Rule]], todo: list[Step], others: list[Step]
) -> None:
    # One that always gives points, so that a score that lacks some is seen.
    play = Play([[*one, Rule("any", "Any page", KINDS[0], 7)] for one in some], others)
    for step in todo:
        play.step(step)
    play.check()
