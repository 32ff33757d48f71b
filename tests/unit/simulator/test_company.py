"""What a person changes in the simulated Sugar, and what that moves."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from local.sugar import Clock, SugarSimulator

_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def sugar() -> Iterator[SugarSimulator]:
    clock = Clock()
    clock.fix(_NOW)
    simulator = SugarSimulator(clock=clock, seed=2)
    yield simulator
    simulator.stop()


def _modified(sugar: SugarSimulator, module: str, record: str) -> str:
    values = sugar.company.get(module, record)
    assert values is not None
    return values["date_modified"]


def test_a_change_moves_date_modified_unless_told_otherwise(sugar: SugarSimulator) -> None:
    lead = sugar.company.create("Leads", last_name="X")
    sugar.clock.advance(60)
    sugar.company.update("Leads", lead, touch=False, status="Dead")
    assert _modified(sugar, "Leads", lead) == "2026-03-01 12:00:00"
    sugar.company.update("Leads", lead, status="New")
    assert _modified(sugar, "Leads", lead) == "2026-03-01 12:01:00"


def test_links_and_addresses_do_not_move_date_modified(sugar: SugarSimulator) -> None:
    account = sugar.company.create("Accounts", name="A")
    contact = sugar.company.create("Contacts", last_name="X", email1="a@b.example")
    sugar.clock.advance(60)
    sugar.company.link("Accounts", account, "contacts", contact)
    sugar.company.set_email("Contacts", contact, "c@d.example")
    values = sugar.company.get("Contacts", contact)
    assert values is not None
    assert values["date_modified"] == "2026-03-01 12:00:00"
    assert (values["account_id"], values["account_name"]) == (account, "A")
    assert values["email1"] == "c@d.example"


def test_a_contact_has_one_account_a_new_one_takes_the_old_ones_place(
    sugar: SugarSimulator,
) -> None:
    first, second = (sugar.company.create("Accounts", name=name) for name in "AB")
    contact = sugar.company.create("Contacts", last_name="X", account_id=first)
    sugar.company.link("Accounts", second, "contacts", contact)
    assert sugar.company.linked("Contacts", contact, "accounts") == [second]


def test_a_deleted_record_comes_back_and_a_pruned_one_does_not(sugar: SugarSimulator) -> None:
    lead = sugar.company.create("Leads", last_name="X", email1="a@b.example")
    assert sugar.company.delete("Leads", lead)
    assert (sugar.company.get("Leads", lead), sugar.company.ids("Leads", deleted=1)) == (
        None,
        [lead],
    )
    assert sugar.company.restore("Leads", lead)
    values = sugar.company.get("Leads", lead)
    assert values is not None
    assert values["email1"] == "a@b.example"
    sugar.company.prune("Leads", lead)
    assert sugar.company.ids("Leads", deleted=-1) == []


def test_a_converted_lead_names_its_contact_account_and_opportunity(sugar: SugarSimulator) -> None:
    account = sugar.company.create("Accounts", name="Ährenfeld & Söhne")
    lead = sugar.company.create(
        "Leads", last_name="X", account_name="ährenfeld & söhne", email1="a@b.example"
    )
    made = sugar.company.convert_lead(lead, opportunity="Deal")
    values = sugar.company.get("Leads", lead)
    assert values is not None
    assert made["Accounts"] == account
    told = [values[name] for name in ("status", "contact_id", "account_id", "opportunity_id")]
    assert told == ["Converted", made["Contacts"], account, made["Opportunities"]]
    contact = sugar.company.get("Contacts", made["Contacts"])
    assert contact is not None
    assert (contact["email1"], contact["account_id"]) == ("a@b.example", account)


def test_a_merge_moves_links_and_addresses_and_deletes_the_twin(sugar: SugarSimulator) -> None:
    kept = sugar.company.create("Contacts", last_name="X", email1="a@b.example")
    twin = sugar.company.create("Contacts", last_name="X", email1="c@d.example")
    list_ = sugar.company.create("ProspectLists", name="L")
    sugar.company.link("ProspectLists", list_, "contacts", twin)
    sugar.company.merge("Contacts", kept, twin)
    assert sugar.company.ids("Contacts") == [kept]
    assert sugar.company.linked("ProspectLists", list_, "contacts") == [kept]
    assert [one.email for one in sugar.company.emails("Contacts", kept)] == [
        "a@b.example", "c@d.example",
    ]  # fmt: skip


def test_back_dating_sets_date_modified_itself(sugar: SugarSimulator) -> None:
    lead = sugar.company.create("Leads", last_name="X")
    sugar.company.back_date("Leads", lead, datetime(2020, 1, 1, tzinfo=UTC))
    assert _modified(sugar, "Leads", lead) == "2020-01-01 00:00:00"
    sugar.company.back_date("Leads", lead, None)
    assert _modified(sugar, "Leads", lead) == ""


def test_a_deactivated_user_cannot_sign_in(sugar: SugarSimulator) -> None:
    from local.sugar.store.users import password_hash

    user = sugar.company.hire("rep")
    users = sugar.sugar.users
    assert users.check("rep", password_hash("rep")) == user
    sugar.company.set_active(user, active=False)
    assert users.check("rep", password_hash("rep")) is None


def test_a_skewed_clock_is_what_the_server_tells(sugar: SugarSimulator) -> None:
    sugar.clock.skew(-3600)
    lead = sugar.company.create("Leads", last_name="X")
    assert _modified(sugar, "Leads", lead) == "2026-03-01 11:00:00"
