"""Campaigns, their Target Lists and members, by any adapter of `Crm`, on every dialect."""

import sys
import uuid

import pytest

from funnel.domain.crm import Dialect, IdRange
from funnel.domain.errors import FunnelError, MethodMissing, ModuleMissing, NoRight
from funnel.domain.ids import Module, SugarId, WrittenModule
from funnel.ports.crm import Crm
from tests.contract.crm_port.subject import Subject

CAMPAIGN, LIST = SugarId(""), SugarId("")
CAMPAIGNS, TARGET_LISTS = WrittenModule.CAMPAIGNS, WrittenModule.TARGET_LISTS
MADE = {
    "name": "Spring & <more>",
    "status": "Planning",
    "campaign_type": "Email",
    "start_date": "2026-11-24",
    "content": 'Says "hello"',
}


@pytest.fixture(autouse=True)
def ids_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has ids of its own: a server keeps links of what was removed."""
    for name in ("CAMPAIGN", "LIST"):
        monkeypatch.setattr(sys.modules[__name__], name, SugarId(str(uuid.uuid4())))


@pytest.fixture
def able(subject: Subject) -> Subject:
    """Every dialect that fills Target Lists."""
    if not subject.dialect.fills_target_lists:
        pytest.skip("soap.php does not; its own test says so")
    return subject


def made(subject: Subject) -> Crm:
    crm = subject.open()
    crm.create(TARGET_LISTS, LIST, {"name": "Spring", "list_type": "default"})
    crm.create(CAMPAIGNS, CAMPAIGN, MADE)
    return crm


def people(subject: Subject, module: Module, number: int) -> list[SugarId]:
    company = subject.sugar.company
    return [SugarId(company.create(module, last_name=f"P{n}")) for n in range(number)]


def members(crm: Crm, module: Module) -> list[SugarId]:
    return sorted(crm.members(LIST, module, IdRange(), 10_000).dates)


def test_a_campaign_and_its_target_list_are_made_under_our_ids_and_read_back(able: Subject) -> None:
    crm = made(able)
    ghost = SugarId("6a1f0c1e-0000-5000-8000-0000000000ff")
    found = crm.held(CAMPAIGNS, [CAMPAIGN, ghost], tuple(MADE))
    assert set(found) == {CAMPAIGN}
    assert (found[CAMPAIGN].deleted, dict(found[CAMPAIGN].fields)) == (False, MADE)
    assert crm.held(TARGET_LISTS, [LIST], ("name", "list_type"))[LIST].fields == {
        "name": "Spring",
        "list_type": "default",
    }
    assert crm.held(CAMPAIGNS, [], ("name",)) == {}


@pytest.mark.parametrize("module", [CAMPAIGNS, TARGET_LISTS])
def test_neither_is_made_twice_under_one_id(able: Subject, module: WrittenModule) -> None:
    crm = made(able)
    with pytest.raises(FunnelError):
        crm.create(module, CAMPAIGN if module is CAMPAIGNS else LIST, {"name": "Second"})
    assert len(able.sugar.company.ids(module.value, deleted=-1)) == 1


def test_both_are_changed_by_their_ids_also_twice(able: Subject) -> None:
    crm = made(able)
    for _ in range(2):
        crm.update(CAMPAIGNS, {CAMPAIGN: {"name": "Summer", "status": "Active"}})
        crm.update(TARGET_LISTS, {LIST: {"name": "Summer"}})
    told = crm.held(CAMPAIGNS, [CAMPAIGN], ("name", "status", "content"))[CAMPAIGN].fields
    assert told == {"name": "Summer", "status": "Active", "content": MADE["content"]}
    assert crm.held(TARGET_LISTS, [LIST], ("name",))[LIST].fields == {"name": "Summer"}


def test_what_was_deleted_is_told_as_deleted_and_an_update_does_not_bring_it_back(
    able: Subject,
) -> None:
    crm = made(able)
    able.sugar.company.delete("Campaigns", CAMPAIGN)
    able.sugar.company.delete("ProspectLists", LIST)
    crm.update(CAMPAIGNS, {CAMPAIGN: {"name": "Summer"}})
    assert crm.held(CAMPAIGNS, [CAMPAIGN], ())[CAMPAIGN].deleted
    assert crm.held(TARGET_LISTS, [LIST], ())[LIST].deleted
    assert crm.related(CAMPAIGN) == frozenset()


def test_a_campaign_uses_the_target_list_once_however_often_it_is_said(able: Subject) -> None:
    crm = made(able)
    assert crm.related(CAMPAIGN) == frozenset()
    for _ in range(2):
        crm.relate(CAMPAIGN, LIST)
    assert crm.related(CAMPAIGN) == {LIST}
    assert able.sugar.company.linked("Campaigns", CAMPAIGN, "prospectlists") == [LIST]
    assert crm.related(SugarId("ghost")) == frozenset()


@pytest.mark.parametrize("module", [Module.LEADS, Module.CONTACTS])
def test_many_are_put_on_a_target_list_each_once(able: Subject, module: Module) -> None:
    crm = made(able)
    ids = people(able, module, 120)
    for chunk in (ids[:70], ids):
        crm.add_members(LIST, module, chunk)
    assert members(crm, module) == sorted(ids)


def test_it_is_told_who_of_some_is_on_the_list(able: Subject) -> None:
    crm = made(able)
    ids = people(able, Module.LEADS, 450)
    crm.add_members(LIST, Module.LEADS, ids[::2])
    able.sugar.company.delete("Leads", ids[0])
    asked = [*ids[:420], ids[1], SugarId("ghost")]
    assert crm.members_among(LIST, Module.LEADS, asked) == set(ids[2:420:2])
    assert crm.members_among(LIST, Module.CONTACTS, asked) == set()
    assert crm.members_among(LIST, Module.LEADS, []) == set()


def test_only_who_is_named_is_taken_off_and_a_second_time_nobody(able: Subject) -> None:
    crm = made(able)
    leads, contacts = people(able, Module.LEADS, 60), people(able, Module.CONTACTS, 2)
    crm.add_members(LIST, Module.LEADS, leads)
    crm.add_members(LIST, Module.CONTACTS, contacts)
    for _ in range(2):
        crm.remove_members(LIST, Module.LEADS, leads[:55])
    assert members(crm, Module.LEADS) == sorted(leads[55:])
    assert members(crm, Module.CONTACTS) == sorted(contacts)
    crm.add_members(LIST, Module.LEADS, leads[:1])
    assert members(crm, Module.LEADS) == sorted([leads[0], *leads[55:]])


def test_nobody_to_put_on_or_take_off_is_no_request(able: Subject) -> None:
    crm = made(able)
    able.sugar.log.clear()
    crm.add_members(LIST, Module.LEADS, [])
    crm.remove_members(LIST, Module.LEADS, [])
    assert not able.sugar.log.methods


def test_whoever_is_not_there_makes_nobody_a_member(able: Subject) -> None:
    crm = made(able)
    (lead,) = people(able, Module.LEADS, 1)
    try:
        crm.add_members(LIST, Module.LEADS, [lead, SugarId("ghost")])
        assert members(crm, Module.LEADS) == [lead]
    except FunnelError:
        assert able.dialect.is_rest
        assert members(crm, Module.LEADS) == []


def test_a_user_without_the_right_links_nothing(able: Subject) -> None:
    made(able)
    (lead,) = people(able, Module.LEADS, 1)
    restricted = able.open("restricted")
    try:
        restricted.add_members(LIST, Module.LEADS, [lead])
    except (NoRight, ModuleMissing):
        assert members(able.opened[0], Module.LEADS) == []


def test_a_session_that_ended_is_renewed_on_the_way(able: Subject) -> None:
    crm = made(able)
    (lead,) = people(able, Module.LEADS, 1)
    able.trouble("expire", methods=() if able.dialect.is_rest else ("set_relationship",))
    crm.add_members(LIST, Module.LEADS, [lead])
    assert members(crm, Module.LEADS) == [lead]


def test_soap_php_says_that_it_cannot(subject: Subject) -> None:
    if subject.dialect is not Dialect.SOAP_5:
        pytest.skip("of soap.php only")
    crm = subject.open()
    subject.sugar.log.clear()
    for ask in (
        lambda: crm.relate(CAMPAIGN, LIST),
        lambda: crm.related(CAMPAIGN),
        lambda: crm.add_members(LIST, Module.LEADS, [SugarId("x")]),
        lambda: crm.remove_members(LIST, Module.LEADS, [SugarId("x")]),
        lambda: crm.create(CAMPAIGNS, CAMPAIGN, MADE),
    ):
        with pytest.raises(MethodMissing):
            ask()
    assert not subject.sugar.log.methods.get("set_relationship")
