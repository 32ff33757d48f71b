"""Removing a field of one's own, by the page and by the API."""

from funnel.domain.mapping.fields import FieldType, Subject
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.mapping.map_fields import add_custom_field
from funnel.usecases.segments.keep_segments import add_segment
from tests.browser.world import FULL, World
from tests.unit.web.asking import signed_in

FIELDS = "/api/setup/custom-fields"


def test_all_that_is_wrong_with_a_mapping_is_said_at_its_row(world: World) -> None:
    admin = signed_in(world, FULL, Role.ADMIN)
    rows = {
        "sugar_field": ["title", "", "no field!", "department"],
        "field": ["nowhere", "", "city", "city"],
        "rule": ["Sugar wins"] * 4,
        "flow": ["both"] * 4,
    }
    before = world.store.connection(FULL)
    page = admin.send("/setup/mappings/Leads", action="save", **rows)
    assert page.status == 400
    assert "3 fields cannot be mapped so" in page.text
    for place in ("0.field", "1.sugar_field", "2.field"):
        assert f'id="mappings.{place}-hint" role="alert"' in page.text
        assert f'aria-describedby="mappings.{place}-hint"' in page.text
    assert page.text.count("autofocus") == 1
    sent = [{"sugar_field": "x y", "field": "city"}, {"sugar_field": "title", "field": "no"}]
    for method, path in (("PUT", ""), ("POST", "/preview")):
        answer = admin.call(method, f"/api/setup/mappings/Leads{path}", {"mappings": sent})
        error = answer.json["error"]
        assert [one["field"] for one in (error, *error["others"])] == [
            "mappings.0.sugar_field",
            "mappings.1.field",
        ]
    assert world.store.connection(FULL) == before


def test_a_field_that_something_uses_is_refused_with_what_uses_it(world: World) -> None:
    name = add_custom_field(world.app, FULL, Subject.PERSON, "Zone", FieldType.TEXT).name
    test = {"test": "field", "field": name, "operator": "is empty"}
    made = add_segment(world.app, FULL, "k", "<Zoneless>", {"parts": [test]}, "Mo")
    admin = signed_in(world, FULL, Role.ADMIN)
    use = {"used_as": "segment", "item_id": made.list_id, "name": "<Zoneless>"}
    assert admin.get(f"{FIELDS}/person/{name}/uses").json["items"] == [use]
    assert admin.get(f"{FIELDS}/account/{name}/uses").json["items"] == []
    refused = admin.call("DELETE", f"{FIELDS}/person/{name}")
    assert (refused.status, "the segment “<Zoneless>”" in refused.json["error"]["text"]) == (
        409,
        True,
    )
    page = admin.send("/setup/mappings/Leads/fields", remove=name)
    assert (page.status, "the segment “&lt;Zoneless&gt;”" in page.text) == (409, True)
    marketer = signed_in(world, FULL, Role.MARKETER)
    assert marketer.get(f"{FIELDS}/person/{name}/uses").status == 403
