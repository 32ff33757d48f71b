"""What could not sync, why, and how it comes in once its cause is mended; histories."""

import csv
import io

import pytest

from local.sugar.store.users import DISABLED
from local.sugar.web.trouble import Trouble
from tests.stack.scene import API_USER, OWNER, Json, Scene, changes_in, eventually


def orphans(scene: Scene) -> tuple[str, list[str], list[str]]:
    """An Account that is assigned to nobody, its three Contacts and two Opportunities."""
    company = scene.company
    account = company.create("Accounts", name="Müller & Söhne")
    contacts = [
        company.create("Contacts", last_name=f"Contact {n}", account_id=account) for n in range(3)
    ]
    deals = []
    for n, contact in enumerate(contacts[:2]):
        deal = company.create("Opportunities", name=f"Deal {n}", account_id=account)
        company.link("Opportunities", deal, "contacts", contact)
        deals.append(deal)
    return account, contacts, deals


def group_of(scene: Scene, sugar_id: str) -> Json:
    """The part of the report that goes back to one record."""
    return next(g for g in scene.errors() if g["root"]["sugar_id"] == sugar_id)


@pytest.mark.feature("F1")
def test_what_points_at_nobody_or_at_what_is_gone_or_held_is_held_back(connected: Scene) -> None:
    scene, company = connected, connected.company
    gone = company.create("Accounts", name="Gone", assigned_user_id=API_USER)
    left = company.hire("left", status="Inactive")
    nobodys = company.create("Accounts", name="No owner")
    company.create("Accounts", name="Owner left", assigned_user_id=left)
    company.delete("Accounts", gone)
    company.create("Contacts", last_name="Of a deleted account", account_id=gone)
    contact = company.create("Contacts", last_name="Of a held account", account_id=nobodys)
    deal = company.create("Opportunities", name="Of a held contact")
    company.link("Opportunities", deal, "contacts", contact)
    scene.sync()
    rows = [e for group in scene.errors() for e in (*group["own"], *group["blocked"])]
    assert {(e["record"]["name"], e["code"], e["field"]) for e in rows} == {
        ("No owner", "OwnerMissing", "assigned_user_id"),
        ("Owner left", "OwnerInactive", "assigned_user_id"),
        ("Of a deleted account", "AccountDeleted", "account_id"),
        ("Of a held account", "AccountHeld", "account_id"),
        ("Of a held contact", "ContactHeld", "contacts"),
    }
    assert scene.all("accounts") == []
    assert scene.all("people") == []
    assert scene.all("opportunities") == []


@pytest.mark.feature("F1")
def test_a_record_already_here_stays_and_is_marked_out_of_date(connected: Scene) -> None:
    scene = connected
    account = scene.company.create("Accounts", name="Ott Ltd", assigned_user_id=API_USER)
    scene.sync()
    scene.company.update("Accounts", account, name="Ott Inc", assigned_user_id="")
    scene.sync()
    (row,) = scene.all("accounts")
    assert row["name"] == "Ott Ltd"
    assert row["out_of_date_since"]
    scene.company.update("Accounts", account, assigned_user_id=API_USER)
    scene.sync()
    (row,) = scene.all("accounts")
    assert (row["name"], row["out_of_date_since"]) == ("Ott Inc", None)


@pytest.mark.feature("F2")
def test_one_cause_explains_all_that_hangs_on_it(connected: Scene) -> None:
    scene = connected
    account, _contacts, _deals = orphans(scene)
    scene.sync()
    (group,) = scene.errors()
    assert (group["root"]["sugar_id"], group["root"]["name"]) == (account, "Müller & Söhne")
    assert group["cause"] == "This account is assigned to nobody."
    assert "Assigned to" in group["mend"]
    counts = {count["module"]: count["count"] for count in group["counts"]}
    assert counts == {"Contacts": 3, "Opportunities": 2}
    (own,) = group["own"]
    assert (own["field"], own["value"]) == ("assigned_user_id", "")
    assert own["first_seen"] <= own["last_seen"]
    assert own["record"]["url"].startswith(scene.sugar.url)
    assert account in own["record"]["url"]
    rows = list(csv.DictReader(io.StringIO(scene.funnel.call("GET", "/api/setup/errors.csv").text)))
    assert len(rows) == 6
    assert any("Müller & Söhne" in row.values() for row in rows)


