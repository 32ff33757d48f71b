"""Reading, by any adapter of `Crm`, on every dialect of both products."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.crm import Dialect, Window
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, SugarId
from tests.contract.crm_port.subject import EVERYTHING, NOON, Subject, one, read_all

NAMES = ("last_name",)


def test_complete_windows_hold_every_record_once_whatever_the_server_does_with_order(
    subject: Subject,
) -> None:
    company = subject.sugar.company
    made = set()
    for number in range(40):
        with company.at(NOON + timedelta(seconds=number // 8)):
            made.add(company.create("Leads", last_name=f"Lead {number}"))
    with company.at(NOON + timedelta(seconds=2)):
        for record in sorted(made)[:5]:
            company.delete("Leads", record)
    undated = max(made)
    company.back_date("Leads", undated, None)
    crm = subject.open()

    found: list[str] = []
    todo = [
        Window(dated=False, undated=True),
        Window(until=NOON + timedelta(seconds=2)),
        Window(since=NOON + timedelta(seconds=2)),
    ]
    while todo:
        window = todo.pop()
        page = crm.read(Module.LEADS, window, 6, fields=NAMES)
        assert len(page.rows) <= 6
        ids = [row.sugar_id for row in page.rows]
        if len(ids) < 6:
            assert crm.count(Module.LEADS, window) == len(ids)
            found += ids
        else:
            middle = sorted(ids)[len(ids) // 2]
            todo += [replace(window, id_until=middle), replace(window, id_from=middle)]

    assert sorted(found) == sorted(made)
    assert crm.count(Module.LEADS, EVERYTHING) == 40


def test_a_window_is_inclusive_at_its_begin_and_exclusive_at_its_end(subject: Subject) -> None:
    company = subject.sugar.company
    for seconds in (0, 1, 2, 3):
        with company.at(NOON + timedelta(seconds=seconds)):
            company.create("Contacts", last_name=str(seconds))
    crm = subject.open()
    window = Window(since=NOON + timedelta(seconds=1), until=NOON + timedelta(seconds=3))

    rows = crm.read(Module.CONTACTS, window, 10, fields=NAMES).rows

    assert sorted(str(row.fields["last_name"]) for row in rows) == ["1", "2"]
    assert crm.count(Module.CONTACTS, window) == 2


def test_a_window_may_have_dated_and_undated_records_and_an_empty_one_asks_nothing(
    subject: Subject,
) -> None:
    company = subject.sugar.company
    with company.at(NOON):
        dated = company.create("Leads", last_name="dated")
        undated = company.create("Leads", last_name="undated")
        older = company.create("Leads", last_name="older")
    company.back_date("Leads", undated, None)
    company.back_date("Leads", older, NOON - timedelta(days=1))
    crm = subject.open()
    both = crm.read(Module.LEADS, Window(since=NOON, undated=True), 10, fields=NAMES)
    assert {row.sugar_id for row in both.rows} == {dated, undated}
    assert {row.sugar_id: row.date_modified for row in both.rows} == {dated: NOON, undated: None}
    before = len(subject.outcomes)
    nothing = Window(dated=False, undated=False)
    assert crm.count(Module.LEADS, nothing) == 0
    assert crm.read(Module.LEADS, nothing, 10, fields=NAMES).rows == []
    assert len(subject.outcomes) == before


def test_deleted_records_are_read_and_counted_and_marked(subject: Subject) -> None:
    company = subject.sugar.company
    live = company.create("Accounts", name="Live")
    gone = company.create("Accounts", name="Gone")
    company.delete("Accounts", gone)
    crm = subject.open()

    rows = {row.sugar_id: row for row in read_all(crm, Module.ACCOUNTS, ("name",))}

    assert {live: False, gone: True} == {key: row.deleted for key, row in rows.items()}
    assert crm.count(Module.ACCOUNTS, EVERYTHING) == 2
    assert crm.sweep(Module.ACCOUNTS, EVERYTHING, 10) == {
        key: (row.date_modified, row.deleted) for key, row in rows.items()
    }


def test_a_full_page_never_has_more_rows_than_asked_for(subject: Subject) -> None:
    company = subject.sugar.company
    made = [company.create("Leads", last_name=str(number)) for number in range(6)]
    for record in made[:3]:
        company.delete("Leads", record)
    crm = subject.open()
    for limit in (1, 3, 4, 5):
        assert len(crm.read(Module.LEADS, EVERYTHING, limit, fields=NAMES).rows) == limit
        assert len(crm.sweep(Module.LEADS, EVERYTHING, limit)) == limit
    with pytest.raises(InputInvalid):
        crm.read(Module.LEADS, EVERYTHING, 0, fields=NAMES)


def test_values_come_typed_by_the_modules_field_list(subject: Subject) -> None:
    subject.sugar.company.create(
        "Leads",
        last_name='O\'Neill & Söhne <b>"x"</b> &copy=1',
        do_not_call="1",
        score_c="43",
        birthdate="2001-02-03",
        description="",
    )
    row = one(
        read_all(
            subject.open(),
            Module.LEADS,
            (
                "last_name",
                "do_not_call",
                "converted",
                "score_c",
                "birthdate",
                "date_entered",
                "description",
                "no_such_field",
            ),
        )
    )
    entered = row.fields.pop("date_entered")
    assert row.fields == {
        "last_name": 'O\'Neill & Söhne <b>"x"</b> &copy=1',
        "do_not_call": True,
        "converted": False,
        "score_c": 43,
        "birthdate": "2001-02-03",
        "description": None,
    }
    assert row.date_modified is not None
    assert entered == row.date_modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert row.problems == ()


def test_opportunities_come_with_their_account_their_amount_and_their_contacts(
    subject: Subject,
) -> None:
    company = subject.sugar.company
    account = company.create("Accounts", name="Acme")
    contacts = [company.create("Contacts", last_name=str(number)) for number in range(3)]
    rich = company.create("Opportunities", name="Rich", amount="1234.56", date_closed="2026-12-31")
    poor = company.create("Opportunities", name="Poor")
    gone = company.create("Opportunities", name="Gone")
    company.link("Accounts", account, "opportunities", rich)
    for contact in contacts[:2]:
        company.link("Opportunities", rich, "contacts", contact)
    company.link("Opportunities", gone, "contacts", contacts[2])
    company.delete("Opportunities", gone)
    crm = subject.open()
    wanted = ("name", "amount", "date_closed", "account_id")

    rows = {str(row.sugar_id): row for row in read_all(crm, Module.OPPORTUNITIES, wanted)}

    assert set(rows) == {rich, poor, gone}
    assert sorted(rows[rich].contact_ids) == sorted(contacts[:2])
    assert rows[poor].contact_ids == ()
    assert rows[rich].fields["amount"] == "1234.56"
    assert rows[rich].fields["date_closed"] == "2026-12-31"
    assert rows[rich].fields["account_id"] == account
    assert rows[poor].fields["account_id"] is None


def test_the_flags_of_the_primary_address_are_told_or_left_out_but_never_guessed(
    subject: Subject,
) -> None:
    company = subject.sugar.company
    out = company.create("Contacts", last_name="Out", email1="Out@x.test", email_opt_out="1")
    bad = company.create("Contacts", last_name="Bad", email1="bad@x.test", invalid_email="1")
    fine = company.create("Contacts", last_name="Fine", email1="fine@x.test")
    company.add_email("Contacts", fine, "second@x.test")
    company.flag_email("second@x.test", opt_out=True)
    none = company.create("Contacts", last_name="None")
    crm = subject.open()
    rows = read_all(crm, Module.CONTACTS, ("email_opt_out", "invalid_email"))
    told = {row.sugar_id: row.fields for row in rows}
    if subject.dialect is Dialect.SOAP_5:
        assert all(fields == {} for fields in told.values())
        return
    assert told[SugarId(out)] == {"email_opt_out": True, "invalid_email": False}
    assert told[SugarId(bad)] == {"email_opt_out": False, "invalid_email": True}
    assert told[SugarId(fine)] == {"email_opt_out": False, "invalid_email": False}
    assert not any(told[SugarId(none)].values())


def test_records_by_id_come_live_or_deleted_and_missing_ones_are_absent(subject: Subject) -> None:
    company = subject.sugar.company
    made = [company.create("Leads", last_name=str(number)) for number in range(12)]
    company.delete("Leads", made[0])
    ids = [SugarId(record) for record in (*made, made[1], "no-such-id", "o'neill")]
    crm = subject.open()

    rows = crm.by_ids(Module.LEADS, ids, fields=NAMES).rows

    assert sorted(row.sugar_id for row in rows) == sorted(made)
    assert {row.sugar_id for row in rows if row.deleted} == {made[0]}
    assert crm.by_ids(Module.LEADS, [], fields=NAMES).rows == []


def test_more_ids_than_a_request_takes_are_asked_for_in_several(best: Subject) -> None:
    made = [best.sugar.company.create("Leads", last_name="x") for _ in range(3)]
    ids = [SugarId(f"none-{number}") for number in range(999)] + [SugarId(one) for one in made]
    best.sugar.log.clear()
    crm = best.open()
    rows = crm.by_ids(Module.LEADS, ids, fields=NAMES).rows
    assert sorted(row.sugar_id for row in rows) == sorted(made)
    assert best.requests("get_entry_list") == 3


@pytest.mark.parametrize("text", ["back\\slash", "nul\x00", "line\nfeed"])
def test_an_id_that_cannot_be_quoted_safely_is_refused(best: Subject, text: str) -> None:
    crm = best.open()
    with pytest.raises(InputInvalid):
        crm.by_ids(Module.LEADS, [SugarId(text)], fields=NAMES)
    with pytest.raises(InputInvalid):
        crm.count(Module.LEADS, Window(id_from=text))
    assert best.requests("get_entry_list") == 0


@pytest.mark.parametrize("module", [Module.LEADS, Module.PROSPECTS])
def test_people_whose_address_changed_are_named_where_the_endpoint_can_tell(
    subject: Subject, module: Module
) -> None:
    company = subject.sugar.company
    with company.at(NOON):
        company.create(module, last_name="Same", email1="same@x.test")
        moved = company.create(module, last_name="Moved", email1="old@x.test")
        linked = company.create(module, last_name="Linked")
        flagged = company.create(module, last_name="Flagged", email1="flagged@x.test")
    since = NOON + timedelta(hours=1)
    with company.at(since):
        company.set_email(module, moved, "new@x.test")
        company.add_email(module, linked, "linked@x.test")
        company.flag_email("flagged@x.test", opt_out=True)
    crm = subject.open()
    found = crm.changed_addresses(module, since, 100)
    if subject.dialect is Dialect.SOAP_5 or subject.dialect.is_rest:
        assert found is None
    else:
        assert found is not None
        assert sorted(found) == sorted([moved, linked, flagged])
        assert crm.changed_addresses(module, since + timedelta(seconds=1), 100) == []


def test_parents_are_the_accounts_of_live_contacts(subject: Subject) -> None:
    company = subject.sugar.company
    account = company.create("Accounts", name="Acme")
    employed = company.create("Contacts", last_name="Employed")
    free = company.create("Contacts", last_name="Free")
    gone = company.create("Contacts", last_name="Gone")
    for contact in (employed, gone):
        company.link("Accounts", account, "contacts", contact)
    company.delete("Contacts", gone)
    assert subject.open().parents(Module.CONTACTS, EVERYTHING, 10) == {employed: account, free: ""}


def test_a_field_removed_from_the_server_is_left_out_of_rows(subject: Subject) -> None:
    subject.sugar.company.create("Leads", last_name="x")
    row = one(read_all(subject.open(), Module.LEADS, ("last_name", "removed_c")))
    assert row.fields == {"last_name": "x"}


def test_field_lists_tell_type_label_and_choices_and_are_asked_once(subject: Subject) -> None:
    crm = subject.open()
    fields = {one.name: one for one in crm.fields(Module.LEADS)}
    assert fields["date_modified"].type in ("datetime", "datetimecombo")
    assert fields["date_modified"].options == {}
    assert fields["status"].options["New"] == "New"
    assert fields["id"].required
    assert all(not field.label.endswith(":") for field in fields.values())
    crm.fields(Module.LEADS)
    assert subject.requests("get_module_fields") == 1


def test_the_servers_clock_is_told_in_utc(subject: Subject) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    with subject.sugar.company.at(at):
        assert subject.open().server_time() == at


def test_a_page_tells_the_interval_in_which_it_was_read(best: Subject) -> None:
    page = best.open().read(Module.LEADS, EVERYTHING, 10, fields=NAMES)
    assert page.began <= page.ended
    assert page.began.tzinfo is not None


def test_users_are_read_by_a_regular_user_too(subject: Subject) -> None:
    rows = read_all(subject.open("owneronly"), Module.USERS, ("user_name", "status", "is_admin"))
    admin = next(row for row in rows if row.fields["user_name"] == "admin")
    assert admin.fields["status"] == "Active"
    assert admin.fields["is_admin"] in (True, "1")
