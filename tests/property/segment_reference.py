"""Who must be in a segment, and what a score must be, worked out from all rows at once.

Written apart from the product's own evaluator, in the plainest way: each test anew for each person.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from funnel.domain.consent.consent import Mark
from funnel.domain.ids import ListId, Module, PersonId
from funnel.domain.lists.lists import ListKind, ListStatus, person_member, person_of_member
from funnel.domain.segments.segments import BehaviourTest, FieldTest, Group, ListTest, Match, Part
from funnel.domain.sync.records import Person, State, SugarRecord
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal
from tests.fakes.store import MemoryStore
from tests.fakes.world import TENANT

DEALS = {
    "opportunity_name": "name",
    "sales_stage": "sales_stage",
    "amount": "amount",
    "close_date": "date_closed",
    "probability": "probability",
    "opportunity_lead_source": "lead_source",
}
NUMBERS = {"amount", "probability", "score", "account_annual_revenue"}


class Reference:
    """All that is in a store, at one moment."""

    def __init__(self, store: MemoryStore, now: datetime) -> None:
        self.store, self.now = store, now
        rows = [row for (tenant, _), row in store.rows.items() if tenant == TENANT]
        self.records = {r.key: r for r in rows if isinstance(r, SugarRecord)}
        self.people = {p.person_id: p for p in rows if isinstance(p, Person)}

    def listed(self) -> list[Person]:
        return [p for p in self.people.values() if p.is_listed]

    def is_true(self, part: Part, person: Person) -> bool:
        match part:
            case Group(match=Match.ALL):
                return all(self.is_true(one, person) for one in part.parts)
            case Group(match=Match.ANY):
                return any(self.is_true(one, person) for one in part.parts)
            case Group():
                return not any(self.is_true(one, person) for one in part.parts)
            case ListTest():
                return part.list_id in self.by_hand(person)
            case BehaviourTest():
                return self.times(part, person) >= part.least
            case FieldTest():
                return compare(part, self.values(part.field, person), self.now)

    def by_hand(self, person: Person) -> set[ListId]:
        """What the person, or whoever is merged into it, was put on."""
        own = [i for i in self.people if self.root(i) == person.person_id]
        return {x for i in own for x in self.store.standings(TENANT, [i])[i].by_hand}

    def root(self, person_id: PersonId) -> PersonId:
        while (one := self.people.get(person_id)) and one.merged_into:
            person_id = one.merged_into
        return person_id

    def done(self, person: Person) -> list[Activity]:
        found: list[Activity] = []
        for subject in self.store.subjects(TENANT, person.person_id):
            found += self.store.list_activities(TENANT, subject, 10_000).items
        return [one for one in found if one.signal is Signal.HUMAN]

    def times(self, test: BehaviourTest, person: Person) -> int:
        first = self.now.astimezone(UTC).date() - timedelta(days=test.days)
        return sum(
            one.kind is test.kind
            and (not test.page or one.about.get("path", "").startswith(test.page.rstrip("*")))
            and (not test.days or one.at.astimezone(UTC).date() > first)
            for one in self.done(person)
        )

    def values(self, name: str, person: Person) -> list[Any]:
        contacts = [ln.key.sugar_id for ln in person.links if ln.key.module is Module.CONTACTS]
        live = [r for r in self.records.values() if r.state in (State.SYNCED, State.STALE)]
        if name in DEALS:
            deals = [
                r
                for r in live
                if r.key.module is Module.OPPORTUNITIES and set(r.contact_ids) & set(contacts)
            ]
            return [v for r in deals if (v := r.fields.get(DEALS[name])) not in (None, "")]
        if name == "account_annual_revenue":
            parents = {
                r.parent_id for r in live if r.key.module is Module.CONTACTS
                and r.key.sugar_id in contacts
            }  # fmt: skip
            accounts = [
                r for r in live if r.key.module is Module.ACCOUNTS and r.key.sugar_id in parents
            ]
            return [v for r in accounts if (v := r.fields.get("annual_revenue")) not in (None, "")]
        if name == "score":
            score = self.store.scores(TENANT, [person.person_id]).get(person.person_id)
            return [score.value if score else 0]
        if name == "consent":
            return [self.consent(person)]
        if name == "created_at":
            return [person.created_at.isoformat()]
        if name in ("sugar_lead", "sugar_contact"):
            module = Module.LEADS if name == "sugar_lead" else Module.CONTACTS
            return [any(ln.key.module is module for ln in person.links)]
        value = person.fields.get(name)
        return [] if value in (None, "") else [value]

    def consent(self, person: Person) -> str:
        if not person.emails:
            return "no_address"
        found = self.store.consents(TENANT, [person.emails[0]]).get(person.emails[0])
        if found and found.flag(Mark.OPT_OUT).value:
            return "opted_out"
        return "invalid" if found and found.flag(Mark.INVALID).value else "yes"


def compare(test: FieldTest, values: Sequence[Any], now: datetime) -> bool:
    """One test of a field, value by value."""
    operator = test.operator.value
    if operator == "is empty":
        return not values
    if operator == "is filled in":
        return bool(values)
    return any(_one(test, operator, value, now) for value in values)


def _one(test: FieldTest, operator: str, value: Any, now: datetime) -> bool:
    if operator in ("is", "is not"):
        if isinstance(value, bool):
            same = ("yes" if value else "no") in test.values
        elif test.field in NUMBERS:
            same = any(Decimal(v) == Decimal(str(value).replace(",", "")) for v in test.values)
        else:
            same = str(value).casefold() in [v.casefold() for v in test.values]
        return same if operator == "is" else not same
    if operator in ("is at least", "is at most"):
        number, wanted = Decimal(str(value).replace(",", "")), Decimal(test.values[0])
        return number >= wanted if operator == "is at least" else number <= wanted
    if operator == "contains":
        return any(v.casefold() in str(value).casefold() for v in test.values)
    # By how far they lie apart: no day is made that there is none of.
    days, nothing = timedelta(days=int(test.values[0])), timedelta()
    if test.field == "created_at":
        ago = now - datetime.fromisoformat(value)
        of_moment: dict[str, bool] = {
            "was in the last days": nothing <= ago < days,
            "was longer ago than days": ago >= days,
            "is in the next days": -days <= ago < nothing,
            "is later than days ahead": ago < -days,
        }
        return of_moment[operator]
    ago = now.astimezone(UTC).date() - date.fromisoformat(value)
    of_day: dict[str, bool] = {
        "was in the last days": nothing <= ago <= days,
        "was longer ago than days": ago > days,
        "is in the next days": nothing <= -ago <= days,
        "is later than days ahead": -ago > days,
    }
    return of_day[operator]


def check_segments(store: MemoryStore, now: datetime) -> None:
    """Every segment and list by hand has whom it must, counted; raises `AssertionError`."""
    reference = Reference(store, now)
    for one in store.list_lists(TENANT, "", 1_000).items:
        if one.kind not in (ListKind.SEGMENT, ListKind.MANUAL):
            continue
        there = {person_of_member(m.key) for m in store.members(TENANT, one.list_id, 1_000).items}
        wanted: set[PersonId | None] = set()
        if one.kind is ListKind.MANUAL:
            wanted = {
                p.person_id for p in reference.listed() if one.list_id in reference.by_hand(p)
            }
        elif one.status is ListStatus.ACTIVE and one.rule is not None:
            wanted = {p.person_id for p in reference.listed() if reference.is_true(one.rule, p)}
        assert there == wanted, one.name
        assert one.members == len(there), one.name
    for person_id in reference.people:
        on = store.memberships(TENANT, [person_member(person_id)])
        lists = {m.list_id for some in on.values() for m in some}
        assert lists == set(store.standings(TENANT, [person_id])[person_id].lists)


def check_scores(store: MemoryStore, now: datetime) -> None:
    """Every score is what the rules and overlays give for what was done; raises `AssertionError`.

    For rules of pages viewed, without caps.
    """
    reference = Reference(store, now)
    rules = store.scoring_rules(TENANT)

    def given(page: str, points: int, days: int, done: Sequence[Activity]) -> int:
        today = now.astimezone(UTC).date()
        return points * sum(
            one.kind is ActivityKind.PAGE_VIEW
            and one.about["path"].startswith(page.rstrip("*"))
            and (not days or one.at.astimezone(UTC).date() >= today - timedelta(days=days))
            for one in done
        )

    for person in reference.people.values():
        done = reference.done(person) if not person.merged_into else []
        lists = store.standings(TENANT, [person.person_id])[person.person_id].lists
        wanted = sum(given(r.page, r.points, r.days, done) for r in rules.rules)
        for overlay in rules.overlays:
            if overlay.segment in lists:
                wanted += overlay.points
                wanted += sum(given(r.page, r.points, r.days, done) for r in overlay.rules)
        score = store.scores(TENANT, [person.person_id]).get(person.person_id)
        assert (score.value if score else 0) == wanted, person.name
