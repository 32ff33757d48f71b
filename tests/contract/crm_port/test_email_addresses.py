"""The records of email addresses, by any adapter of `Crm`, on every dialect of both products."""

import pytest

from funnel.domain.crm import Dialect, EmailAddress
from funnel.domain.errors import MethodMissing
from funnel.domain.ids import Module, RecordKey, SugarId
from tests.contract.crm_port.subject import Subject, one, read_all

FLAGS = ("email1", "email_opt_out", "invalid_email")


@pytest.fixture
def able(subject: Subject) -> Subject:
    """Every dialect that leads to an address's record."""
    if subject.dialect is Dialect.SOAP_5:
        pytest.skip("soap.php does not; its own test says so")
    return subject


def lead(sugar_id: str) -> RecordKey:
    return RecordKey(Module.LEADS, SugarId(sugar_id))


def addresses(subject: Subject, sugar_id: str) -> dict[str, EmailAddress]:
    crm = subject.opened[0] if subject.opened else subject.open()
    return {found.email: found for found in crm.addresses([lead(sugar_id)])[lead(sugar_id)]}


def test_a_persons_addresses_come_with_their_own_ids_and_flags(able: Subject) -> None:
    company = able.sugar.company
    made = company.create("Leads", last_name="X", email1="First@x.example")
    company.add_email("Leads", made, "second@x.example")
    company.flag_email("second@x.example", opt_out=True)
    found = addresses(able, made)
    assert {email: (a.opt_out, a.invalid) for email, a in found.items()} == {
        "First@x.example": (False, False),
        "second@x.example": (True, False),
    }
    assert {a.sugar_id for a in found.values()} == {a.id for a in company.emails("Leads", made)}


def test_a_flag_is_set_on_one_address_and_all_who_have_it_and_on_no_other(able: Subject) -> None:
    company = able.sugar.company
    made = company.create("Leads", last_name="X", email1="a@flag.example")
    company.add_email("Leads", made, "b@flag.example")
    other = company.create("Contacts", last_name="Y", email1="A@flag.example")
    crm = able.open()
    address = addresses(able, made)["a@flag.example"]

    crm.flag_address(address.sugar_id, opt_out=True)

    assert [a.opt_out for a in company.emails("Leads", made)] == [True, False]
    assert [a.opt_out for a in company.emails("Contacts", other)] == [True]
    assert one(read_all(crm, Module.CONTACTS, FLAGS)).fields["email_opt_out"] is True


def test_a_flag_that_is_not_named_stays_as_it_is_and_one_can_be_taken_back(able: Subject) -> None:
    company = able.sugar.company
    made = company.create("Leads", last_name="X", email1="c@flag.example")
    crm = able.open()
    address = addresses(able, made)["c@flag.example"]
    crm.flag_address(address.sugar_id, opt_out=True)
    crm.flag_address(address.sugar_id, invalid=True)
    assert addresses(able, made)["c@flag.example"].opt_out is True
    crm.flag_address(address.sugar_id, opt_out=False)
    found = addresses(able, made)["c@flag.example"]
    assert (found.opt_out, found.invalid) == (False, True)


def test_people_who_are_deleted_or_not_there_have_no_addresses(able: Subject) -> None:
    company = able.sugar.company
    gone = company.create("Leads", last_name="X", email1="d@flag.example")
    company.delete("Leads", gone)
    crm = able.open()
    assert crm.addresses([lead(gone), lead("ghost")]) == {lead(gone): (), lead("ghost"): ()}


def test_people_whose_address_was_flagged_are_found_though_their_own_time_did_not_move(
    able: Subject,
) -> None:
    if able.dialect.is_rest:
        pytest.skip("filters of REST reach no addresses; the endpoint says so")
    company = able.sugar.company
    made = company.create("Leads", last_name="X", email1="e@flag.example")
    crm = able.open()
    since = crm.server_time()
    crm.flag_address(addresses(able, made)["e@flag.example"].sugar_id, opt_out=True)
    assert crm.changed_addresses(Module.LEADS, since, 10) == [made]


def test_an_empty_flag_is_unknown_for_a_person_without_address(able: Subject) -> None:
    able.sugar.company.create("Leads", last_name="X")
    row = one(read_all(able.open(), Module.LEADS, FLAGS))
    assert row.fields.get("email_opt_out") is None


def test_soap_php_says_that_it_cannot(subject: Subject) -> None:
    if subject.dialect is not Dialect.SOAP_5:
        pytest.skip("of soap.php only")
    crm = subject.open()
    with pytest.raises(MethodMissing):
        crm.addresses([lead("x")])
    with pytest.raises(MethodMissing):
        crm.flag_address(SugarId("x"), opt_out=True)
