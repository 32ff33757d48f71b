"""Who is one person: the examples of docs/identity.md."""

from datetime import UTC, datetime, timedelta

from funnel.domain.crm import CrmRow, Page, Value
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.mapping.mapping import Rule
from funnel.domain.people.people import merge_fields
from funnel.domain.sync.records import Person
from funnel.usecases.sync.store_page import PageStore
from tests.fakes.store import MemoryStore
from tests.fakes.system import FakeClock, MemoryQueue

TENANT = TenantId("acme")
START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class Company:
    """Saves records as Sugar would and tells who is who afterwards."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.at = START
        self.saved: dict[RecordKey, dict[str, Value]] = {}

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def save(self, module: Module, name: str, gone: bool = False, **fields: Value) -> None:
        key = RecordKey(module, SugarId(name))
        self.saved[key] = {**self.saved.get(key, {}), **fields}
        self.at += timedelta(seconds=60)
        row = CrmRow(module, key.sugar_id, self.at, gone, dict(self.saved[key]))
        nothing = Page([], self.at, self.at)
        pages = PageStore(
            self.store, self, TENANT, {}, lambda _m, _k: nothing, MemoryQueue(FakeClock())
        )
        pages.store(Page([row], self.at, self.at + timedelta(seconds=1)))
        self.at += timedelta(seconds=1)

    def lead(self, name: str, **fields: Value) -> None:
        self.save(Module.LEADS, name, False, **fields)

    def contact(self, name: str, **fields: Value) -> None:
        self.save(Module.CONTACTS, name, False, **fields)

    def person(self, module: Module, name: str) -> Person:
        key = RecordKey(module, SugarId(name))
        record = self.store.records(TENANT, [key])[key]
        return self.store.people(TENANT, [record.person_id])[record.person_id]

    def holder(self, email: str) -> PersonId:
        return self.store.claims(TENANT, [email])[email].person_id


def test_a_lead_and_a_contact_with_one_address_are_one_person_whose_contact_wins() -> None:
    company = Company()
    company.lead("l", first_name="Annie", last_name="Ott", email1="ann@x.test", phone_home="1")
    company.contact("c", first_name="Ann", last_name="Ott", email1=" Ann@X.test")
    person = company.person(Module.LEADS, "l")
    assert person == company.person(Module.CONTACTS, "c")
    assert [link.key.module for link in person.links] == [Module.CONTACTS, Module.LEADS]
    assert (person.name, person.fields["phone_home"]) == ("Ann Ott", "1")
    assert person.shared


def test_a_lone_record_keeps_its_person_when_its_address_changes() -> None:
    company = Company()
    company.lead("l", last_name="Ott", email1="old@x.test")
    before = company.person(Module.LEADS, "l").person_id
    company.lead("l", email1="new@x.test")
    assert company.person(Module.LEADS, "l").person_id == before
    assert company.holder("new@x.test") == before
    assert company.store.claims(TENANT, ["old@x.test"]) == {}


def test_a_merge_by_address_is_undone_when_sugar_parts_the_addresses() -> None:
    company = Company()
    company.lead("l1", last_name="One", email1="one@x.test")
    company.lead("l2", last_name="Two", email1="two@x.test")
    one, two = (company.person(Module.LEADS, n).person_id for n in ("l1", "l2"))
    company.lead("l2", email1="one@x.test")
    assert company.person(Module.LEADS, "l2").person_id == one
    assert company.store.people(TENANT, [two])[two].merged_into == one
    company.lead("l2", email1="two@x.test")
    assert company.person(Module.LEADS, "l2").person_id == two
    assert company.store.people(TENANT, [two])[two].merged_into == ""
    assert [link.key.sugar_id for link in company.person(Module.LEADS, "l1").links] == ["l1"]


def test_the_id_stays_with_the_address_when_the_one_who_founded_it_leaves() -> None:
    company = Company()
    company.lead("l1", last_name="One", email1="info@x.test")
    company.lead("l2", last_name="Two", email1="info@x.test")
    before = company.person(Module.LEADS, "l1").person_id
    company.lead("l1", email1="one@x.test")
    assert company.person(Module.LEADS, "l2").person_id == before
    assert company.person(Module.LEADS, "l1").person_id != before


def test_a_converted_lead_goes_with_its_contact_whichever_is_read_first() -> None:
    for lead_first in (True, False):
        company = Company()
        steps = [
            lambda company=company: company.lead(
                "l", last_name="Ott", email1="private@x.test", converted=True, contact_id="c"
            ),
            lambda company=company: company.contact("c", last_name="Ott", email1="work@x.test"),
        ]
        for step in steps if lead_first else reversed(steps):
            step()
        person = company.person(Module.CONTACTS, "c")
        assert len(person.links) == 2
        assert company.holder("private@x.test") == company.holder("work@x.test")


def test_a_record_without_address_is_its_own_person_and_merges_when_it_gets_one() -> None:
    company = Company()
    company.contact("c", last_name="Ott", email1="ann@x.test")
    company.lead("l", last_name="Ott")
    alone = company.person(Module.LEADS, "l").person_id
    assert alone != company.person(Module.CONTACTS, "c").person_id
    company.lead("l", email1="ann@x.test")
    assert company.person(Module.LEADS, "l") == company.person(Module.CONTACTS, "c")


def test_a_deleted_record_leaves_its_person_and_a_restored_one_returns_to_it() -> None:
    company = Company()
    company.lead("l", last_name="Ott", email1="ann@x.test")
    before = company.person(Module.LEADS, "l").person_id
    company.save(Module.LEADS, "l", gone=True)
    assert company.store.people(TENANT, [before])[before].links == ()
    assert company.store.list_people(TENANT, "", 10).items == []
    company.save(Module.LEADS, "l")
    assert company.person(Module.LEADS, "l").person_id == before


def test_a_new_lead_under_a_deleted_ones_address_is_the_same_person() -> None:
    company = Company()
    company.lead("l1", last_name="Ott", email1="ann@x.test")
    before = company.person(Module.LEADS, "l1").person_id
    company.save(Module.LEADS, "l1", gone=True)
    company.lead("l2", last_name="Ott", email1="ann@x.test")
    assert company.person(Module.LEADS, "l2").person_id == before


def test_fields_are_merged_three_ways() -> None:
    agreed: dict[str, Value] = {"title": "CTO", "city": "Ulm", "phone_work": "1", "website": "a"}
    sugar: dict[str, Value] = {**agreed, "title": "CEO", "phone_work": "2", "website": "b"}
    ours: dict[str, Value] = {**agreed, "city": "Bonn", "phone_work": "3", "website": "c"}
    fields, now_agreed, changes = merge_fields(sugar, ours, agreed, {"website": Rule.HERE})
    assert fields == {"title": "CEO", "city": "Bonn", "phone_work": "2", "website": "c"}
    assert now_agreed == {"title": "CEO", "city": "Ulm", "phone_work": "2", "website": "b"}
    assert {c.field: c.rule for c in changes} == {
        "title": "changed in Sugar",
        "phone_work": "both changed: Sugar wins",
    }


def test_a_record_without_a_name_is_no_second_name_for_its_address() -> None:
    company = Company()
    company.lead("l", email1="Ann@x.test")
    company.contact("c", first_name="Ann", last_name="Ott", email1="ann@x.test")
    assert not company.person(Module.CONTACTS, "c").shared
    company.contact("d", last_name="Other", email1="ann@x.test")
    assert company.person(Module.CONTACTS, "c").shared
