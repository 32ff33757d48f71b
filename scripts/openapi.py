"""The OpenAPI document, made from the routes and the types they take and return.

python -m scripts.openapi           writes docs/openapi.json
python -m scripts.openapi --check   fails if it is not what the code says
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "layers/funnel")]

from funnel.domain.sent_requests import LONGEST_KEY  # noqa: E402
from funnel.web.cursors import LIMIT  # noqa: E402
from funnel.web.errors import FormError  # noqa: E402
from funnel.web.marketing.door import ROOMS as MARKETING  # noqa: E402
from funnel.web.once import may_have_header  # noqa: E402
from funnel.web.replies import Reply  # noqa: E402
from funnel.web.room import Route  # noqa: E402
from funnel.web.setup.door import ROOMS as SETUP  # noqa: E402
from funnel.web.vision.door import ROOMS as VISION  # noqa: E402
from scripts.json_schema import Schemas  # noqa: E402

DOCUMENT = ROOT / "docs/openapi.json"
ERRORS = {
    "400": "What was sent is wrong; `field` names what",
    "401": "No session, or it has ended",
    "403": "For admins, or not sent by one of our own pages",
    "404": "Not there, or not this tenant's",
    "405": "Not for this method; the header Allow says for which",
    "409": "Changed meanwhile, already under way, or paused",
    "413": "More than is taken at once",
    "415": "The body is not JSON",
    "422": "Sugar, or the way to it, says no",
    "429": "Too often; the header Retry-After, or the text, says when it can be tried again",
    "503": "It may work later",
}
QUERIES = {
    "person": "The id of a person",
    "confirmed": "`yes`: whatever scores change may be written to Sugar, however many they are, and whom another rule of a segment brings may come into campaigns",
    "q": "Beginnings of words of the name; for people also of the company and addresses",
    "owner": "Only people with a Lead or Contact of this user of Sugar",
    "in_sugar": "Only people in Sugar (yes), not there (no), or there as Contacts, Leads or Prospects",
    "consent": "Only who may be written to (yes), opted_out, invalid or no_address",
    "list": "Only people on this list, in its order",
    "list_name": "Instead of `list`: what the list is called, or how its name begins where no other does",
    "score_from": "Only people with at least this score",
    "score_to": "Only people with at most this score",
    "state": "`walking`, `stuck` or `stopped`",
    "show": "Which lists: all, segment, manual, auto, target or retired",
    "outcome": "Only whose mail came so far, such as `clicked`, or who was `left: opted out`",
    "days": "Of how many days: 1 for today, 7 or 30",
    "whose": "Empty for one's own, `team`, or the id of a user who reports to one",
    "everybody": "`yes`: also who was on no site in these days",
    "offset": "How many minutes one's clock is ahead of UTC",
    "order": "`seen`, or `visits` for those with most visits first",
    "page": "Which page, from 0 on",
    "job": "The job that was begun, to ask after",
    "cursor": "Where to go on, from the page before",
    "limit": "How many items at most, 1 to 100",
    "of": "`Module/id` of one of the person's records in Sugar",
    "module": "Only of this module",
    "code": "Only with this cause, by its code",
    "direction": "Only what could not come from Sugar (pull), or go there (push)",
    "root": "The record that errors go back to, as Module/id",
}
VERSION = "1"
"""Of the API. A higher one may break what programs were written for: see scripts/api_breaks.py."""

VISION_API = "/api/vision/"
ABOUT = """Everything the pages do. Machines send an API key as `Authorization: Bearer`, with the
scope that an operation names; people have a session's token, in the page's cookie or as
`Authorization: Bearer`. Requests that change something and come with a cookie must come from our
own origin and have a JSON body. Every error has the same form."""


def document() -> dict[str, Any]:
    """The whole document."""
    schemas = Schemas()
    schemas.add_object("Error", {"error": schemas.of(FormError)})
    paths: dict[str, dict[str, Any]] = {}
    for route in _routes():
        path = re.sub(r"<(\w+)>", r"{\1}", route.rule)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Funnel", "version": VERSION, "description": " ".join(ABOUT.split())},
        "security": [{"bearer": []}, {"cookie": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.found.items())),
            "responses": _error_responses(),
            "parameters": {
                "IdempotencyKey": {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "description": "The caller's own name for the request: sent again, it is not done again",
                    "schema": {"type": "string", "maxLength": LONGEST_KEY},
                }
            },
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "fnl_…",
                    "description": "An API key. It needs the scope that an operation names",
                },
                "bearer": {"type": "http", "scheme": "bearer"},
                "dashlet": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "A token that the Sugar server made for one of its users",
                },
                "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-funnel_session"},
            },
        },
    }


def text() -> str:
    """The document as it is kept."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write it, or compare it."""
    if "--check" not in sys.argv[1:]:
        DOCUMENT.write_text(text())
        return 0
    if DOCUMENT.is_file() and DOCUMENT.read_text() == text():
        return 0
    print("docs/openapi.json is not what the code says: make openapi", file=sys.stderr)
    return 1


def _routes() -> Iterable[Route]:
    rooms = (*SETUP, *MARKETING, *VISION)
    return (route for room in rooms for route in room.routes if route.is_api)


def _operation(route: Route, schemas: Schemas) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"<(\w+)>", route.rule)
    ]
    parameters += [
        {"name": name, "in": "query", "description": QUERIES[name], "schema": _query_schema(name)}
        for name in route.queries
    ]
    if may_have_header(route):
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    found: dict[str, Any] = {
        "summary": route.summary,
        "operationId": _operation_id(route),
        "tags": [route.rule.split("/")[2]],
        "parameters": parameters,
        "responses": {str(route.status): _success(route, schemas), **_errors()},
    }
    if route.body is not None:
        content = {"application/json": {"schema": schemas.of(route.body)}}
        found["requestBody"] = {"required": True, "content": content}
    if route.scope:
        found["security"] = [{"key": [route.scope]}, {"bearer": []}, {"cookie": []}]
    if route.needs is None:
        found["security"] = [{"dashlet": []}] if route.rule.startswith(VISION_API) else []
    if "204" in route.summary:
        found["responses"]["204"] = {"description": "There is none"}
    return found


def _query_schema(name: str) -> dict[str, Any]:
    if name == "limit":
        return {"type": "integer", "minimum": 1, "maximum": LIMIT}
    return {"type": "string"}


def _operation_id(route: Route) -> str:
    words = re.sub(r"[<>.-]", "_", route.rule.removeprefix("/api/")).replace("/", "_")
    return f"{route.method.lower()}_{words}".replace("__", "_").strip("_")


def _success(route: Route, schemas: Schemas) -> dict[str, Any]:
    if route.returns is Reply:
        schema = {"type": "string"} if route.content_type.startswith("text/") else {}
        content: dict[str, Any] = {route.content_type: {"schema": schema}}
    else:
        content = {"application/json": {"schema": schemas.of(route.returns)}}
    return {"description": route.summary, "content": content}


def _errors() -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in ERRORS}


def _error_responses() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Error"}
    content = {"application/json": {"schema": schema}}
    return {status: {"description": text, "content": content} for status, text in ERRORS.items()}


if __name__ == "__main__":
    sys.exit(main())
