"""A person goes from Funnel to Sugar: looked at first, made once, with a task, and without an echo."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from local.stack.errors import StackError
from tests.stack.scene import Json, Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

ADA = "ada@x.example"
CALL = {"kind": "Call", "subject": "Say hello", "due_at": "2027-01-11T09:30", "priority": "High"}


@pytest.fixture(params=["suitecrm", "sugarce", "sugar"])
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A tenant connected to each product, over SOAP and REST, that may be written to."""
    with new_scene(stack, request.node.name[:100], request.param) as made:
        assert made.connect()["status"] == "done"
        made.settings(read_only=False)
        yield made


def new_person(scene: Scene, email: str = ADA, **fields: str) -> str:
    """Somebody made here."""
    told = {"first_name": "Ada", "last_name": "Byron", "company": "Acme", **fields}
    given = {name: value for name, value in told.items() if value}
    wish = {"email": email, "fields": given, "key": email}
    return str(scene.funnel.json("POST", "/api/app/people", wish)["person_id"])


def push(scene: Scene, person_id: str, wish: Json | None = None, key: str = "k1") -> str:
    """Ask for a push; its id."""
    asked = {"module": "Contacts", "key": key, **(wish or {})}
    answer = scene.funnel.json("POST", f"/api/app/people/{person_id}/push", asked)
    return str(answer["push_id"])


def ended(scene: Scene, push_id: str) -> Json:
    """A push, once it is no longer under way."""
    path = f"/api/app/pushes/{push_id}"
    eventually("the push ends", lambda: scene.funnel.json("GET", path)["state"] != "due")
    found: Json = scene.funnel.json("GET", path)
    return found


def counts(scene: Scene) -> dict[str, int]:
    """Live records in Sugar by module."""
    modules = ("Accounts", "Leads", "Contacts", "Tasks")
    return {module: len(scene.company.ids(module)) for module in modules}


@pytest.mark.feature("C3")
@pytest.mark.feature("C5")
@pytest.mark.feature("C8")
@pytest.mark.feature("C10")
def test_a_person_is_looked_at_first_and_then_made_once_with_a_task(scene: Scene) -> None:
    person_id, owner = new_person(scene), str(scene.all("users")[0]["sugar_id"])
    wish: Json = {"owner_id": owner, "lead_source": "Web Site", "task": CALL}
    before = counts(scene)
    look = f"/api/app/people/{person_id}/push/look"
    asked = {"module": "Contacts", "key": "k1", **wish}
    job_id = scene.funnel.json("POST", look, asked)["job_id"]
    path = f"{look}/{job_id}"
    eventually("the look ends", lambda: scene.funnel.json("GET", path)["status"] == "done")
    plan = scene.funnel.json("GET", path)["plan"]
    assert [(step["deed"], step["module"]) for step in plan["steps"]] == [
        ("create", "Accounts"),
        ("create", "Contacts"),
        ("create", "Tasks"),
    ]
    assert counts(scene) == before

    done = ended(scene, push(scene, person_id, wish))
    assert (done["state"], done["note"]) == ("done", None)
    assert [step["sugar_id"] for step in done["steps"]] == [s["sugar_id"] for s in plan["steps"]]
    account, contact, task = (step["sugar_id"] for step in done["steps"])
    assert counts(scene) == {**before, "Accounts": 1, "Contacts": 1, "Tasks": 1}
    made = scene.company.get("Contacts", contact) or {}
    assert (made["last_name"], made["lead_source"], made["assigned_user_id"]) == (
        "Byron",
        "Web Site",
        owner,
    )
    assert scene.company.linked("Accounts", account, "contacts") == [contact]
    assert [one.email for one in scene.company.emails("Contacts", contact)] == [ADA]
    about = scene.company.get("Tasks", task) or {}
    assert (about["name"], about["date_due"]) == ("Call: Say hello", "2027-01-11 09:30:00")
    assert (about["parent_type"], about["parent_id"]) == ("Contacts", contact)

    push(scene, person_id, wish)
    again = ended(scene, push(scene, person_id, key="k2"))
    assert [step["deed"] for step in again["steps"]] == ["keep"]
    assert counts(scene) == {**before, "Accounts": 1, "Contacts": 1, "Tasks": 1}
    (link,) = scene.person(person_id)["links"]
    assert (link["module"], link["sugar_id"]) == ("Contacts", contact)


@pytest.mark.feature("C9")
@pytest.mark.feature("C11")
def test_an_edit_goes_up_and_neither_it_nor_a_new_record_comes_back_as_a_change(
    scene: Scene,
) -> None:
    person_id = new_person(scene)
    (step,) = ended(scene, push(scene, person_id, {"module": "Leads"}))["steps"]
    lead = step["sugar_id"]
    assert scene.sync("full")["changed"] == 0

    edit = {"fields": {"title": "Countess"}}
    scene.funnel.json("PATCH", f"/api/app/people/{person_id}", edit)
    eventually(
        "Sugar has the edit",
        lambda: (scene.company.get("Leads", lead) or {})["title"] == "Countess",
    )
    log = f"/api/app/people/{person_id}/pushes"
    eventually(
        "it was read back",
        lambda: {one["state"] for one in scene.funnel.json("GET", log)["items"]} == {"done"},
    )
    assert scene.sync("full")["changed"] == 0
    history = scene.funnel.json("GET", f"/api/app/people/{person_id}/history?of=Leads/{lead}")
    assert [(e["kind"], e["side"]) for e in history["items"]] == [
        ("told", "Funnel"),
        ("added", "Funnel"),
    ]
    assert scene.errors() == []


@pytest.mark.feature("C7")
def test_a_person_without_company_is_in_the_report_until_there_is_a_default(scene: Scene) -> None:
    person_id = new_person(scene, company="")
    failed = ended(scene, push(scene, person_id, {"module": "Leads"}))
    assert (failed["state"], failed["obstacle"]["field"]) == ("failed", "company")
    (group,) = scene.errors()
    assert [error["code"] for error in group["own"]] == ["PushMissesField"]
    assert counts(scene)["Leads"] == 0

    scene.settings(default_company="Unknown")
    scene.funnel.json("POST", "/api/setup/errors/try-again", {})
    eventually("the Lead is there", lambda: counts(scene)["Leads"] == 1)
    (lead,) = scene.company.ids("Leads")
    assert (scene.company.get("Leads", lead) or {})["account_name"] == "Unknown"
    eventually("the report is empty", lambda: scene.errors() == [])


@pytest.mark.feature("C3")
def test_whoever_is_in_sugar_by_a_second_address_is_not_made_again(scene: Scene) -> None:
    there = scene.company.create("Leads", last_name="Byron", email1="main@x.example")
    scene.company.add_email("Leads", there, ADA)
    done = ended(scene, push(scene, new_person(scene)))
    assert done["steps"][0]["sugar_id"] == there
    assert counts(scene)["Leads"] + counts(scene)["Contacts"] == 1


def test_what_cannot_be_asked_for_is_refused_at_once(scene: Scene) -> None:
    person_id = new_person(scene)
    for wrong in ({"module": "Accounts"}, {"owner_id": "nobody"}, {"lead_source": "Nonsense"}):
        with pytest.raises(StackError):
            push(scene, person_id, wrong)
