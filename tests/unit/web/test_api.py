import pytest

from funnel.domain.connecting.connections import PauseReason
from funnel.domain.errors import SugarUnavailable
from funnel.domain.ids import JobId, Module
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.ports.sync_messages import ContinueRun, DoJob
from tests.browser.world import EMPTY, FULL, REFUSED, RUNNING, World, preflight_result
from tests.unit.web.asking import Client, signed_in

NEW = {"url": " crm.example.com ", "user_name": "funnel", "password": "s3cr3t-word"}


def test_connecting_goes_from_test_to_the_first_sync(world: World, newcomer: Client) -> None:
    started = newcomer.call("POST", "/api/setup/connection", NEW)
    assert started.status == 202
    job_id = started.json["job_id"]
    assert world.queue.pop() == DoJob(EMPTY, JobId(job_id))
    job = world.store.job(EMPTY, JobId(job_id))
    assert job is not None
    assert job.arguments["url"] == "crm.example.com"
    kept = world.secrets.get(EMPTY, str(job.arguments["secret_ref"]))
    assert (kept.user_name, kept.password) == ("funnel", "s3cr3t-word")
    assert newcomer.get(f"/api/setup/jobs/{job_id}").json["status"] == "queued"

    world.finish_job(job_id, EMPTY, status=JobStatus.DONE, result=preflight_result())
    saved = newcomer.call("POST", "/api/setup/connection/save", {"job_id": job_id})
    assert saved.status == 201
    assert saved.json["read_only"] is True
    run = world.store.open_run(EMPTY)
    assert run is not None
    assert run.kind is RunKind.INITIAL
    assert world.queue.pop() == ContinueRun(EMPTY, run.run_id)


def test_the_password_is_in_no_answer_no_table_and_no_queue(
    world: World, newcomer: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    job_id = newcomer.call("POST", "/api/setup/connection", NEW).json["job_id"]
    world.finish_job(job_id, EMPTY, status=JobStatus.DONE, result=preflight_result())
    answers = [
        newcomer.get(f"/api/setup/jobs/{job_id}"),
        newcomer.get(f"/setup/jobs/{job_id}"),
        newcomer.call("POST", "/api/setup/connection/save", {"job_id": job_id}),
        newcomer.get("/setup/connection"),
        newcomer.get("/api/setup/connection"),
        newcomer.send("/setup/connect", url="", user_name="u", password="s3cr3t-word"),
    ]
    told = "".join(f"{a.text}{a.headers}{a.cookies}" for a in answers)
    told += repr(vars(world.store)) + repr(vars(world.queue)) + "".join(capsys.readouterr())
    assert "s3cr3t-word" not in told


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**NEW, "url": "  "}, "url"),
        ({**NEW, "user_name": ""}, "user_name"),
        ({**NEW, "password": ""}, "password"),
        ({**NEW, "url": "x" * 2001}, "url"),
        ({**NEW, "url": 5}, "url"),
        ({"url": "x", "user_name": "y"}, "password"),
        ({**NEW, "more": 1}, "more"),
        ([], ""),
    ],
)
def test_bad_input_says_which_field_is_wrong(newcomer: Client, body: object, field: str) -> None:
    answer = newcomer.call("POST", "/api/setup/connection", body)
    assert answer.status == 400
    assert answer.json["error"]["field"] == field
    assert answer.json["error"]["text"]


def test_a_body_that_is_no_json_is_refused(newcomer: Client) -> None:
    answer = newcomer.ask(
        "POST", "/api/setup/sync", b"{", content_type="application/json",
        sec_fetch_site="same-origin",
    )  # fmt: skip
    assert (answer.status, answer.json["error"]["code"]) == (400, "InputInvalid")


@pytest.mark.parametrize(("job", "status"), [("test-running", 409), ("test-missing", 400),
                                             ("test-failed", 400), ("none", 404)])  # fmt: skip
def test_what_did_not_pass_its_test_is_not_saved(
    world: World, newcomer: Client, job: str, status: int
) -> None:
    answer = newcomer.call("POST", "/api/setup/connection/save", {"job_id": job})
    assert answer.status == status
    assert world.store.connection(EMPTY) is None


def test_saving_twice_changes_nothing(world: World, newcomer: Client) -> None:
    body = {"job_id": "test-passed"}
    newcomer.call("POST", "/api/setup/connection/save", body)
    first = world.store.connection(EMPTY)
    assert newcomer.call("POST", "/api/setup/connection/save", body).status == 201
    assert world.store.connection(EMPTY) == first


def test_another_sugar_starts_from_nothing_and_signs_everybody_out(
    world: World, admin: Client
) -> None:
    job_id = admin.call("POST", "/api/setup/connection", NEW).json["job_id"]
    result = preflight_result()
    result["endpoint"] = {**result["endpoint"], "site_url": "https://other.example"}  # type: ignore[dict-item]
    world.finish_job(job_id, FULL, status=JobStatus.DONE, result=result)
    before = world.store.connection(FULL)
    assert admin.call("POST", "/api/setup/connection/save", {"job_id": job_id}).status == 201
    after = world.store.connection(FULL)
    assert before is not None
    assert after is not None
    assert after.synced_until == {}
    assert after.connection_id != before.connection_id
    assert admin.get("/api/setup/connection").status == 401


