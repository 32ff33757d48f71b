"""Segments: a person who changes against 1,000 of them, and a new segment over 100,000 people.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench segments`.

Everybody has a Lead, a Contact of one of 50 Accounts, and what they did in the tallies. Requests and
rows are those that go to DynamoDB, a canned endpoint; CPU is of this process. The recompute is
measured on 4,000 people, in pages as the worker takes them, and told for 100,000.
"""

import time
from dataclasses import replace

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import ListId, Module, PersonId
from funnel.domain.lists.lists import ListKind, PeopleList
from funnel.domain.scoring.tallies import ScoreChange, Tally
from funnel.domain.segments.segment_evaluator import Evaluator
from funnel.domain.segments.segment_facts import facts_of
from funnel.domain.segments.segment_fields import by_name, segment_fields_of
from funnel.domain.segments.segment_tests import behaviour_id
from funnel.domain.segments.segments import BehaviourTest, FieldTest, Group, Match, Operator
from funnel.domain.sync.records import Link, Person, SugarRecord, Unit
from funnel.domain.tracking.activities import ActivityKind, SubjectId
from funnel.usecases.app import App
from funnel.usecases.lists.list_people import list_people
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.bench.costs import TENANT, Cost, app_over, cost, record, sugar_id
from tests.bench.measuring import Target, table
from tests.fakes.store import MemoryStore
from tests.fakes.system import START

PEOPLE, ACCOUNTS, SEGMENTS, PAGE, ROUNDS = 4_000, 50, 1_000, 200, 30
OF = 100_000
IDS = [PersonId(f"person-{n:05}") for n in range(PEOPLE)]
CITIES = [f"City {n}" for n in range(200)]
PRICING = BehaviourTest(ActivityKind.PAGE_VIEW, page="/pricing*", least=2, days=30)
MOST_MS = 5.0


def rule(number: int) -> Group:
    """One of 1,000 rules: a field, a choice, and one in five a behaviour or a day that time passes."""
    city = FieldTest("city", Operator.IS, (CITIES[number % 200], CITIES[(number * 7) % 200]))
    title = FieldTest("title", Operator.CONTAINS, (f"title {number % 40}",))
    score = FieldTest("account_annual_revenue", Operator.LEAST, (str(number * 1000),))
    since = FieldTest("created_at", Operator.PAST, (str(30 + number % 300),))
    more = (PRICING,) if number % 10 == 0 else (since,) if number % 10 == 5 else ()
    other = Group(Match.ANY, (title, score))
    return Group(Match.ALL, (city, Group(Match.NONE, (other,)), *more))


def measure() -> tuple[str, list[Target]]:
    """The tables, and what was asked for."""
    pure = _pure()
    with CannedDynamoDb() as canned:
        costs = _costs(canned)
    rows = [
        (
            one.name,
            f"{people * one.requests:,.0f}",
            f"{people * one.reads:,.0f}",
            f"{people * one.writes:,.0f}",
            f"{one.seconds * 1000:,.1f} ms" if people < OF else f"{people * one.seconds:,.0f} s",
            one.share,
        )
        for one, people in costs
    ]
    heads = ("what", "requests", "rows read", "rows written", "CPU", "of the floor's speed")
    text = table(heads, rows)
    text += f"\n\nThe rules alone, 1,000 of them for one person: {pure * 1000:.2f} ms of CPU."
    return text, [Target("1,000 segments of one person", pure * 1000, MOST_MS, " ms")]


def _pure() -> float:
    """Seconds that the evaluation of all rules takes for one person, facts included."""
    rules = {ListId(f"s{n}"): rule(n) for n in range(SEGMENTS)}
    evaluator = Evaluator(rules, by_name(segment_fields_of()))
    person, records = _person(7, "City 7")
    best = 1e9
    for _ in range(5):
        began = time.process_time()
        for _ in range(ROUNDS):
            facts = facts_of(START, person, records, counts=_counts())
            evaluator.segments_of(facts)
            evaluator.next_change(facts)
        best = min(best, (time.process_time() - began) / ROUNDS)
    return best


