"""Rows of several kinds read together are what each kind's own method reads."""

from collections.abc import Callable

import pytest

from funnel.domain.broadcasts.broadcasts import BroadcastId
from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.emails.emails import EmailId
from funnel.domain.forms.forms import FormId
from funnel.domain.ids import ListId, Module, PersonId, TenantId
from funnel.domain.scoring.default_rules import default_rules
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.tallies import ScoreChange, Tally
from funnel.domain.sync.records import Unit
from funnel.domain.tracking.activities import SubjectId
from funnel.domain.vision.prospects import Prospect
from funnel.ports.batches import Batch, BatchRead
from tests.contract.storage.builders import NOW, key, person, record
from tests.contract.storage.conftest import Store

ADA, NOBODY = PersonId("ada"), PersonId("nobody")
LEAD, GONE = key(Module.LEADS, "l1"), key(Module.LEADS, "gone")
EVERYTHING = Batch(
    people=[ADA, NOBODY, ADA],
    records=[LEAD, GONE, LEAD],
    tallies=[SubjectId(ADA), SubjectId(NOBODY), SubjectId(ADA)],
    scores=[ADA, NOBODY, ADA],
    prospects=[LEAD, GONE, LEAD],
    rules=True,
)


def with_one_of_each(store: Store, tenant: TenantId) -> None:
    made = [Unit(people=[person(tenant, ADA)]), Unit(records=[record(tenant, "l1")])]
    assert store.commit(tenant, made) == [True, True]
    tally = Tally(tenant, SubjectId(ADA), {"view": {0: 2}}, is_person=True)
    score = Score(tenant, ADA, (ScoreLine("view", "View", 2, 2),), NOW)
    assert store.write(tenant, [ScoreChange((tally,), (), score)])[0].written
    row = Prospect(tenant, LEAD, ADA, "Ada", score=2)
    assert store.save_prospects(tenant, [row], {ADA: 1}) == [True]
    store.save_scoring_rules(default_rules(tenant))


def test_each_kind_is_what_its_own_method_reads(store: Store, tenant: TenantId) -> None:
    with_one_of_each(store, tenant)
    found = store.read_batch(tenant, EVERYTHING)
    assert found == BatchRead(
        store.people(tenant, [ADA]),
        store.records(tenant, [LEAD]),
        store.tallies(tenant, [SubjectId(ADA), SubjectId(NOBODY)]),
        store.scores(tenant, [ADA]),
        store.prospects_of(tenant, [LEAD]),
        store.scoring_rules(tenant),
    )
    assert all((found.people, found.records, found.scores, found.prospects, found.rules))
    assert found.tallies[SubjectId(NOBODY)].version == 0


def test_what_is_not_asked_for_is_not_there(store: Store, tenant: TenantId) -> None:
    with_one_of_each(store, tenant)
    assert store.read_batch(tenant, Batch()) == BatchRead()
    only = store.read_batch(tenant, Batch(people=[ADA]))
    assert only == BatchRead(people=store.people(tenant, [ADA]))


def test_without_anything_there_are_the_usual_rules_and_empty_tallies(
    store: Store, tenant: TenantId
) -> None:
    found = store.read_batch(tenant, EVERYTHING)
    empty = {one: Tally(tenant, one) for one in (SubjectId(ADA), SubjectId(NOBODY))}
    assert found == BatchRead(tallies=empty, rules=default_rules(tenant))


def test_a_tenant_reads_nothing_of_anothers(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    with_one_of_each(store, tenant)
    found = store.read_batch(new_tenant(), EVERYTHING)
    assert not any((found.people, found.records, found.scores, found.prospects))


@pytest.mark.parametrize("name", ["x" * 5_000, "ä" * 1_020])
def test_what_no_key_can_hold_is_not_there(store: Store, tenant: TenantId, name: str) -> None:
    assert store.lists(tenant, [ListId(name)]) == {}
    assert store.people(tenant, [PersonId(name)]) == {}
    assert store.broadcasts(tenant, [BroadcastId(name)]) == {}
    assert store.email(tenant, EmailId(name)) is None
    assert store.form(FormId(name)) is None
    assert store.campaign(tenant, CampaignId(name)) is None


@pytest.mark.parametrize("many", [100, 130])
def test_there_may_be_more_than_one_request_takes(
    store: Store, tenant: TenantId, many: int
) -> None:
    ids = [PersonId(f"p{number:03}") for number in range(many)]
    keys = [key(Module.LEADS, one) for one in ids]
    units = [Unit(people=[person(tenant, one)], records=[record(tenant, one)]) for one in ids]
    assert all(store.commit(tenant, units))
    found = store.read_batch(tenant, Batch(people=ids, records=keys))
    assert (set(found.people), set(found.records)) == (set(ids), set(keys))