def test_the_same_sugar_with_another_user_goes_on_where_it_was(world: World, admin: Client) -> None:
    before = world.store.connection(FULL)
    job_id = admin.call("POST", "/api/setup/connection", NEW).json["job_id"]
    world.finish_job(job_id, FULL, status=JobStatus.DONE, result=preflight_result())
    admin.call("POST", "/api/setup/connection/save", {"job_id": job_id})
    after = world.store.connection(FULL)
    assert before is not None
    assert after is not None
    assert after.synced_until == before.synced_until
    assert after.conditions == before.conditions
    assert after.credential_version == before.credential_version + 1
    assert admin.get("/api/setup/connection").status == 200


def test_without_a_connection_there_is_nothing_to_sync(newcomer: Client) -> None:
    assert newcomer.get("/api/setup/connection").status == 404
    assert newcomer.call("POST", "/api/setup/sync").status == 404
    assert newcomer.get("/api/setup/runs/current").status == 204


def test_settings_change_only_what_the_body_names(world: World, admin: Client) -> None:
    before = admin.get("/api/setup/connection").json
    wish = {"read_only": False, "confirmed": True}
    answer = admin.call("PATCH", "/api/setup/connection", wish)
    assert answer.status == 200
    assert answer.json == {**before, "read_only": False}


def test_quiet_hours_are_set_and_ended(admin: Client) -> None:
    path, hours = "/api/setup/connection", {"start": "23:00", "end": "05:15"}
    assert admin.call("PATCH", path, {"quiet_hours": hours}).json["quiet_hours"] == hours
    assert admin.call("PATCH", path, {"quiet_hours": None}).json["quiet_hours"] is None
    bad = admin.call("PATCH", path, {"quiet_hours": {"start": "25:00", "end": "05:15"}})
    assert (bad.status, bad.json["error"]["field"]) == (400, "quiet_hours.start")


def test_a_changed_filter_has_its_module_read_whole(world: World, admin: Client) -> None:
    condition = {"field": "industry", "operator": "is", "values": ["Energy", "Retail"]}
    answer = admin.call("PATCH", "/api/setup/connection", {"conditions": {"Accounts": [condition]}})
    assert answer.json["conditions"]["Accounts"] == [condition]
    assert len(answer.json["conditions"]["Leads"]) == 2
    connection = world.store.connection(FULL)
    assert connection is not None
    assert Module.ACCOUNTS not in connection.synced_until
    assert connection.generations == {Module.ACCOUNTS: 1}
    again = admin.call("PATCH", "/api/setup/connection", {"conditions": {"Accounts": [condition]}})
    assert again.status == 200
    assert world.store.connection(FULL) == connection


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "industry' or 1=1", "operator": "is", "values": ["x"]},
        {"field": "industry", "operator": "is", "values": []},
        {"field": "industry", "operator": "is empty", "values": ["x"]},
        {"field": "industry", "operator": "like", "values": ["x"]},
        {"field": "industry", "operator": "is", "values": ["x" * 256]},
        {"field": "industry", "operator": "is", "values": [""]},
        {"field": "industry", "operator": "is", "values": ["x"] * 101},
    ],
)
def test_a_bad_filter_is_refused(admin: Client, condition: dict[str, object]) -> None:
    body = {"conditions": {"Accounts": [condition]}}
    assert admin.call("PATCH", "/api/setup/connection", body).status == 400


@pytest.mark.parametrize(
    "body",
    [
        {"requests_per_second": 0},
        {"requests_per_second": 21},
        {"requests_per_second": 10**400},
        {"modules": []},
        {"modules": ["Notes"]},
        {"paused": "yes"},
        {"conditions": []},
        {"read_only": None},
        {"tenant": "other"},
    ],
)
def test_a_bad_setting_is_refused(admin: Client, body: dict[str, object]) -> None:
    before = admin.get("/api/setup/connection").json
    assert admin.call("PATCH", "/api/setup/connection", body).status == 400
    assert admin.get("/api/setup/connection").json == before


def test_users_are_always_pulled(admin: Client) -> None:
    answer = admin.call("PATCH", "/api/setup/connection", {"modules": ["Leads"]})
    assert answer.json["modules"] == ["Users", "Leads"]


def test_pausing_stops_syncs_and_resuming_lets_them_go_on(world: World, admin: Client) -> None:
    path = "/api/setup/connection"
    assert admin.call("PATCH", path, {"paused": True}).json["pause"]["by"] == "Ada Brandt"
    refused = admin.call("POST", "/api/setup/sync")
    assert (refused.status, refused.json["error"]["code"]) == (409, "ConnectionPaused")
    assert admin.call("PATCH", path, {"paused": False}).json["pause"] is None
    assert admin.call("POST", "/api/setup/sync").status == 202


