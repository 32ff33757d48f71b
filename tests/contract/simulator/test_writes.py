"""What saving does behind a client's back, as measured on the recorded servers."""

import pytest
from lxml import etree

from local.sugar import SugarSimulator
from tests.contract.simulator.playing import answered_ids, signed_in
from tests.contract.simulator.shapes import fault_of


def test_an_update_of_an_unknown_id_answers_as_if_all_were_well_and_saves_nothing() -> None:
    with SugarSimulator() as sugar:
        wire, session = signed_in(sugar, "v4_1")
        values = {"id": "ghost", "last_name": "Ghost"}
        status, body = wire.call(
            "set_entry", session=session, module_name="Leads", name_value_list=values
        )
        wire.close()
        assert (status, answered_ids(body)) == (200, ["ghost"])
        assert sugar.company.ids("Leads", deleted=-1) == []


def test_a_second_create_with_the_same_id_dies_and_leaves_the_first_record_alone() -> None:
    with SugarSimulator() as sugar:
        wire, session = signed_in(sugar, "v4_1")
        values = {"new_with_id": "1", "id": "ours", "last_name": "First"}
        for name, expected in (("First", ""), ("Second", "-1")):
            given = values | {"last_name": name}
            _, body = wire.call(
                "set_entry", session=session, module_name="Leads", name_value_list=given
            )
            assert fault_of(body) == expected
        wire.close()
        lead = sugar.company.get("Leads", "ours")
        assert lead is not None
        assert lead["last_name"] == "First"
        assert sugar.company.ids("Leads", deleted=-1) == ["ours"]


@pytest.mark.parametrize(
    ("product", "kept"), [("suitecrm", "a@x.example"), ("sugarce", "b@x.example")]
)
def test_an_address_is_changed_by_soap_on_ce_and_silently_not_on_suitecrm(
    product: str, kept: str
) -> None:
    with SugarSimulator(product) as sugar:
        lead = sugar.company.create("Leads", last_name="X", email1="a@x.example")
        sugar.company.add_email("Leads", lead, "c@x.example")
        wire, session = signed_in(sugar, "v4_1")
        values = {"id": lead, "email1": "b@x.example", "email_opt_out": "1"}
        wire.call("set_entry", session=session, module_name="Leads", name_value_list=values)
        wire.close()
        addresses = sugar.company.emails("Leads", lead)
        assert addresses[0].email == kept
        assert {one.opt_out for one in addresses} == {product == "sugarce"}


@pytest.mark.parametrize("product", ["suitecrm", "sugarce"])
def test_consent_goes_through_the_address_itself_on_both_products(product: str) -> None:
    with SugarSimulator(product) as sugar:
        lead = sugar.company.create("Leads", last_name="X", email1="a@x.example")
        address = sugar.company.emails("Leads", lead)[0].id
        wire, session = signed_in(sugar, "v4_1")
        values = {"id": address, "opt_out": "1"}
        wire.call(
            "set_entry", session=session, module_name="EmailAddresses", name_value_list=values
        )
        wire.close()
        assert sugar.company.emails("Leads", lead)[0].opt_out


def test_set_entries_on_contacts_takes_the_address_from_the_twin_it_finds() -> None:
    with SugarSimulator() as sugar:
        twin = sugar.company.create(
            "Contacts", first_name="A", last_name="B", email1="a@b.example", title="Old"
        )
        wire, session = signed_in(sugar, "v4_1")
        given = [{"first_name": "A", "last_name": "B", "email1": "a@b.example", "title": "New"}]
        _, body = wire.call(
            "set_entries", session=session, module_name="Contacts", name_value_lists=given
        )
        wire.close()
        assert answered_ids(body) == [twin]
        contact = sugar.company.get("Contacts", twin)
        assert contact is not None
        assert (contact["title"], contact["email1"]) == ("Old", "")


def test_rows_refused_by_acl_are_left_out_so_that_positions_shift() -> None:
    with SugarSimulator() as sugar:
        own = sugar.company.create("Leads", last_name="Own", assigned_user_id="owner-only-user")
        foreign = sugar.company.create("Leads", last_name="Foreign", assigned_user_id="1")
        wire, session = signed_in(sugar, "v4_1", "owneronly")
        given = [{"id": foreign, "score_c": "1"}, {"id": own, "score_c": "2"}]
        _, body = wire.call(
            "set_entries", session=session, module_name="Leads", name_value_lists=given
        )
        wire.close()
        assert answered_ids(body) == [own]
        kept = sugar.company.get("Leads", foreign)
        assert kept is not None
        assert kept["score_c"] == ""


def test_values_are_cut_replaced_and_emptied_without_a_word() -> None:
    with SugarSimulator() as sugar:
        wire, session = signed_in(sugar, "v4_1")
        given = {
            "last_name": "R" * 300, "first_name": "smile 😀", "birthdate": "03.02.2001",
            "score_c": "abc", "status": "NotInDom", "email1": "not-an-email",
        }  # fmt: skip
        _, body = wire.call(
            "set_entry", session=session, module_name="Leads", name_value_list=given
        )
        wire.close()
        lead = sugar.company.get("Leads", answered_ids(body)[0])
        assert lead is not None
        assert len(lead["last_name"]) == 100
        told = {
            name: lead[name] for name in ("first_name", "birthdate", "score_c", "status", "email1")
        }
        assert told == {
            "first_name": "smile ????", "birthdate": "", "score_c": "0", "status": "NotInDom",
            "email1": "",
        }  # fmt: skip


def test_a_session_cookie_wins_over_the_session_argument() -> None:
    from http.client import HTTPConnection

    from tests.contract.simulator.requests import request

    with SugarSimulator() as sugar:
        admin, session = signed_in(sugar, "v4_1")
        restricted, other = signed_in(sugar, "v4_1", "restricted")
        connection = HTTPConnection(sugar.url.removeprefix("http://"))
        body = request("v4_1", "get_user_id", {"session": session})
        connection.request("POST", "/service/v4_1/soap.php", body, {"Cookie": f"PHPSESSID={other}"})
        answer = etree.fromstring(connection.getresponse().read())
        for one in (connection, admin, restricted):
            one.close()
        assert answer.findtext(".//return") == "restricted-user"
