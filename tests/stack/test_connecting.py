"""Connecting a Sugar: any pasted address, the pre-flight, a changed password, no secret told."""

from typing import TYPE_CHECKING

import pytest

from tests.stack.scene import API_USER, Scene, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

PASTED = (
    "/soap.php?wsdl",
    "/service/v2/soap.php?wsdl",
    "/service/v4_1/soap.php?wsdl",
    "/service/v4_1/rest.php",
    "/rest/v10",
    "/index.php?module=Home&action=index",
    "/",
    "",
)


@pytest.mark.feature("A1")
def test_whatever_address_is_pasted_the_best_endpoint_and_the_product_are_found(
    scene: Scene,
) -> None:
    pasted = [scene.sugar.url + path for path in PASTED]
    jobs = [scene.start_test(url) for url in (*pasted, scene.sugar.url.removeprefix("http://"))]
    for job in map(scene.job, jobs):
        assert job["status"] == "done", job
        found = job["result"]["endpoint"]
        assert found["url"] == scene.sugar.endpoint("v4_1")
        assert found["site_url"] == scene.sugar.url
        assert (found["product"], found["version"]) == ("SuiteCRM", "6.5.25")
        assert found["own_version"] == "7.14.6"
        assert found["cannot"] == []
        assert "not encrypted" in found["warnings"][0]


@pytest.mark.feature("A1")
def test_an_old_sugar_says_what_it_cannot_do_and_syncs(stack: "Stack") -> None:
    with new_scene(stack, "Sugar 5", "sugarce", ["soap.php"]) as scene:
        lead = scene.company.create("Leads", last_name="Kühn & Söhne", email1="k@x.example")
        found = scene.tested(scene.sugar.url + "/soap.php?wsdl")["endpoint"]
        assert (found["dialect"], found["product"]) == ("soap.php", "SugarCRM")
        assert "Target List" in found["cannot"][0]
        assert scene.connect()["status"] == "done"
        assert scene.people_by_link()[lead]["name"] == "Kühn & Söhne"


REST_PASTED = ("/rest/v10", "/rest/v11_20/Leads", "/service/v4_1/soap.php?wsdl", "/#Leads", "")


@pytest.mark.feature("A1")
def test_a_new_sugar_is_found_over_rest_says_that_this_is_unproven_and_syncs(
    stack: "Stack",
) -> None:
    with new_scene(stack, "Sugar 13", "sugar") as scene:
        lead = scene.company.create("Leads", last_name="Kühn & Söhne", email1="k@x.example")
        for job in map(scene.job, [scene.start_test(scene.sugar.url + one) for one in REST_PASTED]):
            found = job["result"]["endpoint"]
            assert found["url"] == scene.sugar.endpoint("rest/v11")
            assert (found["dialect"], found["version"]) == ("rest/v11", "13.0.2")
            assert (found["product"], found["edition"]) == ("SugarCRM", "ENT")
            assert any("unproven on a live Sugar" in one for one in found["warnings"])
        scene.sugar.log.clear()
        assert scene.connect()["status"] == "done"
        scene.first_round()
        assert scene.people_by_link()[lead]["name"] == "Kühn & Söhne"
        later = scene.company.create("Leads", last_name="Later")
        scene.company.update("Leads", lead, last_name="Changed")
        scene.sugar.rest.tokens.end_access()
        run = scene.ended(scene.funnel.start_sync("incremental")["run_id"])
        assert run["status"] == "done"
        people = scene.people_by_link()
        assert (people[lead]["name"], people[later]["name"]) == ("Changed", "Later")
        # One of the test before it was saved, one of all workers since.
        assert scene.sugar.log.methods["oauth2/token password"] == 2
        assert scene.sugar.log.methods["oauth2/token refresh_token"] == 1