def test_a_refused_password_is_not_resumed_with_the_same_one(world: World) -> None:
    admin = signed_in(world, REFUSED)
    answer = admin.call("PATCH", "/api/setup/connection", {"paused": False})
    assert answer.status == 409
    assert "password" in answer.json["error"]["mend"]
    connection = world.store.connection(REFUSED)
    assert connection is not None
    assert connection.pause is not None
    assert connection.pause.reason is PauseReason.SIGN_IN_REFUSED


def test_sync_starts_a_run_and_a_second_one_waits_for_it(world: World, admin: Client) -> None:
    first = admin.call("POST", "/api/setup/sync", {"kind": "full", "modules": ["Leads"]})
    assert first.status == 202
    assert (first.json["kind"], [m["module"] for m in first.json["modules"]]) == ("full", ["Leads"])
    second = admin.call("POST", "/api/setup/sync", {"kind": "incremental"})
    assert second.json["run_id"] == first.json["run_id"]
    assert second.json["queued_again"] is True


@pytest.mark.parametrize("body", [{"kind": "all"}, {"modules": ["Notes"]}, {"modules": "Leads"}])
def test_a_sync_of_what_there_is_not_is_refused(admin: Client, body: dict[str, object]) -> None:
    assert admin.call("POST", "/api/setup/sync", body).status == 400


def test_the_current_run_tells_how_far_it_is(world: World) -> None:
    run = signed_in(world, RUNNING).get("/api/setup/runs/current").json
    assert (run["done"], run["expected"]) == (2224, 6306)
    assert run["rate"] == pytest.approx(2224 / 24, rel=0.01)
    assert run["seconds_left"] == pytest.approx((6306 - 2224) / (2224 / 24), rel=0.01)
    assert run["modules"][2] == {
        "module": "Leads", "status": "reading", "done": 1400, "expected": 3204,
        "share": pytest.approx(1400 / 3204), "changed": 1400, "deleted": 0, "held": 0,
        "requests": 0, "note": None,
    }  # fmt: skip


def test_an_unexpected_error_tells_a_reference_and_nothing_else(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("password=hunter2 in table funnel-prod")

    monkeypatch.setattr(world.store, "runs", broken)
    answer = admin.get("/api/setup/runs")
    assert answer.status == 500
    assert answer.json["error"]["code"] == "Unexpected"
    assert "hunter2" not in answer.text
    page = admin.get("/setup/sync")
    assert page.status == 500
    assert "hunter2" not in page.text
    assert "reference" in page.text


def test_a_passing_error_is_503(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise SugarUnavailable("Sugar did not answer.")

    monkeypatch.setattr(world.store, "runs", busy)
    assert admin.get("/api/setup/runs").status == 503


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=AMELIE%20MUL", ["Amélie Müller"]),
        ("?q=einkauf@Bergmann-soehne.example%20", ["Anneliese Bergmann"]),
        ("?q=nobody@example.com", []),
        ("?q=zzz", []),
    ],
)
def test_people_are_found_by_name_or_address(admin: Client, query: str, names: list[str]) -> None:
    found = admin.get(f"/api/app/people{query}").json["items"]
    assert [one["name"] for one in found] == names


def test_pages_of_people_cover_everybody_once(admin: Client) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = admin.get(f"/api/app/people?cursor={cursor}").json
        seen += [one["person_id"] for one in page["items"]]
        cursor = page["cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 61


def test_a_person_tells_each_link_with_its_own_owner(admin: Client) -> None:
    one = admin.get("/api/app/people/anneliese").json
    assert one["shared"] is True
    assert [(ln["module"], ln["owner"]["name"]) for ln in one["links"]] == [
        ("Contacts", "Jonas Weiß"),
        ("Leads", "Max Delacroix-Montgomery"),
    ]
    assert one["links"][1]["url"] == (
        "https://crm.nordwind.example/index.php?module=Leads&action=DetailView&record=shared-l"
    )


def test_the_history_of_a_foreign_record_is_not_told(admin: Client) -> None:
    assert admin.get("/api/app/people/anneliese/history?of=Leads/p0").status == 404
    assert admin.get("/api/app/people/anneliese/history?of=Leads/shared-l").status == 200


def test_held_and_deleted_records_are_not_shown(admin: Client) -> None:
    assert admin.get("/api/app/accounts/none").status == 404
    assert admin.get("/api/app/opportunities/a1").status == 404


def test_an_unknown_api_path_answers_in_the_same_form(admin: Client) -> None:
    answer = admin.get("/api/app/nothing")
    assert (answer.status, answer.json["error"]["code"]) == (404, "NotFound")


def test_a_test_saved_while_an_admin_paused_sync_is_kept_and_starts_nothing(
    world: World, admin: Client
) -> None:
    admin.call("PATCH", "/api/setup/connection", {"paused": True})
    job_id = admin.call("POST", "/api/setup/connection", NEW).json["job_id"]
    world.finish_job(job_id, FULL, status=JobStatus.DONE, result=preflight_result())
    saved = admin.call("POST", "/api/setup/connection/save", {"job_id": job_id})
    assert (saved.status, saved.json["pause"]["reason"]) == (201, "admin")
    assert world.store.open_run(FULL) is None
