"""Every route of every door, asked by one tenant for what is another's.

Made from the rooms of the doors: a new route is asked without anybody thinking of it, and one whose
path names what is not told here fails.
"""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from funnel.domain.ids import TenantId
from funnel.web.asked import Asked
from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.room import Room, Route
from funnel.web.sessions import form_token
from funnel.web.setup.door import ROOMS as SETUP
from scripts.json_schema import Schemas
from tests.browser import broadcasts
from tests.browser.campaigns import QUIET, WEBINAR, WELCOME
from tests.browser.companies import key_of
from tests.browser.emails import NEWS, OFFER
from tests.browser.forms import QUOTE
from tests.browser.mails import READ, UNSURE
from tests.browser.segments import OVERLAY, READY, VIPS
from tests.browser.tracking import BLOG, SHOP
from tests.browser.world import World, make_world
from tests.routes.two_tenants import STRANGER, TWIN, VICTIM, jobs_asked_for, rows_of, worlds
from tests.unit.web.asking import HOST, Answer, Client

pytestmark = pytest.mark.feature("G3")

JOBS = (*jobs_asked_for(), "preview", "look", "reading", "import-look", "import-done", "export-done", "erasure-done",
        "found", "found-put", broadcasts.DRAFT)  # fmt: skip
WALKS = tuple(walk[2] for walk in itertools.islice(make_world().store.walks, 2))
KEYS = tuple(one.key_id for one in make_world().store.api_keys(VICTIM))
OF = {
    "person_id": ("anneliese", "person-0"),
    "job_id": JOBS,
    "run_id": ("run-0",),
    "push_id": ("done", "failed"),
    "campaign_id": (WELCOME, WEBINAR, QUIET),
    "step_id": ("s2", "s6"),
    "enrolment_id": WALKS,
    "email_id": (NEWS, OFFER),
    "form_id": (QUOTE,),
    "place": ("2026-11-24T08:42:00.000000+00:00#1-first",),
    "broadcast_id": (broadcasts.DRAFT, broadcasts.SENDING, broadcasts.SENT),
    "mail_id": (READ, UNSURE),
    "overlay_id": (OVERLAY,),
    "rule_id": ("webinar", "again"),
    "activity_id": ("2026-11-24T10:42:00.000000+00:00#form-0", "form-0"),
    "key_id": KEYS,
    "domain": ("nordwind-logistik.example",),
    "list_id": (VIPS, READY, "fair", "status-new"),
    "sugar_id": ("a1", "o1", "will", "p0"),
    "subject": ("person",),
    "name": ("custom_region",),
    "module": ("Leads", "Accounts"),
    "setting": ("sync", "filters"),
    "key": (SHOP, BLOG, key_of("Harbour Cranes AS")),
}
"""What the parts of a path name: ids that the victim has. A route with another name has to tell here
what it takes."""
FIELDS = {
    "person": OF["person_id"], "people": OF["person_id"], "was": OF["person_id"],
    "list": OF["list_id"], "lists": OF["list_id"], "segment": (READY,), "minus": OF["list_id"],
    "email": OF["email_id"], "form": OF["form_id"], "site": (SHOP,), "right": OF["rule_id"],
    "job": JOBS, "job_id": JOBS, "owner": ("sarah", "will"), "owners": ("sarah",),
    "owner_id": ("sarah",), "root": ("Leads/p0", "Accounts/0dcf1400"), "of": ("Leads/p0",),
    "link": ("Leads/shared-l", "Leads/p0"), "place": OF["place"], "record": ("Leads/p0",),
    "step": OF["step_id"], "after": OF["step_id"], "whose": ("sarah", "team"),
    "key": ("k1",), "rule": OF["rule_id"], "mail": OF["mail_id"],
}  # fmt: skip
"""What a query, a form or a body calls an id by."""
SPRAYED = ("anneliese", VIPS, NEWS, WELCOME, "1")
"""What all other fields are filled with, each in its turn."""


def of_rooms(rooms: tuple[Room, ...]) -> list[list[Route]]:
    """The routes of each room that ask for a session."""
    found = [[one for one in room.routes if one.needs is not None] for room in rooms]
    return [routes for routes in found if routes]


def name_of(routes: list[Route]) -> str:
    return f"{routes[0].method} {routes[0].rule}"


GUARDED = of_rooms((*SETUP, *MARKETING))


def values_of(route: Route, name: str) -> tuple[str, ...]:
    """What a part of this route's path may be."""
    assert name in OF, f"say in OF what <{name}> of {route.rule} is"
    return OF[name]


def paths_of(route: Route, most: int = 12) -> Iterator[str]:
    """Addresses of a route with ids that the victim has, the likely ones first."""
    names = re.findall(r"<(\w+)>", route.rule)
    for values in itertools.islice(
        itertools.product(*(values_of(route, name) for name in names)), most
    ):
        path = route.rule
        for name, value in zip(names, values, strict=True):
            path = path.replace(f"<{name}>", quote(value, safe=""))
        yield path


