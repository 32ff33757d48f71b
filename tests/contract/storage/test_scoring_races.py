"""Many at once about one person: no point is lost, and none is counted twice."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scoring import Rule
from funnel.domain.sync.records import Unit
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.usecases.app import App
from funnel.usecases.scoring.keep_rules import recount
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.tracking.relabel_activity import relabel
from tests.contract.storage.builders import NOW, person
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_races import race
from tests.fakes.world import World

ADA = PersonId("ada")
EACH = 6
VIEW = Rule("view", "View", ActivityKind.PAGE_VIEW, 1)


@pytest.fixture
def app(store: Store, tenant: TenantId) -> App:
    """A product over this store, with one person and one rule."""
    assert store.commit(tenant, [Unit(people=[person(tenant, ADA)])]) == [True]
    store.save_scoring_rules(replace(store.scoring_rules(tenant), rules=(VIEW,)))
    return replace(
        World().app,
        records=store,
        activities=store,
        batches=store,
        scoring=store,
        prospects=store,
    )


def view(tenant: TenantId, subject: SubjectId, number: int) -> Activity:
    """A page view; all are at one time."""
    return Activity(tenant, subject, f"{subject}-{number}", ActivityKind.PAGE_VIEW, NOW)


def stubborn(work: Callable[[], object]) -> None:
    """As the queue does: again, where others were faster every time."""
    for _ in range(100):
        with suppress(StoreBusy):
            work()
            return
    raise AssertionError("nobody gets through")


@pytest.mark.feature("D3")
def test_what_many_write_of_one_person_at_once_all_counts_once(app: App, tenant: TenantId) -> None:
    def racer(number: int) -> None:
        # Two on each of three devices, and all of them bring the first activity again.
        subject = (SubjectId(ADA), SubjectId("v1"), SubjectId("v2"))[number % 3]
        if subject != SubjectId(ADA):
            stubborn(lambda: attach_subject(app, tenant, ADA, subject))
        for turn in range(EACH):
            some = [view(tenant, subject, number * EACH + turn), view(tenant, subject, 999)]
            stubborn(partial(record_activities, app, tenant, subject, some))

    race(racer)
    score = app.activities.scores(tenant, [ADA])[ADA]
    assert score.value == 6 * EACH + 3
    recount(app, tenant, "Zoë")
    rescore_people(app, tenant, [ADA])
    assert app.activities.scores(tenant, [ADA])[ADA].lines == score.lines


@pytest.mark.feature("D3")
def test_labels_and_new_activities_at_once_leave_what_people_did(
    app: App, tenant: TenantId
) -> None:
    ada = SubjectId(ADA)
    record_activities(app, tenant, ada, [view(tenant, ada, n) for n in range(EACH)])

    def racer(number: int) -> None:
        if number % 2:
            some = [view(tenant, ada, 100 + number)]
            stubborn(partial(record_activities, app, tenant, ada, some))
        else:
            name, label = f"ada-{number}", (NOW, Signal.SCANNER, "a burst", "")
            stubborn(partial(relabel, app, tenant, ada, name, *label))

    race(racer)
    assert app.activities.scores(tenant, [ADA])[ADA].value == EACH - 3 + 3
    done = app.activities.list_activities(tenant, ada, 99).items
    assert sum(one.signal is Signal.HUMAN for one in done) == EACH
