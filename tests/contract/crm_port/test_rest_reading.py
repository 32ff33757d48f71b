"""What only REST has to be careful of: small pages, many links, computed fields, words."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from funnel.domain.crm import Condition, Dialect, IdRange, Operator, Window
from funnel.domain.errors import InputInvalid, ServerCrashed
from funnel.domain.ids import Module, SugarId
from local.sugar.settings import Product
from local.sugar.simulator import SugarSimulator
from tests.contract.crm_port.subject import EVERYTHING, NOON, Subject, one, read_all

NAMES = ("last_name", "email1", "email_opt_out", "status", "do_not_call", "birthdate", "score_c")


@pytest.fixture
def miserly(rest: Subject) -> Iterator[Subject]:
    """A server that gives three records a page, whatever it is asked for."""
    service = rest.sugar.rest.service
    before, service.page = service.page, 3
    yield rest
    service.page = before


def test_a_window_is_whole_though_the_server_gives_smaller_pages(miserly: Subject) -> None:
    company = miserly.sugar.company
    with company.at(NOON):
        made = {company.create("Leads", last_name=str(number)) for number in range(20)}
    crm = miserly.open()
    window = Window(since=NOON, until=NOON + timedelta(seconds=1))
    assert {row.sugar_id for row in crm.read(Module.LEADS, window, 100, fields=()).rows} == made
    assert len(crm.read(Module.LEADS, window, 7, fields=()).rows) == 7
    assert set(crm.sweep(Module.LEADS, window, 100)) == made
    ids = [SugarId(record) for record in made]
    assert {row.sugar_id for row in crm.by_ids(Module.LEADS, ids, fields=()).rows} == made
    assert crm.count(Module.LEADS, window) == 20


def test_all_contacts_of_an_opportunity_are_told_though_a_page_holds_few(miserly: Subject) -> None:
    company = miserly.sugar.company
    deals = [company.create("Opportunities", name=str(number)) for number in range(3)]
    contacts = [company.create("Contacts", last_name=str(number)) for number in range(11)]
    for contact in contacts:
        company.link("Opportunities", deals[0], "contacts", contact)
    company.link("Opportunities", deals[1], "contacts", contacts[0])
    rows = {row.sugar_id: row for row in read_all(miserly.open(), Module.OPPORTUNITIES, ())}
    assert sorted(rows[SugarId(deals[0])].contact_ids) == sorted(contacts)
    assert rows[SugarId(deals[1])].contact_ids == (contacts[0],)
    assert rows[SugarId(deals[2])].contact_ids == ()


def test_fifty_opportunities_cost_one_request_for_their_contacts(rest: Subject) -> None:
    for number in range(51):
        rest.sugar.company.create("Opportunities", name=str(number))
    read_all(rest.open(), Module.OPPORTUNITIES, ("name",))
    assert rest.requests("bulk") == 2


def test_rest_is_never_asked_to_filter_links_by_post_which_would_make_one(rest: Subject) -> None:
    company = rest.sugar.company
    deal = company.create("Opportunities", name="x")
    contacts = [company.create("Contacts", last_name=str(number)) for number in range(3)]
    for contact in contacts:
        company.link("Opportunities", deal, "contacts", contact)
    rest.sugar.rest.service.page, before = 2, rest.sugar.rest.service.page
    try:
        read_all(rest.open(), Module.OPPORTUNITIES, ())
    finally:
        rest.sugar.rest.service.page = before
    assert rest.requests("link/filter") > 0
    assert sorted(company.linked("Opportunities", deal, "contacts")) == sorted(contacts)


def test_a_filter_on_a_computed_field_is_refused_because_sugar_would_drop_it(
    rest: Subject,
) -> None:
    crm = rest.open()
    for name in ("full_name", "email1", "email_opt_out"):
        with pytest.raises(InputInvalid, match="computes") as refused:
            crm.count(Module.LEADS, EVERYTHING, (Condition(name, Operator.IS, ("x",)),))
        assert refused.value.mend
    assert rest.requests("get_entries_count") == 0


def test_reading_asks_for_no_words_and_fields_ask_for_them_once(rest: Subject) -> None:
    crm = rest.open()
    read_all(crm, Module.LEADS, ("status",))
    assert rest.requests("lang/en_us") == 0
    crm.fields(Module.LEADS)
    crm.fields(Module.CONTACTS)
    assert rest.requests("lang/en_us") == 1


def test_without_the_language_file_fields_go_by_their_names(rest: Subject) -> None:
    rest.trouble("huge", methods=("lang/en_us",), bytes=20 * 1024 * 1024)
    fields = {field.name: field for field in rest.open().fields(Module.LEADS)}
    assert fields["status"].label == "status"
    assert fields["status"].options == {}


def test_the_members_of_a_list_that_is_not_there_are_unknown_and_not_none(rest: Subject) -> None:
    with pytest.raises(ServerCrashed):
        rest.open().members(SugarId("ghost"), Module.LEADS, IdRange(), 10)


def test_rows_are_the_same_over_rest_as_over_soap() -> None:
    with SugarSimulator(Product.SUGAR) as sugar:
        company = sugar.company
        with company.at(NOON):
            account = company.create("Accounts", name="Müller & Söhne <GmbH>")
            contact = company.create(
                "Contacts", last_name='O"Neill', email1="o@x.test", email_opt_out="1"
            )
            company.create(
                "Leads",
                last_name="Kühn <b>",
                email1="k@x.test",
                status="New",
                do_not_call="1",
                birthdate="2001-02-03",
                score_c="43",
            )
            company.create("Leads", last_name="Bare")
            deal = company.create("Opportunities", name="Deal", amount="1234.56")
            company.link("Accounts", account, "contacts", contact)
            company.link("Accounts", account, "opportunities", deal)
            company.link("Opportunities", deal, "contacts", contact)
        sides = [Subject(sugar, dialect) for dialect in (Dialect.V4_1, Dialect.REST_11)]
        soap, json = [
            [
                row
                for module, fields in (
                    (Module.LEADS, NAMES),
                    (Module.CONTACTS, ("last_name", "email1", "email_opt_out", "account_id")),
                    (Module.ACCOUNTS, ("name",)),
                    (Module.OPPORTUNITIES, ("name", "amount", "account_id")),
                )
                for row in sorted(read_all(side.open(), module, fields), key=lambda r: r.sugar_id)
            ]
            for side in sides
        ]
        assert json == soap
        for side in sides:
            for crm in side.opened:
                crm.sign_out()


def test_one_lead_is_read_by_a_user_who_may_see_only_his_own(rest: Subject) -> None:
    company = rest.sugar.company
    mine = company.create("Leads", last_name="x", assigned_user_id="owner-only-user")
    company.create("Leads", last_name="y")
    assert one(read_all(rest.open("owneronly"), Module.LEADS, ())).sugar_id == mine