@dataclass
class Both:
    """One tenant's browser, in the world with the victim and in that without."""

    tenant: TenantId
    here: World = field(init=False)
    there: World = field(init=False)

    def __post_init__(self) -> None:
        self.here, self.there = worlds()
        self.before = rows_of(self.here, VICTIM)
        self.clients = [Client(one, one.token(self.tenant)) for one in (self.here, self.there)]

    def ask(self, method: str, target: str, body: bytes = b"", **headers: str) -> Answer:
        """The same in both; the answer. Fails if they are not alike, or the victim is touched."""
        answers = [one.ask(method, target, body, **headers) for one in self.clients]
        what = f"{method} {target} {body.decode()[:600]}"
        assert answers[0].status < 500, what
        assert answers[0] == answers[-1], f"something of the victim is in the answer to {what}"
        return answers[0]

    def check(self, what: str) -> None:
        """Nothing of the victim changed, and the asker's own rows are alike in both."""
        assert rows_of(self.here, VICTIM) == self.before, f"{what} changed what is the victim's"
        own = [rows_of(one, self.tenant) for one in (self.here, self.there)]
        assert own[0] == own[1], f"{what} wrote something of the victim's down"


def query_of(route: Route, turn: int) -> str:
    names = [*route.queries, *(() if route.is_api else PAGE_QUERIES)]
    return urlencode({name: value_of(name, turn) for name in names})


PAGE_QUERIES = ("person", "list", "link", "root", "job", "after", "segment", "email", "of", "was")


def value_of(name: str, turn: int) -> str:
    """What a field of this name is filled with, in turn."""
    last = re.split(r"[.-]", name)[-1]
    values = FIELDS.get(last) or FIELDS.get(last.removesuffix("_id")) or OF.get(last) or SPRAYED
    return values[turn % len(values)]


def body_of(schema: dict[str, Any], schemas: dict[str, Any], name: str, turn: int) -> Any:
    """JSON of a schema, with the victim's ids wherever there is a text."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "enum" in schema:
        return schema["enum"][turn % len(schema["enum"])]
    if "anyOf" in schema:
        options = [one for one in schema["anyOf"] if one != {"type": "null"}]
        return body_of(options[turn % len(options)], schemas, name, turn)
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {k: body_of(v, schemas, k, turn) for k, v in schema["properties"].items()}
        case "object":
            return {"Leads": body_of(schema["additionalProperties"], schemas, name, turn)}
        case "array":
            return [body_of(schema["items"], schemas, name, turn)]
        case "integer" | "number":
            return 1
        case "boolean":
            return turn % 2 == 0
        case None:
            return {"parts": [{"test": "list", "list": value_of("list", turn)}]}
    if schema.get("format") == "date-time":
        return "2026-11-25T10:00:00Z"
    return "09:00" if "pattern" in schema else value_of(name, turn)


class Names(dict[str, list[str]]):
    """A form that notes which fields it is asked for."""

    asked: set[str] = set()  # noqa: RUF012 - of the request under way

    def get(self, name: Any, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> list[str]:
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)


@pytest.fixture(autouse=True)
def _forms_note_what_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Asked.form_as_sent
    monkeypatch.setattr(Asked, "form_as_sent", lambda asked: Names(read(asked)))
    form = Asked.form
    monkeypatch.setattr(Asked, "form", lambda asked: Names(form(asked)))


def ask_all(both: Both, route: Route, path: str, turns: int) -> list[Answer]:
    """One address with everything that could come along."""
    found: list[Answer] = []
    Names.asked = set()
    for turn in range(turns):
        query = query_of(route, turn)
        target = f"{path}?{query}" if query else path
        headers = {"origin": f"https://{HOST}", "content_type": "application/json"}
        body = b""
        if route.body:
            schemas = Schemas()
            schema = schemas.of(route.body)
            body = json.dumps(body_of(schema, schemas.found, "", turn)).encode()
        elif route.method == "POST" and not route.is_api:
            told = {name: value_of(name, turn) for name in sorted(Names.asked)}
            token = form_token(both.clients[0].token)
            body = urlencode({**told, "form_token": token}).encode()
            headers = {
                "sec_fetch_site": "same-origin",
                "content_type": "application/x-www-form-urlencoded",
            }
        found.append(both.ask(route.method, target, body, **headers))
        if route.is_api and not query and not route.body:
            break
    return found


@pytest.mark.parametrize("tenant", [TWIN, STRANGER])
@pytest.mark.parametrize("routes", GUARDED, ids=name_of)
def test_nothing_of_a_tenant_reaches_another_by_any_route(
    routes: list[Route], tenant: TenantId
) -> None:
    both = Both(tenant)
    for route in routes:
        likely = 6 if tenant == STRANGER else 2
        for path in paths_of(route, likely):
            turns = 2 if route.method == "GET" else len(SPRAYED)
            for answer in ask_all(both, route, path, turns):
                assert answer.status != 401, path
    both.check(f"{name_of(routes)}, or another of its room,")


@pytest.mark.parametrize("routes", GUARDED, ids=name_of)
def test_what_is_asked_for_is_really_there(routes: list[Route]) -> None:
    """The victim itself is answered: so the ids above are real ones, and it was worth refusing them."""
    world, _ = worlds()
    client = Client(world, world.token(VICTIM))
    for route in routes:
        if route.method != "GET" or "<" not in route.rule:
            continue
        told = (
            client.call("GET", f"{path}?{query}").status
            for path in paths_of(route, 40)
            for query in ("", query_of(route, 0), query_of(route, 1))
        )
        assert any(one in (200, 303) for one in told), (
            f"none of the ids in OF is one for {route.rule}"
        )