@pytest.mark.feature("F3")
def test_once_the_account_is_mended_what_hung_on_it_comes_in_by_itself(connected: Scene) -> None:
    scene = connected
    account, contacts, deals = orphans(scene)
    scene.sync()
    assert scene.here() & {("Accounts", account)} == set()
    scene.company.update("Accounts", account, assigned_user_id=API_USER)
    scene.sync("incremental", "Accounts")
    eventually("the report to be empty", lambda: not scene.errors())
    assert {row["sugar_id"] for row in scene.all("accounts")} == {account}
    assert set(scene.people_by_link()) == set(contacts)
    assert {row["sugar_id"] for row in scene.all("opportunities")} == set(deals)


@pytest.mark.feature("F3")
def test_a_deleted_account_that_is_restored_lets_its_contacts_in(connected: Scene) -> None:
    scene = connected
    account = scene.company.create("Accounts", name="Ott Ltd", assigned_user_id=API_USER)
    scene.company.delete("Accounts", account)
    contact = scene.company.create("Contacts", last_name="Ott", account_id=account)
    scene.sync()
    assert scene.held() == {("Contacts", contact)}
    scene.company.restore("Accounts", account)
    scene.sync()
    eventually("the report to be empty", lambda: not scene.errors())
    assert set(scene.people_by_link()) == {contact}


@pytest.mark.feature("F4")
def test_a_permanent_error_is_not_read_again_every_hour(connected: Scene) -> None:
    scene = connected
    account, contacts, deals = orphans(scene)
    named = (("Accounts", [account]), ("Contacts", contacts), ("Opportunities", deals))
    for module, ids in named:
        for one in ids:
            scene.company.back_date(module, one, "2026-01-05 10:00:00")
    scene.sync("full")
    assert len(scene.held()) == 6
    scene.sugar.log.clear()
    for _ in range(4):
        scene.hourly()
    for module, _ in named:
        reads = [one for one in scene.sugar.log.last(1000) if one.rows and one.module == module]
        # The nightly look at all open rows may fall between.
        assert len(reads) <= 2, reads


@pytest.mark.feature("F4")
def test_a_passing_error_is_tried_again_and_reaches_no_report(connected: Scene) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Ott")
    scene.sugar.troubles.add(Trouble("status", 1, methods=("get_entry_list",), code=503))
    run = scene.sync("full")
    assert run["seconds"] >= 10
    assert lead in scene.people_by_link()
    assert scene.errors() == []


@pytest.mark.feature("F5")
def test_a_history_tells_each_field_before_and_after_and_by_which_rule(connected: Scene) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Ott", title="CTO", email1="ann@x.example")
    scene.sync()
    scene.company.update("Leads", lead, title="CEO")
    scene.sync()
    (person,) = scene.all("people")
    path = f"/api/app/people/{person['person_id']}/history"
    entry = scene.funnel.json("GET", path)["items"][0]
    assert (entry["kind"], entry["side"]) == ("changed", "Sugar")
    assert {"field": "title", "before": "CTO", "after": "CEO", "rule": "changed in Sugar"} in (
        changes_in(entry)
    )
    record = scene.funnel.json("GET", f"{path}?of=Leads/{lead}")["items"][0]
    change = next(c for c in record["changes"] if c["field"] == "title")
    assert (change["before"], change["after"]) == ("CTO", "CEO")
    assert record["at"].endswith("Z")


@pytest.mark.feature("F5")
def test_accounts_opportunities_and_users_have_histories_too(connected: Scene) -> None:
    scene, company = connected, connected.company
    rep = company.hire("ada", first_name="Ada", last_name="Lovelace")
    account = company.create("Accounts", name="Ott Ltd", industry="Energy", assigned_user_id=rep)
    deal = company.create("Opportunities", name="Deal", sales_stage="Prospecting")
    scene.sync()
    company.update("Accounts", account, industry="Retail")
    company.update("Opportunities", deal, sales_stage="Closed Won")
    scene.sync()
    company.set_active(rep, False)
    scene.sync("incremental", "Users")
    for path, field, before, after in (
        (f"accounts/{account}", "industry", "Energy", "Retail"),
        (f"opportunities/{deal}", "sales_stage", "Prospecting", "Closed Won"),
        (f"users/{rep}", "status", "Active", "Inactive"),
    ):
        (entry,) = scene.funnel.json("GET", f"/api/app/{path}/history")["items"]
        assert entry["side"] == "Sugar"
        change = {"field": field, "before": before, "after": after, "rule": "read from Sugar"}
        assert change in changes_in(entry)
        page = scene.funnel.call("GET", f"/app/{path}").text
        assert "read from Sugar" in page
        assert after in page


