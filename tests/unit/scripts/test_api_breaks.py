"""What breaks for programs written for the released API is found, and nothing else."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from scripts.api_breaks import BASELINE, DOCUMENT, breaks, released

OLD: dict[str, Any] = {
    "info": {"version": "1"},
    "paths": {
        "/api/app/lists": {
            "get": {
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}
                ],
                "security": [{"key": ["lists:read"]}, {"cookie": []}],
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}}, "400": {}},
            },
            "post": {
                "parameters": [],
                "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/New"}}}},
                "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Row"}}}}},
            },
        }
    },
    "components": {
        "schemas": {
            "Page": {"type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}}}},
            "Row": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"}, "kind": {"enum": ["manual", "auto"]},
                    "size": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                    "above": {"anyOf": [{"$ref": "#/components/schemas/Row"}, {"type": "null"}]},
                },
                "required": ["name"],
            },
            "New": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "kind": {"enum": ["manual", "auto"]}, "size": {"type": "integer"}},
                "required": ["name"],
            },
        }
    },
}  # fmt: skip

Change = Callable[[dict[str, Any], dict[str, Any]], object]
"""What is done to the paths of lists, and to the schemas."""

BREAKS: dict[str, Change] = {
    "GET /api/app/lists: is gone": lambda paths, _: paths.pop("get"),
    "the answer 400 is gone": lambda paths, _: paths["get"]["responses"].pop("400"),
    "limit is taken no more": lambda paths, _: paths["get"]["parameters"].clear(),
    "q has to be sent": lambda paths, _: paths["get"]["parameters"].append({"name": "q", "required": True}),
    "limit: its maximum is 50": lambda paths, _: paths["get"]["parameters"][0]["schema"].update(maximum=50),
    "limit: was integer and is string": lambda paths, _: paths["get"]["parameters"][0].update(schema={"type": "string"}),
    "keys with the scope lists:read": lambda paths, _: paths["get"].update(security=[{"key": ["all:read"]}]),
    "200.items[].name: is gone": lambda _, schemas: schemas["Row"]["properties"].pop("name"),
    "200.items[].name: was string and is integer": lambda _, schemas: schemas["Row"]["properties"].update(name={"type": "integer"}),
    "200.items[].kind: may by now be other": lambda _, schemas: schemas["Row"]["properties"].update(kind={"enum": ["manual", "auto", "other"]}),
    "200.items[].size: may by now be string": lambda _, schemas: schemas["Row"]["properties"]["size"]["anyOf"].append({"type": "string"}),
    "200.items: was array and is object": lambda _, schemas: schemas["Page"]["properties"].update(items={"type": "object"}),
    "the body.kind: has to be sent": lambda _, schemas: schemas["New"]["required"].append("kind"),
    "the body.kind: may no more be auto": lambda _, schemas: schemas["New"]["properties"].update(kind={"enum": ["manual"]}),
    "the body.kind: is taken no more": lambda _, schemas: schemas["New"]["properties"].pop("kind"),
    "the body.name: was string and is integer": lambda _, schemas: schemas["New"]["properties"].update(name={"type": "integer"}),
    "the body.name: has a maxLength by now, 5": lambda _, schemas: schemas["New"]["properties"]["name"].update(maxLength=5),
}  # fmt: skip

FINE: dict[str, Change] = {
    "a new function": lambda paths, _: paths.update(delete={"parameters": [], "responses": {}}),
    "a new query": lambda paths, _: paths["get"]["parameters"].append({"name": "q"}),
    "a new field of an answer": lambda _, schemas: schemas["Row"]["properties"].update(x={"type": "string"}),
    "a new field that may be sent": lambda _, schemas: schemas["New"]["properties"].update(x={"type": "string"}),
    "a field that need not be sent": lambda _, schemas: schemas["New"]["required"].clear(),
    "one more value that may be sent": lambda _, schemas: schemas["New"]["properties"]["kind"]["enum"].append("x"),
    "one value less that is told": lambda _, schemas: schemas["Row"]["properties"]["kind"]["enum"].pop(),
    "a wider type that may be sent": lambda _, schemas: schemas["New"]["properties"].update(size={"type": "number"}),
    "a higher limit": lambda paths, _: paths["get"]["parameters"][0]["schema"].update(maximum=500),
    "one more answer": lambda paths, _: paths["get"]["responses"].update({"404": {}}),
}  # fmt: skip


def changed(change: Change) -> list[str]:
    new = copy.deepcopy(OLD)
    change(new["paths"]["/api/app/lists"], new["components"]["schemas"])
    return breaks(OLD, new)


def test_nothing_breaks_where_nothing_changed() -> None:
    assert breaks(OLD, copy.deepcopy(OLD)) == []
    document = json.loads(DOCUMENT.read_text())
    assert breaks(document, document) == []


@pytest.mark.parametrize("said", BREAKS)
def test_a_break_is_found_and_said(said: str) -> None:
    found = changed(BREAKS[said])
    assert any(said in one for one in found), found


@pytest.mark.parametrize("name", FINE)
def test_what_breaks_nothing_is_let_through(name: str) -> None:
    assert changed(FINE[name]) == []


def test_a_new_version_may_break_what_it_likes() -> None:
    new = copy.deepcopy(OLD)
    new["paths"] = {}
    new["info"]["version"] = "2"
    assert breaks(OLD, new) == []


def test_the_released_document_is_there_and_the_one_of_now_breaks_nothing_of_it() -> None:
    assert json.loads(BASELINE.read_text())["paths"]
    assert breaks(released(), json.loads(DOCUMENT.read_text())) == []
