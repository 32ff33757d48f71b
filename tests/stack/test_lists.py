"""Lists by field value on the deployed stack: made, followed, retired, renamed and chosen."""

import pytest

from tests.stack.scene import OWNER, Json, Scene, eventually


def members(scene: Scene, name: str) -> set[str]:
    """The names of the people on a list that is in use."""
    found = [one for one in scene.all("lists") if one["name"] == name]
    if not found or found[0]["status"] != "active":
        return set()
    page = scene.funnel.json("GET", f"/api/app/lists/{found[0]['list_id']}/members")
    return {one["person"]["name"] for one in page["items"]}


def has(scene: Scene, name: str, *people: str) -> None:
    """Wait until exactly these are on the list."""
    eventually(f"{name} with {people or 'nobody'}", lambda: members(scene, name) == set(people))


def row(scene: Scene, name: str) -> Json:
    """One list as the page shows it."""
    return next(one for one in scene.all("lists") if one["name"] == name)


@pytest.mark.feature("B8")
def test_lists_follow_the_values_of_leads_contacts_accounts_and_opportunities(
    connected: Scene,
) -> None:
    scene, company = connected, connected.company
    account = company.create(
        "Accounts", name="Nord", industry="Energy", account_type="Customer", assigned_user_id=OWNER
    )
    contact = company.create(
        "Contacts", last_name="Ott", account_id=account, lead_source="Web Site"
    )
    company.create("Leads", last_name="Pia", status="New", lead_source="Web Site")
    deal = company.create("Opportunities", name="Deal", sales_stage="Prospecting")
    company.link("Opportunities", deal, "contacts", contact)
    scene.sync()
    has(scene, "Account industry: Energy", "Ott")
    has(scene, "Account type: Customer", "Ott")
    has(scene, "Lead source: Web Site", "Ott", "Pia")
    has(scene, "Lead status: New", "Pia")
    has(scene, "Sales stage: Prospecting", "Ott")
    person = scene.people_by_link()[contact]["person_id"]
    lists = scene.funnel.json("GET", f"/api/app/people/{person}/lists")["items"]
    assert [one["name"] for one in lists] == [
        "Account industry: Energy",
        "Account type: Customer",
        "Lead source: Web Site",
        "Sales stage: Prospecting",
    ]

    before = row(scene, "Account industry: Energy")
    company.update("Accounts", account, industry="Media")
    company.update("Opportunities", deal, sales_stage="Closed Won")
    scene.sync()
    has(scene, "Account industry: Media", "Ott")
    has(scene, "Sales stage: Closed Won", "Ott")
    eventually(
        "what they left is empty",
        lambda: (
            row(scene, "Account industry: Energy")["status"] == "retired"
            and row(scene, "Sales stage: Prospecting")["members"] == 0
        ),
    )

    company.update("Accounts", account, industry="Energy")
    scene.sync()
    has(scene, "Account industry: Energy", "Ott")
    assert row(scene, "Account industry: Energy")["list_id"] == before["list_id"]


@pytest.mark.feature("B8")
def test_fields_are_switched_off_and_on_and_everybody_is_worked_out_again(
    connected: Scene,
) -> None:
    scene = connected
    scene.company.create("Leads", last_name="Pia", status="New", salutation="Ms.")
    scene.sync()
    has(scene, "Lead status: New", "Pia")
    scene.funnel.json("PUT", "/api/setup/lists", {"fields": ["salutation"]})
    has(scene, "Salutation: Ms.", "Pia")
    has(scene, "Lead status: New")
    eventually(
        "the end of the recompute",
        lambda: scene.funnel.json("GET", "/api/setup/lists")["recompute"]["finished_at"],
    )