@pytest.mark.feature("A1")
def test_a_sugar_that_does_not_know_our_platform_is_told_with_where_to_register_it(
    stack: "Stack",
) -> None:
    with new_scene(stack, "Strict Sugar", "sugar") as scene:
        scene.sugar.rest.service.platforms.discard("funnel")
        job = scene.job(scene.start_test())
        assert job["status"] == "failed"
        assert job["error"]["code"] == "NoRight"
        assert "Configure API Platforms" in job["error"]["mend"]


@pytest.mark.feature("A2")
def test_the_preflight_names_each_missing_right_and_leaves_nothing_behind(scene: Scene) -> None:
    before = {m: scene.company.ids(m, deleted=-1) for m in ("Leads", "Contacts", "Tasks")}
    whole = scene.tested()
    assert (whole["ok"], whole["missing"]) == (True, [])
    assert {right["module"] for right in whole["rights"]} == {
        *("Accounts", "Campaigns", "Contacts", "Leads", "ProspectLists", "Tasks"),
        *("Users", "Opportunities", "Prospects"),
    }
    restricted = scene.tested(user="restricted")
    assert restricted["ok"] is False
    assert restricted["missing"] == [
        "The user may not read Accounts.",
        "The user may not write Contacts.",
        "The user may not read Leads.",
        "The user may not write Leads.",
    ]
    refused = next(r for r in restricted["rights"] if r["module"] == "Accounts")
    assert "List" in refused["note"]
    assert before == {m: scene.company.ids(m, deleted=-1) for m in before}
    assert len(scene.sugar.sugar.sessions) == 0
    job_id = scene.start_test(user="restricted")
    scene.job(job_id)
    refusal = scene.funnel.call("POST", "/api/setup/connection/save", {"job_id": job_id})
    assert (refusal.status_code, refusal.json()["error"]["code"]) == (400, "InputInvalid")
    assert scene.funnel.connection() is None


@pytest.mark.feature("A2")
def test_where_an_endpoint_cannot_tell_a_right_the_preflight_says_so(stack: "Stack") -> None:
    with new_scene(stack, "Version 2", "sugarce", ["v2"]) as scene:
        rights = {r["module"]: r for r in scene.tested(user="owneronly")["rights"]}
    assert (rights["Accounts"]["read"], rights["Accounts"]["write"]) == ("yes", "unknown")
    assert "cannot tell" in rights["Accounts"]["note"]


@pytest.mark.feature("A3")
def test_a_changed_password_pauses_after_one_refusal_and_the_right_one_goes_on(
    connected: Scene,
) -> None:
    scene = connected
    scene.first_round()

    def logins() -> int:
        return scene.sugar.log.methods.get("login", 0)

    lead = scene.company.create("Leads", last_name="Meanwhile")
    scene.company.set_password(API_USER, "changed in Sugar")
    # A session that is kept goes on until Sugar ends it, or nobody used it for ten minutes.
    scene.sugar.sugar.sessions.expire_all()
    scene.sugar.log.clear()
    run = scene.ended(scene.funnel.start_sync("incremental")["run_id"])
    assert (run["status"], run["note"]["code"]) == ("paused", "SignInRefused")
    assert run["note"]["text"]
    assert run["note"]["mend"]
    assert logins() == 1
    assert scene.hourly() is None
    refused = scene.funnel.call("POST", "/api/setup/sync", {"kind": "full"})
    assert refused.status_code == 409
    assert "refused the user name or password" in refused.json()["error"]["text"]
    state = scene.funnel.connection()
    assert state is not None
    assert state["pause"]["reason"] == "sign-in refused"
    assert logins() == 1

    wrong = scene.new_password("wrong again")
    assert (wrong["status"], wrong["error"]["code"]) == ("failed", "SignInRefused")
    assert logins() == 2

    assert scene.new_password("changed in Sugar")["status"] == "done"
    gone_on = scene.ended(run["run_id"])
    assert gone_on["status"] == "done"
    assert scene.runs()[0]["run_id"] == run["run_id"]
    assert lead in scene.people_by_link()
