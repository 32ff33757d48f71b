"""The tokens that Sugar's REST gives, looked for wherever the product writes something down.

Sugar's own answers quote them here, as a server or what stands before it may.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.adapters.sugar import SugarConnector
from local.sugar.rest.call import RestCall
from local.sugar.rest.errors import RestError
from local.sugar.rest.tokens import Grant
from local.sugar.settings import Product
from local.sugar.simulator import SugarSimulator
from local.sugar.web.trouble import Trouble
from tests.unit.web.canaries import PASSWORD, Watched, begin, places, spellings, watching

BY_PASSWORD, BY_REFRESH = "oauth2/token password", "oauth2/token refresh_token"


@pytest.fixture
def watched() -> Iterator[Watched]:
    with watching() as one:
        one.world.clock.set(datetime.now(UTC))
        connector = SugarConnector(clock=one.world.clock, allow=["127.0.0.1"])
        one.world.app = replace(one.world.app, crm=connector)
        yield one


@pytest.fixture
def sugar() -> Iterator[SugarSimulator]:
    with SugarSimulator(Product.SUGAR) as running:
        yield running


@pytest.fixture
def given(sugar: SugarSimulator, monkeypatch: pytest.MonkeyPatch) -> list[Grant]:
    """Each grant, in order."""
    found: list[Grant] = []
    tokens = sugar.rest.tokens
    give = tokens.give

    def noted(user: str, platform: str) -> Grant:
        found.append(give(user, platform))
        return found[-1]

    monkeypatch.setattr(tokens, "give", noted)
    return found


@contextmanager
def quoting(sugar: SugarSimulator, name: str, label: str) -> Iterator[None]:
    """The server refuses such calls, and repeats in its message what it was sent."""
    service = sugar.rest.service
    answer = service.answer

    def refuse(call: RestCall) -> object:
        if call.name != name:
            return answer(call)
        sent = call.arguments.get("refresh_token") or call.arguments.get("password") or ""
        raise RestError(422, label, f"Not good: token {call.token} {sent}!")

    service.answer = refuse  # type: ignore[method-assign]
    yield
    service.answer = answer  # type: ignore[method-assign]


def connect(watched: Watched, url: str) -> None:
    """As an admin does, with the first sync."""
    begun = preflight(watched, url)
    saved = watched.call("POST", "/api/setup/connection/save", {"job_id": begun})
    assert saved.status == 201, saved.text
    watched.work()


def preflight(watched: Watched, url: str) -> str:
    """A test of a connection to its end; the job's id."""
    body = {"url": url, "user_name": "admin", "password": PASSWORD}
    begun = watched.call("POST", "/api/setup/connection", body)
    assert begun.status == 202, begun.text
    watched.work()
    job = str(begun.json["job_id"])
    for path in (f"/api/setup/jobs/{job}", f"/setup/jobs/{job}"):
        assert watched.ask("GET", path).status == 200
    return job


def sync(watched: Watched, kind: str = "full") -> set[str]:
    """A run as far as it comes, looked at; how its modules stand."""
    begun = watched.call("POST", "/api/setup/sync", {"kind": kind})
    assert begun.status == 202, begun.text
    watched.work()
    for path in ("/setup/sync", "/setup/errors", "/setup/connection", "/api/setup/connection"):
        assert watched.ask("GET", path).status == 200
    run = watched.ask("GET", "/api/setup/runs").json["items"][0]
    return {module["status"] for module in run["modules"]}


def sign_in(watched: Watched) -> None:
    """A person, with Sugar."""
    keep, watched.session = watched.session, ""
    page = f"/sign-in/{watched.tenant}"
    answer = watched.send(page, user_name="owneronly", password="owneronly")
    cookie = "; ".join(one.partition(";")[0] for one in answer.cookies)
    watched.work()
    for path in ("/waiting/live", "/waiting"):
        watched.ask("GET", page + path, cookie=cookie)
    watched.session = keep


def whole_life(watched: Watched, sugar: SugarSimulator) -> None:
    """A token is given, shared, renewed, lost and given anew."""
    sugar.company.create("Leads", last_name="Kühn", email1="k@example.test")
    connect(watched, sugar.url)
    sign_in(watched)
    assert sync(watched) == {"done"}
    sugar.rest.tokens.end_access()
    assert sync(watched) == {"done"}
    sugar.rest.tokens.expire_all()
    assert sync(watched) == {"done"}


def trouble(watched: Watched, sugar: SugarSimulator) -> None:
    """Answers that are broken, and such as quote what was sent."""
    with quoting(sugar, "filter/count", "invalid_parameter"):
        assert "failed" in sync(watched)
    sugar.rest.tokens.end_access()
    with quoting(sugar, BY_REFRESH, "invalid_request"):
        assert sync(watched) == {"done"}
    with quoting(sugar, BY_PASSWORD, "invalid_client"):
        preflight(watched, sugar.url)
        sugar.rest.tokens.expire_all()
        assert "failed" in sync(watched)
    for kind in ("cut", "html", "invalid_xml", "control"):
        sugar.rest.tokens.end_access()
        sugar.troubles.add(Trouble(kind, methods=(BY_REFRESH,)))
        sync(watched)
        watched.work_through()


@pytest.mark.feature("A4")
def test_no_token_of_sugars_rest_is_in_a_log_a_table_a_queue_or_an_answer(
    watched: Watched, sugar: SugarSimulator, given: list[Grant]
) -> None:
    sugar.company.set_password("1", PASSWORD)
    begin(watched)
    for flow in (whole_life, trouble):
        flow(watched, sugar)
    secrets = {PASSWORD: "the password"}
    secrets |= {one.access: "an access token" for one in given}
    secrets |= {one.refresh: "what renews a token" for one in given}
    told = list(places(watched))
    astray = {
        f"{what} is in {place}"
        for place, text in told
        for secret, what in secrets.items()
        if any(one in text for one in spellings(secret))
    }
    assert not astray, "\n".join(sorted(astray))
    # All of it came to pass: tokens were given and renewed, kept where they belong, and quoted.
    assert sugar.log.methods[BY_PASSWORD] > 3
    assert sugar.log.methods[BY_REFRESH] > 3
    (kept,) = watched.world.secrets._tokens.values()
    assert kept.access in {one.access for one in given}
    assert any("token … " in text for _, text in told)
