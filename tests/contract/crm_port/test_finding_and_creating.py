"""Who has an address, and creating under ids of ours, by any adapter of `Crm`, on every dialect."""

import pytest

from funnel.domain.crm import Dialect, Value
from funnel.domain.errors import FunnelError, InputInvalid, MethodMissing
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule
from tests.contract.crm_port.subject import Subject

OURS = SugarId("6a1f0c1e-0000-5000-8000-00000000000a")


@pytest.fixture
def able(subject: Subject) -> Subject:
    """Every dialect that can be asked who has an address."""
    if subject.dialect is Dialect.SOAP_5:
        pytest.skip("soap.php does not; its own test says so")
    return subject


def lead(sugar_id: str) -> RecordKey:
    return RecordKey(Module.LEADS, SugarId(sugar_id))


def contact(sugar_id: str) -> RecordKey:
    return RecordKey(Module.CONTACTS, SugarId(sugar_id))


def create(subject: Subject, module: WrittenModule, sugar_id: SugarId, **fields: Value) -> None:
    crm = subject.opened[0] if subject.opened else subject.open()
    crm.create(module, sugar_id, fields)


def test_contacts_and_leads_that_have_an_address_are_told_contacts_first(able: Subject) -> None:
    company = able.sugar.company
    one = company.create("Leads", last_name="X", email1="ann@find.example")
    two = company.create("Contacts", last_name="Y", email1="ANN@Find.example")
    company.create("Leads", last_name="Z", email1="other@find.example")
    found = able.open().holders(["Ann@find.example"])
    assert found == {"Ann@find.example": (contact(two), lead(one))}


def test_an_address_that_is_not_the_main_one_counts_as_well(able: Subject) -> None:
    company = able.sugar.company
    one = company.create("Leads", last_name="X", email1="main@find.example")
    company.add_email("Leads", one, "second@find.example")
    found = able.open().holders(["second@find.example", "main@find.example", "none@find.example"])
    assert found == {
        "second@find.example": (lead(one),),
        "main@find.example": (lead(one),),
        "none@find.example": (),
    }


def test_deleted_people_and_addresses_taken_away_do_not_count(able: Subject) -> None:
    company = able.sugar.company
    gone = company.create("Leads", last_name="X", email1="a@gone.example")
    company.delete("Leads", gone)
    kept = company.create("Contacts", last_name="Y", email1="b@gone.example")
    company.remove_email("Contacts", kept, "b@gone.example")
    crm = able.open()
    assert crm.holders(["a@gone.example", "b@gone.example"]) == {
        "a@gone.example": (),
        "b@gone.example": (),
    }
    assert crm.holders(["b@gone.example"]) == {"b@gone.example": ()}
    assert crm.holders([]) == {}


def test_many_addresses_are_asked_for_at_once(able: Subject) -> None:
    company = able.sugar.company
    emails = [f"p{number}@many.example" for number in range(150)]
    ids = {email: company.create("Contacts", last_name="X", email1=email) for email in emails[::10]}
    found = able.open().holders(emails)
    assert {email: keys for email, keys in found.items() if keys} == {
        email: (contact(made),) for email, made in ids.items()
    }
    assert able.requests("get_entry_list") == 4


def test_an_address_with_a_quote_is_asked_for_as_it_is(able: Subject) -> None:
    company = able.sugar.company
    one = company.create("Leads", last_name="X", email1="o'neil@find.example")
    assert able.open().holders(["o'neil@find.example"]) == {"o'neil@find.example": (lead(one),)}


def test_an_address_that_could_break_the_question_is_refused_over_soap(able: Subject) -> None:
    if able.dialect.is_rest:
        pytest.skip("JSON carries any text")
    with pytest.raises(InputInvalid):
        able.open().holders(["a\\b@find.example"])


def test_soap_php_says_that_it_cannot(subject: Subject) -> None:
    if subject.dialect is not Dialect.SOAP_5:
        pytest.skip("of soap.php only")
    crm = subject.open()
    with pytest.raises(MethodMissing):
        crm.holders(["a@find.example"])
    with pytest.raises(MethodMissing):
        crm.create(WrittenModule.LEADS, OURS, {"last_name": "X"})


@pytest.mark.parametrize("module", [WrittenModule.LEADS, WrittenModule.CONTACTS])
def test_a_person_is_created_under_our_id_with_its_address(
    able: Subject, module: WrittenModule
) -> None:
    create(
        able, module, OURS, last_name="O'Neil & <Co>", email1="new@find.example", do_not_call=True
    )
    crm = able.opened[0]
    company = able.sugar.company
    stored = company.get(module, OURS)
    assert stored is not None
    assert (stored["last_name"], stored["do_not_call"]) == ("O'Neil & <Co>", "1")
    assert crm.existing(module, [OURS, SugarId("ghost")]) == {OURS: False}
    assert crm.holders(["new@find.example"]) == {
        "new@find.example": (RecordKey(Module(module), OURS),)
    }
    row = crm.by_ids(Module(module), [OURS], fields=("last_name", "email1")).rows[0]
    assert row.fields == {"last_name": "O'Neil & <Co>", "email1": "new@find.example"}


