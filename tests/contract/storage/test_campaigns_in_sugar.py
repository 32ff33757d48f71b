"""What of our campaigns Sugar holds: found by campaign and person, and by when it is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, SugarMember
from funnel.domain.errors import Conflict
from funnel.domain.ids import ConnectionId, Module, PersonId, SugarId, TenantId, WrittenModule
from funnel.domain.pushing.pushes import Obstacle
from funnel.domain.sync.runs import Note
from tests.contract.storage.builders import NOW, key
from tests.contract.storage.conftest import Store

SUGAR = ConnectionId("0badcafe")
SPRING, AUTUMN = CampaignId("spring"), CampaignId("autumn")


def head(tenant: TenantId, campaign: CampaignId = SPRING) -> CampaignInSugar:
    return CampaignInSugar(
        tenant, campaign, SUGAR, True, {"name": "Spring"}, {"name": "S"}, True, 1, 2,
        SugarId("own"), SugarId("own list"), (WrittenModule.TARGET_LISTS,), 40, NOW, "1:c",
        Obstacle("CampaignDeleted", "deleted", "x"), Note("A", "b", "c"),
        key(Module.CAMPAIGNS, "c1"),
    )  # fmt: skip


def member(
    tenant: TenantId, person: str, minutes: int | None = None, campaign: CampaignId = SPRING
) -> SugarMember:
    at = None if minutes is None else NOW + timedelta(minutes=minutes)
    return SugarMember(tenant, campaign, PersonId(person), SUGAR, at)


def stored(one: SugarMember) -> SugarMember:
    return replace(one, version=one.version + 1)


def due(store: Store, tenant: TenantId, **more: str) -> list[str]:
    return [one.person_id for one in store.members_due(tenant, SPRING, 100, **more).items]


def test_a_campaign_comes_back_as_it_was_and_is_written_only_over_the_one_it_comes_from(
    store: Store, tenant: TenantId, new_tenant: object
) -> None:
    first = store.save_campaign_in_sugar(head(tenant))
    assert first == replace(head(tenant), version=1)
    store.save_campaign_in_sugar(head(tenant, AUTUMN))
    assert store.campaigns_in_sugar(tenant) == [
        replace(head(tenant, AUTUMN), version=1),
        first,
    ]
    with pytest.raises(Conflict):
        store.save_campaign_in_sugar(head(tenant))
    after = store.save_campaign_in_sugar(replace(first, members=41))
    assert (after.version, after.members) == (2, 41)
    with pytest.raises(Conflict):
        store.save_campaign_in_sugar(first)
    assert store.campaigns_in_sugar(TenantId("nobody")) == []


def test_members_come_back_as_they_were_and_are_written_only_over_what_they_come_from(
    store: Store, tenant: TenantId
) -> None:
    one = SugarMember(
        tenant, SPRING, PersonId("p1"), SUGAR, NOW, key(Module.LEADS, "l1"),
        key(Module.CONTACTS, "c1"), False, key(Module.LEADS, "l2"),
    )  # fmt: skip
    other = member(tenant, "p1", campaign=AUTUMN)
    assert store.save_sugar_members(tenant, [one, other]) == [True, True]
    asked = [(SPRING, PersonId("p1")), (SPRING, PersonId("p2"))]
    assert store.sugar_members(tenant, asked) == {asked[0]: stored(one)}
    assert store.save_sugar_members(tenant, [one]) == [False]
    assert store.save_sugar_members(tenant, [replace(stored(one), on_list=None)]) == [True]
    assert store.sugar_members(tenant, []) == {}
    with pytest.raises(ValueError, match="another tenant"):
        store.save_sugar_members(TenantId("other"), [one])


def test_who_is_due_is_listed_by_when_each_campaign_for_itself(
    store: Store, tenant: TenantId
) -> None:
    store.save_sugar_members(
        tenant,
        [
            member(tenant, "late", 9),
            member(tenant, "soon", 1),
            member(tenant, "rests"),
            member(tenant, "other", 0, AUTUMN),
        ],
    )
    assert due(store, tenant) == ["soon", "late"]
    page = store.members_due(tenant, SPRING, 1)
    assert [one.person_id for one in page.items] == ["soon"]
    assert due(store, tenant, cursor=page.cursor) == ["late"]
    (soon,) = page.items
    store.save_sugar_members(tenant, [replace(soon, due_at=None)])
    assert due(store, tenant) == ["late"]


def test_a_member_is_forgotten_only_as_it_was_seen(store: Store, tenant: TenantId) -> None:
    one = member(tenant, "p1", 1)
    store.save_sugar_members(tenant, [one])
    store.forget_sugar_member(one)
    assert due(store, tenant) == ["p1"]
    store.forget_sugar_member(stored(one))
    assert due(store, tenant) == []
    assert store.sugar_members(tenant, [(SPRING, PersonId("p1"))]) == {}
    store.forget_sugar_member(stored(one))