def _costs(canned: CannedDynamoDb) -> list[tuple[Cost, int]]:
    store = DynamoStore(TABLES, canned.client())
    app = replace(app_over(store), sync=MemoryStore())
    _fill(store)
    one = _segment("only", Group(Match.ALL, (FieldTest("city", Operator.IS, tuple(CITIES[:20])),)))
    list_people(app, TENANT, IDS[:1])
    _each_page(app)
    store.save_list(one)
    a_new_one = cost(
        "a new segment of 10,000 of 100,000 people", PEOPLE, canned, lambda: _each_page(app)
    )
    unchanged = cost("looked at again, nothing changed", PEOPLE, canned, lambda: _each_page(app))
    for number in range(SEGMENTS):
        store.save_list(_segment(f"s{number:04}", rule(number)))
    began = cost(
        "first look of an environment: 1,000 rules are loaded",
        1,
        canned,
        lambda: list_people(app, TENANT, IDS[:1]),
    )
    changes = []
    for number in range(ROUNDS):
        _put(store, 3, CITIES[number % 200])
        changes.append(
            cost(
                "one person changed, 1,000 segments",
                1,
                canned,
                lambda: list_people(app, TENANT, [IDS[3]]),
            )
        )
    stays = cost(
        "one person, whose segments stay", 1, canned, lambda: list_people(app, TENANT, [IDS[3]])
    )
    return [(began, 1), (_mean(changes), 1), (stays, 1), (a_new_one, OF), (unchanged, OF)]


def _each_page(app: App) -> None:
    for start in range(0, PEOPLE, PAGE):
        list_people(app, TENANT, IDS[start : start + PAGE])


def _mean(costs: list[Cost]) -> Cost:
    names = ("requests", "reads", "writes", "seconds", "floor")
    means = {n: sum(getattr(one, n) for one in costs) / len(costs) for n in names}
    return replace(costs[0], **means)


def _segment(list_id: str, made: Group) -> PeopleList:
    return PeopleList(TENANT, ListId(list_id), ListKind.SEGMENT, list_id, START, START, rule=made)


def _counts() -> dict[str, dict[int, int]]:
    return {behaviour_id(PRICING): {START.toordinal() - n: 1 for n in range(5)}}


def _fill(store: DynamoStore) -> None:
    accounts = [
        record(Module.ACCOUNTS, n, {"annual_revenue": f"{n * 20_000}"}) for n in range(ACCOUNTS)
    ]
    store.commit(TENANT, [Unit(records=[one]) for one in accounts])
    for start in range(0, PEOPLE, 500):
        units = []
        for number in range(start, min(start + 500, PEOPLE)):
            person, records = _person(number, CITIES[number % 200])
            units.append(Unit(records=records[:2], people=[person]))
        store.commit(TENANT, units)
        store.write(
            TENANT,
            [
                ScoreChange((Tally(TENANT, SubjectId(i), _counts(), is_person=True),))
                for i in IDS[start : start + 500]
            ],
        )


def _put(store: DynamoStore, number: int, city: str) -> None:
    person, _ = _person(number, city)
    store.commit(TENANT, [Unit(people=[person])])


def _person(number: int, city: str) -> tuple[Person, list[SugarRecord]]:
    account = sugar_id(number % ACCOUNTS)
    records = [
        record(Module.LEADS, number, {"status": "New"}, person_id=PersonId(f"person-{number:05}")),
        record(
            Module.CONTACTS,
            number,
            {"lead_source": "Web"},
            person_id=PersonId(f"person-{number:05}"),
            parent_id=account,
        ),
    ]
    links = tuple(Link(r.key, r.name, r.owner_id, "") for r in records)
    fields = {"city": city, "title": f"title {number % 40}", "country": "Germany"}
    person = Person(
        TENANT, PersonId(f"person-{number:05}"), fields, START, START, links=links, name="Ada"
    )
    of_account = record(Module.ACCOUNTS, number % ACCOUNTS, {"annual_revenue": "40000"})
    return person, [*records, of_account]