def test_a_second_create_under_the_same_id_is_an_error_and_changes_nothing(able: Subject) -> None:
    create(able, WrittenModule.ACCOUNTS, OURS, name="First")
    with pytest.raises(FunnelError):
        create(able, WrittenModule.ACCOUNTS, OURS, name="Second")
    company = able.sugar.company
    assert company.ids("Accounts", deleted=-1) == [OURS]
    stored = company.get("Accounts", OURS)
    assert stored is not None
    assert stored["name"] == "First"


def test_a_deleted_record_still_holds_its_id(able: Subject) -> None:
    create(able, WrittenModule.LEADS, OURS, last_name="X")
    able.sugar.company.delete("Leads", OURS)
    crm = able.opened[0]
    assert crm.existing(WrittenModule.LEADS, [OURS]) == {OURS: True}
    with pytest.raises(FunnelError):
        crm.create(WrittenModule.LEADS, OURS, {"last_name": "Y"})
    assert crm.existing(WrittenModule.LEADS, [OURS]) == {OURS: True}


def test_a_create_whose_reply_is_lost_is_sent_once_and_is_there(able: Subject) -> None:
    crm = able.open()
    crm.sign_in()
    able.trouble("lose_reply", methods=("set_entry",))
    with pytest.raises(FunnelError) as error:
        crm.create(WrittenModule.LEADS, OURS, {"last_name": "X"})
    assert error.value.transient
    assert crm.existing(WrittenModule.LEADS, [OURS]) == {OURS: False}
    assert able.requests("set_entry") == 1


def test_a_task_is_created_with_its_due_time_and_its_prospect(able: Subject) -> None:
    made = able.sugar.company.create("Leads", last_name="X")
    create(
        able,
        WrittenModule.TASKS,
        OURS,
        name="Call: Ada",
        date_due="2026-12-01T09:30:00Z",
        priority="High",
        status="Not Started",
        parent_type="Leads",
        parent_id=made,
    )
    task = able.sugar.company.get("Tasks", OURS)
    assert task is not None
    assert task["date_due"] == "2026-12-01 09:30:00"
    assert (task["parent_type"], task["parent_id"]) == ("Leads", made)
    assert able.opened[0].existing(WrittenModule.TASKS, [OURS]) == {OURS: False}


def test_a_note_is_created_once_under_its_prospect_with_all_of_its_text(able: Subject) -> None:
    made = able.sugar.company.create("Contacts", last_name="X")
    fields: dict[str, Value] = {
        "name": "Fast & <new> offer",
        "description": "Hello Ada,\n\n“prices” < 100 & more",
        "parent_type": "Contacts",
        "parent_id": made,
        "contact_id": made,
        "assigned_user_id": "1",
    }
    create(able, WrittenModule.NOTES, OURS, **fields)
    note = able.sugar.company.get("Notes", OURS)
    assert note is not None
    assert {name: note[name] for name in fields} == fields
    crm = able.opened[0]
    with pytest.raises(FunnelError):
        crm.create(WrittenModule.NOTES, OURS, fields)
    assert crm.existing(WrittenModule.NOTES, [OURS]) == {OURS: False}
    assert len(able.sugar.company.ids("Notes", deleted=-1)) == 1


def test_live_accounts_of_a_name_are_told_the_oldest_first(able: Subject) -> None:
    company = able.sugar.company
    first = company.create("Accounts", name="Acme's & Sons")
    company.advance(60)
    second = company.create("Accounts", name="Acme's & Sons")
    gone = company.create("Accounts", name="Acme's & Sons")
    company.delete("Accounts", gone)
    company.create("Accounts", name="Acme's & Sons Ltd")
    crm = able.open()
    assert crm.accounts_named(" Acme's & Sons ") == [first, second]
    assert crm.accounts_named("Nobody") == []


@pytest.mark.parametrize("module", [WrittenModule.TASKS, WrittenModule.NOTES])
def test_what_is_about_a_record_is_found_by_a_mark_in_it(
    able: Subject, module: WrittenModule
) -> None:
    company = able.sugar.company
    ann, bob = (company.create("Leads", last_name=name) for name in ("Ann", "Bob"))
    mark = "Funnel 6a1f0c1e-0000-5000-8000-00000000000b"

    def about(parent: str, text: str) -> str:
        told = {"name": "X", "parent_type": "Leads", "parent_id": parent, "description": text}
        return company.create(module.value, **told)

    mine, gone = about(ann, f"Hello & <you>\n\n{mark}"), about(ann, mark)
    about(ann, "Funnel 6a1f0c1e")
    about(bob, mark)
    company.delete(module.value, gone)
    crm = able.open()
    assert crm.marked(module, lead(ann), mark) == sorted([mine, gone])
    assert crm.marked(module, lead("ghost"), mark) == []
