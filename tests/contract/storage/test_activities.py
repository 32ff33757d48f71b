"""Activities, tallies and scores, in every store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from funnel.domain.errors import WasErased
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.tallies import MOST_SUBJECTS, ChangeOutcome, ScoreChange, Tally
from funnel.domain.sync.records import Person, Unit
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from tests.contract.storage.builders import NOW, UNICODE
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import add

ADA, BEN, EVE = SubjectId("ada"), SubjectId("ben"), SubjectId("eve")
WRITTEN, LATE = ChangeOutcome(written=True), ChangeOutcome(written=False)


def view(tenant: TenantId, name: str, minutes: int = 0, subject: SubjectId = ADA) -> Activity:
    """A page view, so many minutes after NOW."""
    return Activity(
        tenant=tenant,
        subject=subject,
        activity_id=name,
        kind=ActivityKind.PAGE_VIEW,
        at=NOW + timedelta(minutes=minutes),
        about={"path": "/", "title": UNICODE},
    )


def score(tenant: TenantId, person: str = "ada", points: int = 5, **more: object) -> Score:
    """A score of one line."""
    line = ScoreLine("r1", UNICODE, 1, points, 2, NOW + timedelta(days=1))
    made = Score(tenant, PersonId(person), (line,), NOW, 3, NOW + timedelta(days=1))
    return replace(made, **more)  # type: ignore[arg-type]


def names(store: Store, tenant: TenantId, subject: SubjectId = ADA) -> list[str]:
    """The ids of what a subject did, by small pages."""
    found: list[str] = []
    cursor = ""
    while True:
        page = store.list_activities(tenant, subject, 2, cursor)
        found += [one.activity_id for one in page.items]
        if not page.cursor:
            return found
        cursor = page.cursor


def test_what_is_written_comes_back_as_it_was(store: Store, tenant: TenantId) -> None:
    tally = Tally(
        tenant, ADA, {"r1": {739_000: 2, 0: 1}}, 3, PersonId("p9"), frozenset({BEN, EVE}), True
    )
    done = replace(
        view(tenant, "a1"),
        kind=ActivityKind.EMAIL_OPEN,
        signal=Signal.SCANNER,
        why=UNICODE,
        by="Zoë",
    )
    change = ScoreChange((tally,), (done,), score(tenant))
    assert store.write(tenant, [change]) == [WRITTEN]
    assert store.activity(tenant, ADA, "a1", NOW) == replace(done, version=1)
    assert store.activity(tenant, ADA, "a1", NOW + timedelta(seconds=1)) is None
    later = NOW + timedelta(seconds=1)
    asked = [("a1", NOW), ("a1", later), ("a1", NOW), *((f"b{n}", NOW) for n in range(120))]
    assert store.written(tenant, [BEN, ADA, ADA], asked) == {("a1", NOW)}
    assert store.written(tenant, [BEN], asked) == set()
    assert store.written(tenant, [], asked) == set() == store.written(tenant, [ADA], [])
    assert store.tallies(tenant, [ADA]) == {ADA: replace(tally, version=1)}
    ada, ben = PersonId("ada"), PersonId("ben")
    assert store.scores(tenant, [ada, ben]) == {ada: replace(score(tenant), version=1)}
    assert store.scores(tenant, [ada])[ada].value == 5


def test_who_has_no_tally_has_an_empty_one(store: Store, tenant: TenantId) -> None:
    assert store.tallies(tenant, [ADA, BEN]) == {ADA: Tally(tenant, ADA), BEN: Tally(tenant, BEN)}


def test_what_is_here_already_is_named_and_nothing_is_written(
    store: Store, tenant: TenantId
) -> None:
    first = ScoreChange((Tally(tenant, ADA),), (view(tenant, "a1"), view(tenant, "a2", 1)))
    assert store.write(tenant, [first]) == [WRITTEN]
    again = ScoreChange(
        (replace(Tally(tenant, ADA), counts={"r1": {0: 9}}, version=1),),
        (view(tenant, "a2", 1), view(tenant, "a3", 2), view(tenant, "a1")),
        score(tenant),
    )
    outcome = ChangeOutcome(written=False, here=frozenset({"a1", "a2"}))
    assert store.write(tenant, [again]) == [outcome]
    assert names(store, tenant) == ["a2", "a1"]
    assert store.tallies(tenant, [ADA])[ADA].counts == {}
    assert store.scores(tenant, [PersonId("ada")]) == {}


@pytest.mark.parametrize("late", ["tally", "score", "activity"])
def test_a_change_that_comes_late_is_refused_whole(
    store: Store, tenant: TenantId, late: str
) -> None:
    first = ScoreChange((Tally(tenant, ADA),), (view(tenant, "a1"),), score(tenant))
    assert store.write(tenant, [first]) == [WRITTEN]
    tally = Tally(tenant, ADA, {"r1": {0: 1}}, version=0 if late == "tally" else 1)
    labelled = replace(view(tenant, "a1"), why="late", version=2 if late == "activity" else 1)
    points = score(tenant, points=9, version=0 if late == "score" else 1)
    second = ScoreChange((tally,), (labelled,), points)
    assert not store.write(tenant, [second])[0].written
    assert store.tallies(tenant, [ADA])[ADA].counts == {}
    assert store.scores(tenant, [PersonId("ada")])[PersonId("ada")].value == 5
    assert store.list_activities(tenant, ADA, 9).items[0].why == ""


def test_of_many_changes_only_those_that_come_late_are_refused(
    store: Store, tenant: TenantId
) -> None:
    people = [SubjectId(f"p{n:02}") for n in range(40)]
    late = set(people[::7])
    store.write(tenant, [ScoreChange((Tally(tenant, one),)) for one in sorted(late)])
    changes = [
        ScoreChange((Tally(tenant, one, {"r": {0: 1}}),), (), score(tenant, one)) for one in people
    ]
    assert store.write(tenant, changes) == [LATE if one in late else WRITTEN for one in people]
    scored = store.scores(tenant, map(PersonId, people))
    assert set(scored) == set(map(PersonId, set(people) - late))
    assert store.write(tenant, []) == []


def test_activities_are_listed_newest_first_and_by_subject(store: Store, tenant: TenantId) -> None:
    some = [view(tenant, f"a{n}", minutes) for n, minutes in enumerate((3, 1, 4, 1, 5))]
    store.write(tenant, [ScoreChange((Tally(tenant, ADA),), tuple(some))])
    other = view(tenant, "b", 9, BEN)
    store.write(tenant, [ScoreChange((Tally(tenant, BEN),), (other,))])
    assert names(store, tenant) == ["a4", "a2", "a0", "a3", "a1"]
    assert names(store, tenant, BEN) == ["b"]
    assert names(store, tenant, EVE) == []
    pages = store.newest_activities(tenant, [ADA, EVE, BEN], 2)
    assert [one.activity_id for one in pages[ADA].items] == ["a4", "a2"]
    assert store.list_activities(tenant, ADA, 9, pages[ADA].cursor).items[0].activity_id == "a0"
    assert pages[EVE].items == []
    assert pages[BEN].cursor == ""


def test_tenants_are_apart(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    other = new_tenant()
    change = ScoreChange(
        (Tally(tenant, ADA),), (view(tenant, "a1"),), score(tenant), (SubjectId("ada"),)
    )
    with pytest.raises(ValueError, match="another tenant"):
        store.write(other, [change])
    store.write(tenant, [change])
    assert store.activity(other, ADA, "a1", NOW) is None
    assert names(store, other) == []
    assert store.tallies(other, [ADA])[ADA].version == 0
    assert store.scores(other, [PersonId("ada")]) == {}
    assert store.scored_people(other, 9).items == []
    assert store.count_scored(other) == 0


def test_a_visitor_belongs_to_one_person_and_may_move(store: Store, tenant: TenantId) -> None:
    ada, ben = PersonId("ada"), PersonId("ben")
    assert store.attach(tenant, ada, EVE) == ""
    assert store.attach(tenant, ada, EVE) == ada
    assert store.subjects(tenant, ada) == [ADA, EVE]
    assert store.attach(tenant, ben, EVE) == ada
    assert store.subjects(tenant, ada) == [ADA]
    assert store.subjects(tenant, ben) == [BEN, EVE]
    assert store.detach(tenant, EVE) == ben
    assert store.detach(tenant, EVE) == ""
    assert store.subjects(tenant, ben) == [BEN]
    assert sorted(store.scored_people(tenant, 9).items) == [ada, ben]


def test_nothing_belongs_to_whom_was_erased(store: Store, tenant: TenantId) -> None:
    ada, ben = PersonId("ada"), PersonId("ben")
    add(store, tenant, Unit(people=[Person(tenant, ada, {}, NOW, NOW, erased=True)]))
    add(store, tenant, Unit(people=[Person(tenant, ben, {}, NOW, NOW)]))
    with pytest.raises(WasErased):
        store.attach(tenant, ada, EVE)
    assert store.subjects(tenant, ada) == [ADA]
    assert store.tallies(tenant, [EVE])[EVE].version == 0
    assert store.attach(tenant, ben, EVE) == ""


def test_people_consist_of_those_merged_into_them_and_of_their_visitors(
    store: Store, tenant: TenantId
) -> None:
    ada, ben = PersonId("ada"), PersonId("ben")
    store.attach(tenant, ben, EVE)
    before = store.tallies(tenant, [ADA, BEN])
    store.attach(tenant, ada, BEN)
    assert store.subjects(tenant, ada) == [ADA, BEN, EVE]
    after = store.tallies(tenant, [ADA, BEN])
    assert all(after[one].version > before[one].version for one in (ADA, BEN))
    store.attach(tenant, ben, SubjectId("new"))
    assert store.tallies(tenant, [ADA])[ADA].version > after[ADA].version
    # Merged the other way round: nobody belongs to itself.
    store.attach(tenant, ben, ADA)
    assert store.subjects(tenant, ben) == [BEN, ADA, EVE, SubjectId("new")]
    assert store.tallies(tenant, [BEN])[BEN].owner == ""


def test_a_person_has_so_many_visitors_and_no_more(store: Store, tenant: TenantId) -> None:
    ada = PersonId("ada")
    many = frozenset(SubjectId(f"v{n}") for n in range(MOST_SUBJECTS))
    full = Tally(tenant, ADA, subjects=many, is_person=True)
    store.write(tenant, [ScoreChange((full,))])
    assert store.attach(tenant, ada, EVE) == ""
    assert store.tallies(tenant, [EVE])[EVE].version == 0
    store.write(tenant, [ScoreChange((Tally(tenant, BEN, is_person=True),))])
    store.attach(tenant, ada, BEN)
    assert BEN in store.subjects(tenant, ada)


def test_everybody_with_a_tally_is_listed_once_and_counted(store: Store, tenant: TenantId) -> None:
    people = [SubjectId(f"p{n:02}") for n in range(30)]
    for one in people:
        tally = Tally(tenant, one, is_person=True)
        store.write(tenant, [ScoreChange((tally,), people=(one,))])
    store.write(tenant, [ScoreChange((Tally(tenant, EVE),), (view(tenant, "a", 0, EVE),))])
    found: list[PersonId] = []
    cursor = ""
    while page := store.scored_people(tenant, 7, cursor):
        found += page.items
        cursor = page.cursor
        if not cursor:
            break
    assert sorted(found) == list(map(PersonId, people))
    assert store.count_scored(tenant) == 30


def test_scores_that_time_changes_are_found_when_they_are_due(
    store: Store, tenant: TenantId
) -> None:
    # Far from every other test's: the listing is of all tenants.
    start = datetime.fromisoformat("1990-01-01T00:00:00+00:00")
    for n in range(10):
        due = None if n == 9 else start + timedelta(days=n)
        one = score(tenant, f"p{n}", recheck_at=due)
        store.write(tenant, [ScoreChange((Tally(tenant, SubjectId(f"p{n}")),), score=one)])
    found: list[str] = []
    cursor = ""
    while page := store.due_scores(start + timedelta(days=5), 4, cursor):
        found += [one.person_id for one in page.items if one.tenant == tenant]
        cursor = page.cursor
        if not cursor:
            break
    assert found == [f"p{n}" for n in range(6)]
    last = replace(score(tenant, "p0"), recheck_at=None, version=1)
    store.write(tenant, [ScoreChange((Tally(tenant, SubjectId("p0"), version=1),), score=last)])
    assert store.scores(tenant, [PersonId("p0")])[PersonId("p0")].recheck_at is None
    due_now = store.due_scores(start, 9).items
    assert [one.person_id for one in due_now if one.tenant == tenant] == []