@pytest.mark.feature("F3")
def test_a_person_has_a_record_a_cause_and_everything_tried_again(connected: Scene) -> None:
    scene = connected
    account, contacts, deals = orphans(scene)
    lonely = scene.company.create("Accounts", name="Lonely")
    scene.sync()

    def tried(**what: str) -> Json:
        job = scene.funnel.json("POST", "/api/setup/errors/try-again", what)
        return scene.job(job["job_id"])

    scene.company.update("Accounts", account, assigned_user_id=API_USER)
    assert tried(record=f"Contacts/{contacts[0]}")["status"] == "done"
    eventually("the cause to be gone", lambda: len(scene.errors()) == 1)
    assert {row["sugar_id"] for row in scene.all("opportunities")} == set(deals)
    assert tried(root=f"Accounts/{lonely}")["status"] == "done"
    assert scene.held() == {("Accounts", lonely)}
    scene.company.update("Accounts", lonely, assigned_user_id=API_USER)
    assert tried()["status"] == "done"
    assert scene.errors() == []


@pytest.mark.feature("F3")
def test_every_open_row_is_looked_at_again_once_a_night(scene: Scene) -> None:
    """The first run that ends is the first night's; the next hours' runs look at nothing again."""
    account, contacts, deals = orphans(scene)
    lonely = scene.company.create("Accounts", name="Lonely")
    scene.connect()
    first = group_of(scene, lonely)["first_seen"]
    eventually("the row to be seen again", lambda: group_of(scene, lonely)["last_seen"] > first)
    scene.stack_is_idle()
    seen = group_of(scene, lonely)
    assert seen["first_seen"] == first
    scene.company.update("Accounts", account, assigned_user_id=API_USER)
    scene.company.back_date("Accounts", account, "2026-01-05 10:00:00")
    scene.sync()
    scene.stack_is_idle()
    assert group_of(scene, lonely) == seen
    assert ("Accounts", account) in scene.held()
    # What the run of the next night sends.
    scene.send({"type": "heal", "tenant": scene.tenant_id, "causes": []})
    eventually("what was mended to be here", lambda: len(scene.errors()) == 1)
    assert set(scene.people_by_link()) == set(contacts)
    assert {row["sugar_id"] for row in scene.all("opportunities")} == set(deals)
    eventually(
        "the open row to be seen again",
        lambda: group_of(scene, lonely)["last_seen"] > seen["last_seen"],
    )


@pytest.mark.feature("F1")
def test_a_lead_is_held_by_no_rule_and_what_is_wrong_with_it_is_told(connected: Scene) -> None:
    scene, company = connected, connected.company
    long = company.create("Leads", last_name="Long", description="x" * 20_500)
    nobodys = company.create("Leads", last_name="Nobody's", assigned_user_id="gone", email1="")
    scene.sync()
    assert set(scene.people_by_link()) == {long, nobodys}
    (group,) = scene.errors()
    (own,) = group["own"]
    assert (own["record"]["sugar_id"], own["code"], own["field"]) == (
        long,
        "ValueTooLong",
        "description",
    )
    person = scene.people_by_link()[long]["person_id"]
    assert len(scene.fields(person)["description"]) == 20_000
    company.update("Leads", long, description="short")
    scene.sync()
    assert scene.errors() == []


@pytest.mark.feature("F4")
def test_a_module_that_sugar_refuses_is_in_the_report_until_it_is_read(scene: Scene) -> None:
    scene.connect(user="owneronly")
    users = scene.sugar.sugar.users
    users.restrict(OWNER, "No leads", {("Leads", "access"): DISABLED})
    run = scene.ended(scene.funnel.start_sync("incremental")["run_id"])
    assert run["note"]["code"] == "PartlyFailed"
    (group,) = scene.errors()
    (own,) = group["own"]
    assert (own["record"]["module"], own["record"]["sugar_id"]) == ("Leads", "")
    assert own["code"] == "ModuleRefused"
    assert "right to read" in own["mend"]
    assert "Module" in scene.funnel.call("GET", "/setup/errors").text
    users.unrestrict(OWNER)
    scene.sync()
    assert scene.errors() == []
