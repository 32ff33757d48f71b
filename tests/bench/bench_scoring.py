"""Scoring: what one activity costs beside bare writing, and re-scoring everybody.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench scoring`.

10,000 people with five activities each, in a canned endpoint; what is said of 100,000 is ten times
that, since they are worked out in pages of 200. Requests and rows are those that go to DynamoDB,
CPU is of this process. Bare writing is one transaction with the activity, a tally and a score.
"""

from datetime import timedelta

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import PersonId
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.tallies import ScoreChange, Tally
from funnel.domain.sync.records import Person, Unit
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.app import App
from funnel.usecases.scoring.keep_rules import RuleChanges, change_rule
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.work.work_rescore import work_rescore
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.bench.costs import HEADS, TENANT, Cost, app_over, cost
from tests.bench.measuring import Target, table
from tests.fakes.system import START

PEOPLE, ACTIVITIES, SINGLE, TENFOLD = 10_000, 5, 500, 10
PATHS = ("/", "/pricing", "/blog", "/tour", "/contact")
IDS = [PersonId(f"person-{n:05}") for n in range(PEOPLE)]
MOST_WRITES, MOST_REQUESTS, MOST_MINUTES = 3.0, 4.0, 5.0


def measure() -> tuple[str, list[Target]]:
    """The table, and what was asked for."""
    with CannedDynamoDb() as canned:
        store = DynamoStore(TABLES, canned.client())
        app = app_over(store)
        _fill(app, store)
        bare = cost("bare writing of an activity", SINGLE, canned, lambda: _bare(store))
        one = cost("an activity of a person", SINGLE, canned, lambda: _one_each(app, "late"))
        points = _rescored(app, canned, "other points, a person", RuleChanges(points=7))
        pages = _rescored(app, canned, "another page, a person", RuleChanges(page="/tour*"))
        same = cost("looked at, nothing changed", PEOPLE, canned, lambda: _again(app))
    text = table(("", *HEADS), [one.row for one in (bare, one, points, pages, same)])
    minutes = TENFOLD * PEOPLE * pages.seconds / 60
    return text, [
        Target("scoring: rows written an activity", one.writes, MOST_WRITES),
        Target("scoring: requests an activity", one.requests, MOST_REQUESTS),
        Target("scoring: rows written, score unchanged", same.writes, 0),
        Target(
            "re-scoring 100,000, all activities counted anew", minutes, MOST_MINUTES, " min CPU"
        ),
        Target(
            "re-scoring 100,000, points only",
            TENFOLD * PEOPLE * points.seconds / 60,
            MOST_MINUTES,
            " min CPU",
        ),
    ]


def _rescored(app: App, canned: CannedDynamoDb, name: str, changes: RuleChanges) -> Cost:
    """Everybody by changed rules."""
    rule = next(r for r in app.scoring.scoring_rules(TENANT).rules if r.rule_id == "page")
    change_rule(app, TENANT, rule.rule_id, changes, "Ada")
    message = Rescore(TENANT, generation=app.scoring.scoring_rules(TENANT).generation)
    return cost(name, PEOPLE, canned, lambda: work_rescore(app, message, lambda: 600.0))


def _again(app: App) -> None:
    for start in range(0, PEOPLE, 200):
        rescore_people(app, TENANT, IDS[start : start + 200])


def _bare(store: DynamoStore) -> None:
    line = ScoreLine("page", "Viewed a page", 1, 1)
    for person in IDS[:SINGLE]:
        subject = SubjectId(person)
        tally = Tally(TENANT, subject, {"page": {739_000: 1}}, version=1)
        score = Score(TENANT, person, (line,), START, version=1)
        store.write(TENANT, [ScoreChange((tally,), (_activity(subject, "bare", 0),), score)])


def _one_each(app: App, name: str) -> None:
    for person in IDS[SINGLE : 2 * SINGLE]:
        subject = SubjectId(person)
        record_activities(app, TENANT, subject, [_activity(subject, name, 0)])


def _fill(app: App, store: DynamoStore) -> None:
    people = [Person(TENANT, one, {}, START, START, name="Ada") for one in IDS]
    for start in range(0, PEOPLE, 500):
        store.commit(TENANT, [Unit(people=[one]) for one in people[start : start + 500]])
    for person in IDS:
        subject = SubjectId(person)
        some = [_activity(subject, f"a{n}", n) for n in range(ACTIVITIES)]
        record_activities(app, TENANT, subject, some)


def _activity(subject: SubjectId, name: str, number: int) -> Activity:
    about = {
        "site": "5e1f7b0c2d4a4f6e8a9b0c1d2e3f4a5b",
        "url": f"https://www.example.com{PATHS[number]}",
        "path": PATHS[number],
        "title": "A page of the site",
        "visit": "v1",
    }
    at = START - timedelta(days=number, minutes=1)
    return Activity(TENANT, subject, f"{name}-{number}", ActivityKind.PAGE_VIEW, at, about)
