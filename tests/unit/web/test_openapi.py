import re
from typing import Any

import jsonschema
import pytest

from funnel.domain.sync.runs import JobStatus
from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.setup.door import ROOMS as SETUP
from funnel.web.vision.door import ROOMS as VISION
from scripts import openapi
from tests.browser.world import FULL, RUNNING, World, preflight_result
from tests.unit.web.asking import Answer, Client, signed_in

DOCUMENT = openapi.document()


def test_the_committed_document_is_what_the_code_says() -> None:
    assert openapi.DOCUMENT.read_text() == openapi.text(), "run: make openapi"


def test_every_api_route_is_in_it() -> None:
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", route.rule), route.method.lower())
        for room in (*SETUP, *MARKETING, *VISION)
        for route in room.routes
        if route.rule.startswith("/api/")
    }
    written = {(path, method) for path, found in DOCUMENT["paths"].items() for method in found}
    assert written == routes


def test_the_document_names_every_operation_once() -> None:
    ids = [one["operationId"] for path in DOCUMENT["paths"].values() for one in path.values()]
    assert len(ids) == len(set(ids))


def holds(answer: Answer, path: str, method: str) -> None:
    """Check an answer against what the document says of it."""
    operation = DOCUMENT["paths"][path][method]
    response = operation["responses"][str(answer.status)]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][str(answer.status)]
    if "content" not in response:
        assert answer.text == ""
        return
    schema: dict[str, Any] = response["content"]["application/json"]["schema"]
    whole = {**schema, "components": DOCUMENT["components"]}
    jsonschema.validate(answer.json, whole, jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/api/setup/connection", {}),
        ("/api/setup/jobs/{job_id}", {"job_id": "test-passed"}),
        ("/api/setup/jobs/{job_id}", {"job_id": "test-failed"}),
        ("/api/setup/jobs/{job_id}", {"job_id": "test-running"}),
        ("/api/setup/jobs/{job_id}", {"job_id": "nothing"}),
        ("/api/setup/runs", {}),
        ("/api/setup/runs/current", {}),
        ("/api/setup/runs/{run_id}", {"run_id": "first"}),
        ("/api/setup/errors", {}),
    ],
)
def test_what_the_setup_api_answers_is_what_the_document_says(
    world: World, path: str, values: dict[str, str]
) -> None:
    holds(signed_in(world, RUNNING).call("GET", path.format(**values)), path, "get")


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/api/app/people", {}),
        ("/api/app/people/{person_id}", {"person_id": "anneliese"}),
        ("/api/app/people/{person_id}", {"person_id": "nobody"}),
        ("/api/app/people/{person_id}/history", {"person_id": "anneliese"}),
        ("/api/app/accounts", {}),
        ("/api/app/accounts/{sugar_id}", {"sugar_id": "a1"}),
        ("/api/app/opportunities", {}),
        ("/api/app/opportunities/{sugar_id}", {"sugar_id": "o1"}),
        ("/api/app/users", {}),
        ("/api/setup/errors", {}),
        ("/api/setup/runs/current", {}),
        ("/api/setup/runs", {}),
        ("/api/setup/connection", {}),
    ],
)
def test_what_a_full_company_answers_is_what_the_document_says(
    admin: Client, path: str, values: dict[str, str]
) -> None:
    holds(admin.call("GET", path.format(**values)), path, "get")


def test_what_changes_something_answers_what_the_document_says(world: World, admin: Client) -> None:
    base = "/api/setup"
    new = {"url": "crm.example.com", "user_name": "funnel", "password": "secret"}
    started = admin.call("POST", f"{base}/connection", new)
    holds(started, f"{base}/connection", "post")
    job_id = started.json["job_id"]
    holds(
        admin.call("POST", f"{base}/connection/save", {"job_id": job_id}),
        f"{base}/connection/save",
        "post",
    )
    world.finish_job(job_id, FULL, status=JobStatus.DONE, result=preflight_result())
    saved = admin.call("POST", f"{base}/connection/save", {"job_id": job_id})
    assert saved.status == 201
    holds(saved, f"{base}/connection/save", "post")
    holds(admin.call("PATCH", f"{base}/connection", {}), f"{base}/connection", "patch")
    sync = admin.call("POST", f"{base}/sync", {"kind": "full", "modules": ["Leads"]})
    assert sync.status == 202
    holds(sync, f"{base}/sync", "post")
    cancelled = admin.call("POST", f"{base}/runs/current/cancel")
    holds(cancelled, f"{base}/runs/current/cancel", "post")
    assert cancelled.json["cancelling"] is True
    password = admin.call("POST", f"{base}/connection/password", {"password": "new"})
    holds(password, f"{base}/connection/password", "post")


def test_signing_in_answers_what_the_document_says_and_needs_no_session(world: World) -> None:
    base, asking = "/api/sign-in/{tenant}", Client(world)
    path = base.format(tenant=FULL)
    begun = asking.call("POST", path, {"user_name": "anna", "password": "s3cret"})
    holds(begun, base, "post")
    holds(asking.call("POST", f"{path}/session", begun.json), f"{base}/session", "post")
    refused = asking.call("POST", f"{path}/session", {"waiting_token": "another"})
    assert refused.json["status"] == "refused"
    holds(refused, f"{base}/session", "post")
    holds(asking.call("POST", path, {}), base, "post")
    for one in (base, f"{base}/session"):
        assert DOCUMENT["paths"][one]["post"]["security"] == []
