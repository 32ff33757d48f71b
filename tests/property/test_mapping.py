"""Both sides edit a field, its rule changes, syncs come twice: nobody's edit is lost, and it rests."""

import os
from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from funnel.domain.crm import Value
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS, Rule
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import RunKind
from funnel.usecases.mapping.map_fields import WantedMapping, save_mappings
from funnel.usecases.people.edit_person import edit_person
from tests.fakes.world import TENANT, World

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "300"))
LEADS = ("l0",)
VALUES = (None, "CTO", "CEO")
changes = st.one_of(
    st.tuples(st.just("sugar"), st.sampled_from(LEADS), st.sampled_from(VALUES)),
    st.tuples(st.just("here"), st.sampled_from(LEADS), st.sampled_from(VALUES)),
    st.tuples(st.just("other"), st.sampled_from(LEADS), st.sampled_from(("Ulm", "Bonn"))),
    st.tuples(st.just("rule"), st.none(), st.sampled_from([*Rule, None])),
)
syncs = st.tuples(st.just("sync"), st.none(), st.sampled_from([RunKind.HOURLY, RunKind.FULL, None]))
steps = st.lists(st.tuples(changes, syncs), max_size=8).map(
    lambda pairs: [step for pair in pairs for step in pair]
)


@dataclass
class Title:
    """One field of one person, in the plainest way: both sides' values and the last agreed one."""

    sugar: str | None = None
    here: str | None = None
    agreed: str | None = None
    edited: datetime | None = None
    """When it was edited here, until Sugar's value took the edit's place."""

    def settle(self, rule: Rule | None, changed: datetime) -> None:
        """A sync under a rule; None is a field that is not mapped. `changed` is Sugar's record."""
        if rule is None or self.sugar == self.here:
            self.agreed = self.agreed if rule is None else self.here
            return
        only_here = self.sugar == self.agreed
        only_sugar = self.here == self.agreed
        blank = rule is Rule.SUGAR_UNLESS_BLANK and self.sugar is None
        newer_here = self.edited is not None and self.edited >= changed
        if only_here or blank:
            return
        if not only_sugar and (rule is Rule.HERE or (rule is Rule.NEWEST and newer_here)):
            self.agreed = self.sugar
            return
        self.here = self.agreed = self.sugar
        self.edited = None


@dataclass
class Company:
    """The product, and beside it what must be there."""

    world: World = field(default_factory=World)
    titles: dict[str, Title] = field(default_factory=lambda: {one: Title() for one in LEADS})
    rule: Rule | None = Rule.SUGAR

    def begin(self) -> None:
        self.world.connect()
        for one in LEADS:
            self.world.sugar.put(Module.LEADS, one, last_name=one, title=None)
        self.sync(RunKind.INITIAL)

    def sync(self, kind: RunKind) -> None:
        self.world.sync(kind)
        for one, title in self.titles.items():
            changed = self.world.sugar.tables[Module.LEADS][SugarId(one)].date_modified
            assert changed is not None
            title.settle(self.rule, changed)

    def person(self, one: str) -> Person:
        key = RecordKey(Module.LEADS, SugarId(one))
        person_id = self.world.store.records(TENANT, [key])[key].person_id
        return self.world.store.people(TENANT, [PersonId(person_id)])[person_id]

    def apply(self, step: tuple[str, str | None, object]) -> None:
        kind, one, value = step
        self.world.clock.advance(7)
        match kind:
            case "sugar":
                assert one is not None
                self.world.sugar.put(Module.LEADS, one, title=_text(value))
                self.titles[one].sugar = _text(value)
            case "other":
                assert one is not None
                self.world.sugar.put(Module.LEADS, one, primary_address_city=_text(value))
            case "here":
                assert one is not None
                before = self.titles[one]
                values: dict[str, Value] = {"title": _text(value)}
                edit_person(self.world.app, TENANT, self.person(one).person_id, values, "Ada")
                if before.here != value:
                    before.here, before.edited = _text(value), self.world.clock.now()
            case "rule":
                self.rule = value if isinstance(value, Rule) else None
                save_mappings(self.world.app, TENANT, Module.LEADS, _mapped(self.rule))
            case _:
                if isinstance(value, RunKind):
                    self.sync(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _mapped(rule: Rule | None) -> list[WantedMapping]:
    """The standard with this rule for the title, or without the title."""
    return [
        WantedMapping(m.sugar_field, m.field, (rule or m.rule) if m.field == "title" else m.rule)
        for m in STANDARD_MAPPINGS[Module.LEADS]
        if m.field != "title" or rule is not None
    ]


_HOURLY = ("sync", None, RunKind.HOURLY)
BOTH_EMPTIED = [
    ("sugar", "l0", "CTO"), _HOURLY,
    ("rule", None, Rule.SUGAR_UNLESS_BLANK), _HOURLY,
    ("sugar", "l0", None), _HOURLY,
    ("here", "l0", None), _HOURLY,
    ("sugar", "l0", "CTO"), _HOURLY,
]  # fmt: skip
"""Emptied in Sugar, kept here, emptied here: the old value entered in Sugar again is a change."""


@example(rule=Rule.SUGAR, history=BOTH_EMPTIED)
@settings(
    max_examples=RUNS, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(st.sampled_from(Rule), steps)
def test_each_field_is_what_its_rule_says_and_then_rests(
    rule: Rule, history: list[tuple[str, str | None, object]]
) -> None:
    company = Company()
    company.begin()
    company.apply(("rule", None, rule))
    for step in history:
        company.apply(step)
        for one, title in company.titles.items():
            assert company.person(one).fields.get("title") == title.here, (step, one)
    for _ in range(2):
        company.world.clock.advance(3600)
        company.sync(RunKind.HOURLY)
    for one, title in company.titles.items():
        assert company.person(one).fields.get("title") == title.here
    writes = company.world.store.writes
    company.world.clock.advance(3600)
    company.world.sync(RunKind.FULL)
    company.world.clock.advance(3600)
    company.world.sync(RunKind.HOURLY)
    assert company.world.store.writes == writes
