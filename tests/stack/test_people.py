"""Who is one person, and how that follows what happens in Sugar."""

import pytest

from local.stack.client import wait_for
from tests.stack.scene import API_USER, OWNER, SECONDS, Json, Scene


def person_of(scene: Scene, sugar_id: str) -> Json:
    """The person in the list that a Lead or Contact is."""
    return scene.people_by_link()[sugar_id]


def kinds(scene: Scene, person_id: str) -> list[str]:
    """What the person's history tells, newest first."""
    history = scene.funnel.json("GET", f"/api/app/people/{person_id}/history")
    return [entry["kind"] for entry in history["items"]]


@pytest.mark.feature("B4")
def test_records_without_email_name_or_company_are_pulled(connected: Scene) -> None:
    scene = connected
    bare = scene.company.create("Leads")
    named = scene.company.create("Contacts", first_name="Only")
    mailed = scene.company.create("Leads", email1="only@x.example")
    scene.sync()
    people = scene.people_by_link()
    assert set(people) == {bare, named, mailed}
    assert (people[bare]["name"], people[bare]["email"], people[bare]["company"]) == ("", "", "")
    assert (people[named]["name"], people[mailed]["email"]) == ("Only", "only@x.example")


@pytest.mark.feature("B5")
def test_a_lead_and_a_contact_with_one_address_are_one_person_until_sugar_parts_them(
    connected: Scene,
) -> None:
    scene = connected
    lead = scene.company.create(
        "Leads", last_name="Ott", title="From the Lead", phone_home="1", email1=" Ann@X.example "
    )
    contact = scene.company.create(
        "Contacts", last_name="Ott", title="From the Contact", email1="ann@x.example"
    )
    scene.sync()
    (person,) = scene.all("people")
    assert {link["sugar_id"] for link in person["links"]} == {lead, contact}
    assert person["shared"] is False
    fields = scene.fields(person["person_id"])
    assert (fields["title"], fields["phone_home"]) == ("From the Contact", "1")

    scene.company.set_email("Contacts", contact, "other@x.example")
    scene.sync()
    people = scene.people_by_link()
    assert people[lead]["person_id"] != people[contact]["person_id"]
    assert [link["sugar_id"] for link in people[lead]["links"]] == [lead]
    assert people[contact]["email"] == "other@x.example"


@pytest.mark.feature("B5")
def test_a_record_without_address_is_joined_when_it_gets_one_and_parted_again(
    connected: Scene,
) -> None:
    scene = connected
    contact = scene.company.create("Contacts", last_name="Ott", email1="ann@x.example")
    scene.sync()
    lead = scene.company.create("Leads", last_name="Ott")
    scene.sync()
    people = scene.people_by_link()
    first = people[lead]["person_id"], people[contact]["person_id"]
    assert first[0] != first[1]
    scene.company.set_email("Leads", lead, "ANN@x.example")
    scene.sync()
    people = scene.people_by_link()
    assert people[lead]["person_id"] == people[contact]["person_id"]
    gone = first[0]
    assert scene.person(gone)["merged_into"] == people[lead]["person_id"]
    assert kinds(scene, gone)[0] == "merged"
    scene.company.set_email("Leads", lead, "own@x.example")
    scene.sync()
    people = scene.people_by_link()
    assert {people[lead]["person_id"], people[contact]["person_id"]} == set(first)
    assert kinds(scene, gone)[0] == "parted"


@pytest.mark.feature("B5")
def test_an_address_of_different_people_is_shared_and_each_keeps_name_and_owner(
    connected: Scene,
) -> None:
    scene = connected
    for name, owner in (("Ott", API_USER), ("Bell", OWNER)):
        scene.company.create(
            "Leads", last_name=name, email1="info@x.example", assigned_user_id=owner
        )
    scene.sync()
    (person,) = scene.all("people", "info@x.example")
    assert person["shared"] is True
    owners = {link["name"]: link["owner"]["sugar_id"] for link in person["links"]}
    assert owners == {"Ott": API_USER, "Bell": OWNER}


@pytest.mark.feature("B6")
def test_a_changed_address_stays_the_same_person_and_the_old_one_is_free(connected: Scene) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Ott", email1="old@x.example")
    scene.sync()
    before = person_of(scene, lead)
    scene.company.set_email("Leads", lead, "new@x.example")
    scene.sync()
    after = person_of(scene, lead)
    assert (after["person_id"], after["email"]) == (before["person_id"], "new@x.example")
    assert scene.all("people", "old@x.example") == []
    newcomer = scene.company.create("Leads", last_name="Bell", email1="old@x.example")
    scene.sync()
    assert person_of(scene, newcomer)["person_id"] != before["person_id"]


@pytest.mark.feature("B6")
def test_a_deleted_record_leaves_and_a_restored_one_is_the_same_person_again(
    connected: Scene,
) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Ott", email1="ann@x.example")
    scene.sync()
    scene.company.update("Leads", lead, title="CEO")
    scene.sync()
    before = person_of(scene, lead)
    scene.company.delete("Leads", lead)
    scene.sync()
    assert scene.all("people") == []
    assert scene.person(before["person_id"])["links"] == []
    assert kinds(scene, before["person_id"]) == ["changed"]
    scene.company.restore("Leads", lead)
    scene.sync()
    assert person_of(scene, lead)["person_id"] == before["person_id"]
    assert scene.fields(before["person_id"])["title"] == "CEO"
    assert kinds(scene, before["person_id"]) == ["changed"]


