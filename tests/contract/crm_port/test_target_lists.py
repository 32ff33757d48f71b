"""Target Lists and their members, by any adapter of `Crm`, on every dialect of both products."""

from datetime import timedelta
from itertools import pairwise

from funnel.adapters.sugar_soap.detect import NO_RANGES
from funnel.domain.crm import Dialect, IdRange
from funnel.domain.ids import Module, SugarId
from tests.contract.crm_port.subject import NOON, Subject, one

ALL = IdRange()
RANGES = (Dialect.V2, Dialect.V4, Dialect.V4_1, Dialect.REST_10, Dialect.REST_11)
"""Where members were seen to be read by ranges of ids."""
LINKS = {
    Module.LEADS: "leads",
    Module.CONTACTS: "contacts",
    Module.PROSPECTS: "prospects",
    Module.USERS: "users",
    Module.ACCOUNTS: "accounts",
}


def made(subject: Subject, module: Module, number: int, target_list: str) -> list[str]:
    company = subject.sugar.company
    name = "name" if module is Module.ACCOUNTS else "last_name"
    ids = [company.create(module.value, {name: f"Member {i}"}) for i in range(number)]
    for member in ids:
        company.link("ProspectLists", target_list, LINKS[module], member)
    return sorted(ids)


def told(subject: Subject, module: Module) -> bool:
    """`soap.php` tells no member of a Target List but its Prospects."""
    return subject.dialect is not Dialect.SOAP_5 or module is Module.PROSPECTS


def test_target_lists_come_with_their_type_and_the_deleted_ones_are_marked(
    subject: Subject,
) -> None:
    company = subject.sugar.company
    with company.at(NOON):
        fair = company.create("ProspectLists", name='Fair & "more" <1>', list_type="default")
        never = company.create("ProspectLists", name="Never mail", list_type="exempt")
        old = company.create("ProspectLists", name="Old", list_type="test")
    with company.at(NOON + timedelta(hours=1)):
        company.delete("ProspectLists", old)

    found = {one.sugar_id: one for one in subject.open().target_lists()}

    assert set(found) == {fair, never, old}
    first = found[SugarId(fair)]
    assert (first.name, first.list_type, first.deleted) == ('Fair & "more" <1>', "default", False)
    assert first.date_modified == NOON
    assert found[SugarId(never)].list_type == "exempt"
    assert found[SugarId(old)].deleted
    assert found[SugarId(old)].date_modified == NOON + timedelta(hours=1)


def test_the_members_of_each_module_are_told_apart(subject: Subject) -> None:
    target_list = subject.sugar.company.create("ProspectLists", name="Fair")
    members = {module: made(subject, module, 3, target_list) for module in LINKS}
    other = subject.sugar.company.create("ProspectLists", name="Other")
    made(subject, Module.LEADS, 2, other)
    crm = subject.open()

    for module, ids in members.items():
        page = crm.members(SugarId(target_list), module, ALL, 1_000)
        assert sorted(page.dates) == (ids if told(subject, module) else []), module
        assert page.whole


def test_deleted_records_and_removed_members_are_left_out(subject: Subject) -> None:
    company = subject.sugar.company
    target_list = company.create("ProspectLists", name="Fair")
    kept, deleted, removed = made(subject, Module.PROSPECTS, 3, target_list)
    company.delete("Prospects", deleted)
    company.unlink("ProspectLists", target_list, "prospects", removed)

    page = subject.open().members(SugarId(target_list), Module.PROSPECTS, ALL, 1_000)

    assert list(page.dates) == [kept]


def test_prospects_tell_when_they_were_changed(subject: Subject) -> None:
    company = subject.sugar.company
    target_list = company.create("ProspectLists", name="Fair")
    with company.at(NOON):
        (member,) = made(subject, Module.PROSPECTS, 1, target_list)

    page = subject.open().members(SugarId(target_list), Module.PROSPECTS, ALL, 1_000)

    assert page.dates == {SugarId(member): NOON}


def test_ranges_of_ids_together_hold_every_member_once(subject: Subject) -> None:
    target_list = subject.sugar.company.create("ProspectLists", name="Fair")
    ids = made(subject, Module.PROSPECTS, 12, target_list)
    crm = subject.open()
    cuts = [None, "5", "a", None]

    parts = [
        crm.members(SugarId(target_list), Module.PROSPECTS, IdRange(since, until), 1_000)
        for since, until in pairwise(cuts)
    ]

    assert crm.reads_ranges() == (subject.dialect in RANGES)
    if crm.reads_ranges():
        assert sorted(i for part in parts for i in part.dates) == ids
        assert all(i < "5" for i in parts[0].dates)
    else:
        assert all(sorted(part.dates) == ids for part in parts)


def test_reading_stops_at_the_limit_where_the_rest_can_be_asked_for(subject: Subject) -> None:
    target_list = subject.sugar.company.create("ProspectLists", name="Fair")
    ids = made(subject, Module.PROSPECTS, 9, target_list)
    crm = subject.open()

    page = crm.members(SugarId(target_list), Module.PROSPECTS, ALL, 4)
    exact = crm.members(SugarId(target_list), Module.PROSPECTS, ALL, 9)

    assert len(page.dates) == (4 if crm.reads_ranges() else 9)
    assert page.whole == (not crm.reads_ranges())
    assert sorted(exact.dates) == ids
    assert exact.whole


def test_an_empty_list_has_no_members_and_members_cost_one_request(subject: Subject) -> None:
    target_list = subject.sugar.company.create("ProspectLists", name="Empty")
    crm = subject.open()
    crm.sign_in()
    before = subject.requests("get_relationships")

    page = crm.members(SugarId(target_list), Module.LEADS, ALL, 100)

    assert (page.dates, page.whole) == ({}, True)
    assert subject.requests("get_relationships") - before == 1


def test_listed_prospects_are_read_by_their_ids(subject: Subject) -> None:
    company = subject.sugar.company
    member = company.create(
        "Prospects", first_name="Pia", last_name="Ott", email1="pia@x.test", account_name="Acme"
    )

    fields = ("first_name", "last_name", "email1", "account_name")
    page = subject.open().by_ids(Module.PROSPECTS, [SugarId(member)], fields=fields)

    row = one(page.rows)
    assert row.key.module is Module.PROSPECTS
    assert row.fields == {
        "first_name": "Pia",
        "last_name": "Ott",
        "email1": "pia@x.test",
        "account_name": "Acme",
    }


def test_an_endpoint_that_cannot_read_ranges_says_so(subject: Subject) -> None:
    found = subject.connector().detect(subject.endpoint.url)

    can = NO_RANGES not in found.cannot
    assert can == (found.dialect in RANGES)


def test_more_lists_than_a_page_are_cut_by_their_ids(best: Subject) -> None:
    from funnel.adapters.sugar_soap.target_lists import read_target_lists

    company = best.sugar.company
    ids = {company.create("ProspectLists", name=f"List {i}") for i in range(11)}
    crm = best.open()

    found = read_target_lists(crm._records, most=3)  # type: ignore[attr-defined]

    assert {one.sugar_id for one in found} == ids
