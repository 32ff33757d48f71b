"""Removing a field of one's own, by the page and by the API."""

from funnel.domain.mapping.fields import FieldType, Subject
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.mapping.map_fields import add_custom_field
from funnel.usecases.segments.keep_segments import add_segment
from tests.browser.world import FULL, World
from tests.unit.web.asking import signed_in

FIELDS = "/api/setup/custom-fields"


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