@pytest.mark.feature("B6")
def test_a_converted_lead_and_its_contact_are_one_person(connected: Scene) -> None:
    scene = connected
    lead = scene.company.create(
        "Leads", last_name="Ott", account_name="Ott Ltd", email1="a@x.example",
        assigned_user_id=API_USER,
    )  # fmt: skip
    scene.sync()
    before = person_of(scene, lead)
    made = scene.company.convert_lead(lead, opportunity="A deal")
    scene.company.set_email("Contacts", made["Contacts"], "b@x.example")
    scene.sync()
    (person,) = scene.all("people")
    assert person["person_id"] == before["person_id"]
    assert {link["sugar_id"] for link in person["links"]} == {lead, made["Contacts"]}
    assert [row["name"] for row in scene.all("opportunities")] == ["A deal"]


@pytest.mark.feature("B6")
def test_leads_merged_in_sugar_are_one_person_with_one_link(connected: Scene) -> None:
    scene = connected
    kept = scene.company.create("Leads", last_name="Ott", email1="ann@x.example")
    merged = scene.company.create("Leads", last_name="Ott", email1="ann@x.example")
    scene.sync()
    (before,) = scene.all("people")
    assert len(before["links"]) == 2
    scene.company.merge("Leads", kept, merged)
    scene.sync()
    (after,) = scene.all("people")
    assert after["person_id"] == before["person_id"]
    assert [link["sugar_id"] for link in after["links"]] == [kept]


@pytest.mark.feature("B6")
def test_a_lead_merged_away_in_sugar_under_an_address_of_its_own_is_the_person_of_the_one_kept(
    connected: Scene,
) -> None:
    scene = connected
    kept = scene.company.create("Leads", last_name="Ott", email1="kept@x.example")
    lost = scene.company.create("Leads", last_name="Bell", email1="lost@x.example")
    scene.sync()
    people = scene.people_by_link()
    before, gone = people[kept]["person_id"], people[lost]["person_id"]
    scene.company.merge("Leads", kept, lost)
    scene.sync()
    merged = wait_for(
        lambda: scene.person(gone), lambda one: one["merged_into"] == before, "the merge", SECONDS
    )
    assert merged["links"] == []
    assert kinds(scene, gone)[0] == "merged"
    (after,) = scene.all("people")
    assert after["person_id"] == before

    scene.company.restore("Leads", lost)
    scene.sync()
    assert person_of(scene, lost)["person_id"] == gone
    assert kinds(scene, gone)[0] == "parted"


@pytest.mark.feature("B7")
def test_sugars_users_are_here_as_owners_and_a_deactivated_one_is_marked(connected: Scene) -> None:
    scene = connected
    rep = scene.company.hire("ada", first_name="Ada", last_name="Lovelace")
    account = scene.company.create("Accounts", name="Ott Ltd", assigned_user_id=rep)
    lead = scene.company.create("Leads", last_name="Bell", assigned_user_id=rep)
    scene.sync()
    users = {row["sugar_id"]: row for row in scene.all("users")}
    assert set(users) == set(scene.company.ids("Users"))
    assert (users[rep]["name"], users[rep]["active"]) == ("Ada Lovelace", True)
    owner = {"sugar_id": rep, "name": "Ada Lovelace", "active": True}
    assert person_of(scene, lead)["owner"] == owner

    scene.company.set_active(rep, False)
    scene.sync()
    assert person_of(scene, lead)["owner"] == {**owner, "active": False}
    (row,) = [row for row in scene.all("accounts") if row["sugar_id"] == account]
    assert row["owner"] == {**owner, "active": False}


@pytest.mark.feature("B5")
def test_a_merge_undone_by_hand_stays_undone_until_joined_again_or_the_address_changes(
    connected: Scene,
) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Ott", email1="ann@x.example")
    contact = scene.company.create("Contacts", last_name="Bell", email1="ann@x.example")
    scene.sync()
    (both,) = scene.all("people")
    path = f"/api/app/people/{both['person_id']}"
    body = {"link": f"Leads/{lead}"}
    alone = scene.funnel.json("POST", f"{path}/apart", body)["person_id"]
    people = scene.people_by_link()
    assert (people[lead]["person_id"], people[contact]["person_id"]) == (alone, both["person_id"])
    for person_id in (alone, both["person_id"]):
        entry = scene.funnel.json("GET", f"/api/app/people/{person_id}/history")["items"][0]
        assert (entry["kind"], entry["side"]) == ("set apart", "Funnel")
        assert entry["by"]

    scene.company.update("Leads", lead, title="CEO")
    scene.sync()
    people = scene.people_by_link()
    assert people[lead]["person_id"] == alone
    assert scene.fields(alone)["title"] == "CEO"

    scene.funnel.json("POST", f"/api/app/people/{alone}/join", body)
    (again,) = scene.all("people")
    assert again["person_id"] == both["person_id"]
    assert {link["sugar_id"] for link in again["links"]} == {lead, contact}

    scene.funnel.json("POST", f"{path}/apart", body)
    scene.company.set_email("Leads", lead, "own@x.example")
    scene.sync()
    scene.company.set_email("Leads", lead, "ann@x.example")
    scene.sync()
    (last,) = scene.all("people")
    assert {link["sugar_id"] for link in last["links"]} == {lead, contact}
