"""Segments and overlays that follow each change are those worked out from nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from funnel.domain.errors import FunnelError
from funnel.domain.ids import ListId, Module, PersonId, SugarId
from funnel.domain.scoring.scoring import Rule
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.consent.change_consent import Said, take_back, unsubscribe
from funnel.usecases.lists.keep_lists import make_list, put_on_list, take_off_list
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.segments.keep_overlays import (
    OverlayChanges,
    add_overlay,
    change_overlay,
    delete_overlay,
)
from funnel.usecases.segments.keep_segments import (
    add_segment,
    change_segment,
    delete_segment,
    retire_segment,
)
from funnel.usecases.segments.start_segments import start_segments
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.world import TENANT, World
from tests.property.segment_reference import check_scores, check_segments

BY = "Ada"
CITIES = ["", "Bonn", "bonn", "Köln"]
STAGES = ["", "Prospecting", "Closed Won"]
PAGES = ["/pricing", "/pricing/plans", "/jobs"]
EMAILS = ["", "ann@x.test", "bob@x.test"]
MANUAL = "list by hand"


def _field(name: str, operator: str, *values: str) -> dict[str, Any]:
    return {"test": "field", "field": name, "operator": operator, "values": list(values)}


def _behaviour(page: str, least: int, days: int) -> dict[str, Any]:
    return {"test": "behaviour", "kind": "page view", "page": page, "least": least, "days": days}


TESTS = st.one_of(
    st.sampled_from(
        [
            _field("city", "is", "Bonn"),
            _field("city", "is not", "Bonn"),
            _field("city", "is empty"),
            _field("title", "contains", "head"),
            _field("sales_stage", "is", "closed won"),
            _field("sales_stage", "is not", "Closed Won"),
            _field("sales_stage", "is empty"),
            _field("amount", "is at least", "100"),
            _field("amount", "is at most", "99.5"),
            _field("account_annual_revenue", "is at least", "1000"),
            _field("close_date", "was in the last days", "2"),
            _field("close_date", "is in the next days", "2"),
            _field("close_date", "is later than days ahead", "1"),
            _field("close_date", "was longer ago than days", "1"),
            _field("created_at", "was in the last days", "2"),
            _field("created_at", "was longer ago than days", "3"),
            _field("consent", "is", "yes"),
            _field("consent", "is not", "no_address"),
            _field("sugar_lead", "is", "yes"),
            _field("sugar_contact", "is", "no"),
            {"test": "list", "list": MANUAL},
        ]
    ),
    st.builds(
        _behaviour,
        st.sampled_from(["/pricing*", "/jobs", ""]),
        st.integers(1, 3),
        st.sampled_from([0, 1, 3]),
    ),
)
SCORE = st.sampled_from([_field("score", "is at least", "2"), _field("score", "is", "0")])
RULES = st.recursive(
    TESTS | SCORE,
    lambda parts: st.fixed_dictionaries(
        {"match": st.sampled_from(["all", "any", "none"]), "parts": st.lists(parts, max_size=3)}
    ),
    max_leaves=5,
)
NUMBERS = st.integers(0, 11)


def dies(most: int) -> st.SearchStrategy[int]:
    """At which call; 0 for not at all."""
    return st.just(0) | st.integers(1, most)


class Segments(RuleBasedStateMachine):
    """A company whose people change, whose marketers change rules, and whose workers die."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.plan = Plan()
        self.segments: list[ListId] = []
        self.made = 0

    @initialize(rules=st.lists(RULES, min_size=2, max_size=5))
    def begin(self, rules: list[dict[str, Any]]) -> None:
        """A company, synced, with a list made by hand and some segments."""
        world, sugar = self.world, self.world.sugar
        sugar.put(Module.USERS, "u0", user_name="anna", status="Active")
        sugar.put(Module.ACCOUNTS, "a0", name="Nord", assigned_user_id="u0", annual_revenue="1,500")
        sugar.put(Module.LEADS, "l0", last_name="Lead", email1=EMAILS[1])
        sugar.put(Module.CONTACTS, "c0", last_name="Contact", email1=EMAILS[2], account_id="a0")
        world.connect()
        world.sync(RunKind.INITIAL)
        view = Rule("view", "View", ActivityKind.PAGE_VIEW, 1, page="/pricing*", days=3)
        before = world.store.scoring_rules(TENANT)
        world.store.save_scoring_rules(replace(before, rules=(view,)))
        self.by_hand = make_list(world.app, TENANT, "k", "By hand", BY).list_id
        app = world.app
        self.mortal = replace(
            app,
            records=faulty(app.records, self.plan, "records"),
            lists=faulty(app.lists, self.plan, "lists"),
            activities=faulty(app.activities, self.plan, "activities"),
            batches=faulty(app.batches, self.plan, "batches"),
            scoring=faulty(app.scoring, self.plan, "scoring"),
            queue=faulty(app.queue, self.plan, "queue"),
        )
        if len(rules) % 2:
            put_on_list(app, TENANT, self.by_hand, [self._who(0), self._who(1)])
        for one in rules:
            self._make(one, 0, Moment.BEFORE)

    # ------------------------------------------------------------ what happens

    @rule(a=NUMBERS, b=NUMBERS, c=NUMBERS)
    def sugar_changes_people(self, a: int, b: int, c: int) -> None:
        module, key = ((Module.LEADS, "l"), (Module.CONTACTS, "c"))[a % 2]
        self.world.sugar.put(
            module, f"{key}{b % 3}", last_name=f"P{b % 3}", email1=EMAILS[c % 3] or None,
            primary_address_city=CITIES[(a + c) % 4], account_id="a0" if c % 2 else "",
        )  # fmt: skip

    @rule(a=NUMBERS, b=NUMBERS)
    def sugar_changes_a_deal_or_the_account(self, a: int, b: int) -> None:
        sugar = self.world.sugar
        if b == 0:
            sugar.put(Module.ACCOUNTS, "a0", annual_revenue=["", "200", "5,000"][a % 3])
            return
        day = (self.world.clock.now() + timedelta(days=b - 5)).date().isoformat()
        deal = sugar.put(
            Module.OPPORTUNITIES, f"o{a % 2}", name=f"O{a % 2}", sales_stage=STAGES[b % 3],
            amount=f"{a * 25}.00", date_closed=day,
        )  # fmt: skip
        deal.contact_ids = tuple(SugarId(f"c{i}") for i in range(3) if (a >> i) & 1)

    @rule(a=NUMBERS)
    def sugar_deletes_or_brings_back(self, a: int) -> None:
        rows = [r for m in (Module.LEADS, Module.CONTACTS, Module.OPPORTUNITIES)
                for r in self.world.sugar.tables[m].values()]  # fmt: skip
        row = rows[a % len(rows)]
        row.deleted, row.date_modified = not row.deleted, self.world.sugar.now()

    @rule(a=NUMBERS, b=NUMBERS, crash=dies(40), moment=st.sampled_from(Moment))
    def somebody_is_edited(self, a: int, b: int, crash: int, moment: Moment) -> None:
        values = {"city": CITIES[b % 4] or None, "title": "Head" if a % 3 else None}
        self._do(lambda: edit_person(self.mortal, TENANT, self._who(a), values, BY), crash, moment)

    @rule(a=NUMBERS, b=NUMBERS, crash=dies(40), moment=st.sampled_from(Moment))
    def somebody_opts_out_or_in(self, a: int, b: int, crash: int, moment: Moment) -> None:
        change = unsubscribe if b % 2 else take_back
        who, said = self._who(a), Said(BY, "asked")
        person = self.world.store.people(TENANT, [who]).get(who)
        email = person.emails[0] if person and person.emails else "nobody@x.test"
        self._do(lambda: change(self.mortal, TENANT, who, email, said), crash, moment)

    @rule(a=NUMBERS, b=NUMBERS, crash=dies(40), moment=st.sampled_from(Moment))
    def somebody_views_a_page(self, a: int, b: int, crash: int, moment: Moment) -> None:
        self.made += 1
        who = SubjectId(self._who(a))
        one = Activity(
            TENANT, who, f"v{self.made}", ActivityKind.PAGE_VIEW, self.world.clock.now(),
            {"path": PAGES[b % 3], "url": f"https://x.test{PAGES[b % 3]}"},
        )  # fmt: skip
        for at in (crash, 0):
            # Its message is delivered again.
            self._do(lambda: record_activities(self.mortal, TENANT, who, [one]), at, moment)

    @rule(a=NUMBERS, on=st.booleans(), crash=dies(30), moment=st.sampled_from(Moment))
    def somebody_is_put_on_or_taken_off(self, a: int, on: bool, crash: int, moment: Moment) -> None:
        change = put_on_list if on else take_off_list
        who = [self._who(a), self._who(a + 1)]
        self._do(lambda: change(self.mortal, TENANT, self.by_hand, who), crash, moment)

    @rule(rule=RULES, crash=dies(30), moment=st.sampled_from(Moment))
    def a_segment_is_made(self, rule: dict[str, Any], crash: int, moment: Moment) -> None:
        self._make(rule, crash, moment)

    def _make(self, rule: dict[str, Any], crash: int, moment: Moment) -> None:
        self.made += 1
        key, wanted = f"s{self.made}", self._rule(rule)
        self._do(lambda: add_segment(self.mortal, TENANT, key, key, wanted, BY), crash, moment)
        found = self.world.store.list_lists(TENANT, key, 1).items
        self.segments += [one.list_id for one in found if one.name == key]

    @rule(a=NUMBERS, rule=RULES, crash=dies(30), moment=st.sampled_from(Moment))
    def a_segment_is_changed(
        self, a: int, rule: dict[str, Any], crash: int, moment: Moment
    ) -> None:
        self._of_segment(
            a,
            lambda i: change_segment(self.mortal, TENANT, i, BY, rule=self._rule(rule)),
            crash,
            moment,
        )

    @rule(a=NUMBERS, b=NUMBERS, crash=dies(30), moment=st.sampled_from(Moment))
    def a_segment_is_retired_or_deleted(self, a: int, b: int, crash: int, moment: Moment) -> None:
        if b == 0:
            self._of_segment(a, lambda i: delete_segment(self.mortal, TENANT, i, BY), crash, moment)
            return
        self._of_segment(
            a,
            lambda i: retire_segment(self.mortal, TENANT, i, BY, retired=b % 2 == 1),
            crash,
            moment,
        )

    @rule(a=NUMBERS, b=NUMBERS, crash=dies(20), moment=st.sampled_from(Moment))
    def an_overlay_is_kept(self, a: int, b: int, crash: int, moment: Moment) -> None:
        rules = [Rule("", "R", ActivityKind.PAGE_VIEW, 2, page="/jobs")] if b % 3 == 0 else []
        values = OverlayChanges(f"O{b}", b, rules)
        overlays = self.world.store.scoring_rules(TENANT).overlays
        if not overlays or a % 3 == 0:
            self._of_segment(
                a, lambda i: add_overlay(self.mortal, TENANT, i, values, BY), crash, moment
            )
            return
        known = overlays[a % len(overlays)].overlay_id
        if a % 3 == 1:
            change: Callable[[], object] = lambda: change_overlay(  # noqa: E731
                self.mortal, TENANT, known, values, BY
            )
        else:
            change = lambda: delete_overlay(self.mortal, TENANT, known, BY)  # noqa: E731
        self._do(change, crash, moment)

    @rule(hours=st.sampled_from([1, 13, 24, 72]))
    def time_passes(self, hours: int) -> None:
        self.world.clock.advance(hours * 3_600)

    @rule(crash=dies(200), moment=st.sampled_from(Moment))
    def sugar_is_read(self, crash: int, moment: Moment) -> None:
        start_run(self.world.app, TENANT, RunKind.HOURLY)
        self._drain(crash, moment)

    @rule(crash=dies(100), moment=st.sampled_from(Moment))
    def all_comes_to_rest(self, crash: int, moment: Moment) -> None:
        """Everything asked for is done, and the schedules come: all is as it must be."""
        self._drain(crash, moment)
        self._settle()

    def teardown(self) -> None:
        """What is there at the end is right as well."""
        if hasattr(self, "mortal"):
            self._drain(0, Moment.BEFORE)
            self._settle()

    # ------------------------------------------------------------ how

    def _settle(self) -> None:
        for _ in range(2):
            start_expiry(self.world.app, lambda: 60.0)
            start_segments(self.world.app, lambda: 60.0)
            self._drain(0, Moment.BEFORE)
        now = self.world.clock.now()
        check_segments(self.world.store, now)
        check_scores(self.world.store, now)

    def _do(self, work: Callable[[], object], crash: int, moment: Moment) -> None:
        """By somebody who dies at this call, and does not come back; refusals are fine."""
        self._begin_to_die(crash, moment)
        try:
            work()
        except (Crash, FunnelError):
            pass
        finally:
            self._live_on()

    def _of_segment(
        self, a: int, work: Callable[[ListId], object], crash: int, moment: Moment
    ) -> None:
        if self.segments:
            self._do(lambda: work(self.segments[a % len(self.segments)]), crash, moment)

    def _drain(self, crash: int, moment: Moment) -> None:
        self._begin_to_die(crash, moment)
        for _ in range(2_000):
            message = self.world.queue.pop_next()
            if message is None:
                break
            for _ in range(3):
                try:
                    handle_message(self.mortal, message, self.world.ids.new_id(), lambda: 600.0)
                except Crash:
                    self._live_on()
                else:
                    break
        else:
            raise AssertionError("The messages do not come to an end.")
        self._live_on()

    def _begin_to_die(self, at: int, moment: Moment) -> None:
        self._live_on()
        self.plan.at, self.plan.moment = at, moment

    def _live_on(self) -> None:
        self.plan.calls.clear()
        self.plan.at, self.plan.happened, self.plan.revived = 0, False, False

    def _who(self, a: int) -> PersonId:
        people = self.world.store.list_people(TENANT, "", 100).items
        return people[a % len(people)].person_id if people else PersonId("nobody")

    def _rule(self, rule: dict[str, Any]) -> dict[str, Any]:
        """A group, with the list that there is."""
        named = self._named(rule)
        return named if "match" in named else {"match": "all", "parts": [named]}

    def _named(self, part: dict[str, Any]) -> dict[str, Any]:
        if "parts" in part:
            return {**part, "parts": [self._named(one) for one in part["parts"]]}
        return {**part, "list": self.by_hand} if part.get("list") == MANUAL else part


Segments.TestCase.settings = settings(
    max_examples=80,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.feature("D5")
@pytest.mark.feature("D4")
class TestSegments(Segments.TestCase):  # type: ignore[misc, valid-type]
    """Incremental is recomputed, whatever changes and whoever dies."""
