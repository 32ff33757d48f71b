"""Mappings are checked, saved, tried on real records, and read with the next run."""

from collections.abc import Mapping
from typing import Any

import pytest

from funnel.domain.crm import FieldDef
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import JobId, Module, RecordKey, SugarId
from funnel.domain.mapping.fields import FieldType, Subject
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS, Flow, Rule
from funnel.domain.sync.runs import Job, JobStatus, RunKind
from funnel.usecases.connecting.connect import job_of
from funnel.usecases.mapping.map_fields import (
    MOST_MAPPINGS,
    WantedMapping,
    add_custom_field,
    remove_custom_field,
    save_mappings,
)
from funnel.usecases.mapping.mapping_jobs import request_field_list, request_preview
from funnel.usecases.mapping.view_mappings import mappings_of
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.people.view_people import person
from tests.fakes.world import TENANT, World

CUSTOM = [
    FieldDef("size_c", "int", "Company size"),
    FieldDef("region_c", "enum", "Region", options={"n": "North", "s": "South"}),
    FieldDef("since_c", "date", "Customer since"),
]


@pytest.fixture
def world() -> World:
    """A synced company of two Leads, with fields of its own on Leads."""
    made = World()
    made.sugar.custom_fields[Module.LEADS] = CUSTOM
    made.connect()
    for name in ("l1", "l2"):
        made.sugar.put(
            Module.LEADS, name, last_name=name, title="CTO", email1=f"{name}@x.test",
            size_c=12, region_c="n",
        )  # fmt: skip
    made.sync(RunKind.INITIAL)
    return made


def standard(module: Module = Module.LEADS) -> list[WantedMapping]:
    return [WantedMapping(m.sugar_field, m.field) for m in STANDARD_MAPPINGS[module]]


def fields_of(world: World, sugar_id: str = "l1") -> Mapping[str, Any]:
    key = RecordKey(Module.LEADS, SugarId(sugar_id))
    record = world.store.records(TENANT, [key])[key]
    return world.store.people(TENANT, [record.person_id])[record.person_id].fields


def done(world: World, job: Job) -> Job:
    world.drain()
    return job_of(world.app, TENANT, JobId(job.job_id))


def test_a_full_sync_keeps_the_field_lists_for_the_pages(world: World) -> None:
    view = mappings_of(world.app, TENANT, Module.LEADS, str)
    assert view.read_at is not None
    assert view.is_standard
    assert not view.needs_full_sync
    region = next(one for one in view.sugar_fields if one.name == "region_c")
    assert (region.label, region.type) == ("Region", FieldType.CHOICE)
    assert region.options == (("n", "North"), ("s", "South"))
    assert world.store.field_list(TENANT, Module.OPPORTUNITIES) is None


def test_a_custom_field_is_added_mapped_and_read_by_the_next_run(world: World) -> None:
    new = add_custom_field(world.app, TENANT, Subject.PERSON, " Company  size ", FieldType.INTEGER)
    assert (new.name, new.label) == ("custom_company_size", "Company size")
    wanted = [*standard(), WantedMapping("size_c", new.name, Rule.HERE, Flow.FROM_SUGAR)]
    connection = save_mappings(world.app, TENANT, Module.LEADS, wanted)
    assert mappings_of(world.app, TENANT, Module.LEADS, str).needs_full_sync
    assert connection.generations == {Module.LEADS: 1}
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    assert fields_of(world)["custom_company_size"] == 12
    assert not mappings_of(world.app, TENANT, Module.LEADS, str).needs_full_sync
    found = person(world.app, TENANT, world.store.list_people(TENANT, "l1", 1).items[0].person_id)
    shown = next(one for one in found.fields if one.name == new.name)
    assert shown.label == "Company size"
    source = next(one for one in found.sources if one.field.name == new.name)
    assert (source.kind, source.sugar_field) == ("Sugar", "size_c")
    assert source.record is not None
    assert source.record.sugar_id == "l1"


def test_a_dropdown_is_kept_by_its_key_and_shown_by_its_label(world: World) -> None:
    new = add_custom_field(world.app, TENANT, Subject.PERSON, "Region", FieldType.CHOICE)
    wanted = [*standard(), WantedMapping("region_c", new.name)]
    save_mappings(world.app, TENANT, Module.LEADS, wanted)
    world.sync(RunKind.FULL)
    assert fields_of(world)[new.name] == "n"
    found = person(world.app, TENANT, world.store.list_people(TENANT, "l1", 1).items[0].person_id)
    assert next(one.shown for one in found.fields if one.name == new.name) == "North"


def test_saving_what_is_used_already_changes_nothing(world: World) -> None:
    before = world.store.connection(TENANT)
    assert save_mappings(world.app, TENANT, Module.LEADS, standard()) == before
    assert save_mappings(world.app, TENANT, Module.LEADS, None) == before
    assert save_mappings(world.app, TENANT, Module.LEADS, standard()[::-1]) == before


def test_the_standard_is_one_click_away(world: World) -> None:
    save_mappings(world.app, TENANT, Module.LEADS, standard()[:3])
    connection = save_mappings(world.app, TENANT, Module.LEADS, None)
    assert connection.mappings == {}
    assert mappings_of(world.app, TENANT, Module.LEADS, str).is_standard


@pytest.mark.parametrize(
    ("wanted", "said", "at"),
    [
        ([WantedMapping("nothing_c", "title")], "no field “nothing_c”", ".0.sugar_field"),
        ([WantedMapping("title", "nowhere")], "no field “nowhere” here", ".0.field"),
        (
            [WantedMapping("title", "birthdate")],
            "holds text, but “birthdate” takes date",
            ".0.field",
        ),
        ([WantedMapping("since_c", "do_not_call")], "holds date", ".0.field"),
        (
            [WantedMapping("title", "city"), WantedMapping("status", "city")],
            "Both “title” and",
            ".1.field",
        ),
        ([WantedMapping("x; DROP", "city")], "is not the name of a field", ".0.sugar_field"),
        ([WantedMapping("deleted", "city")], "keeps it for itself", ".0.sugar_field"),
        ([WantedMapping("title", "city")] * (MOST_MAPPINGS + 1), "At most 200", ""),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_with_the_reason(
    world: World, wanted: list[WantedMapping], said: str, at: str
) -> None:
    before = world.store.connection(TENANT)
    for refused in (save_mappings, request):
        with pytest.raises(InputInvalid) as error:
            refused(world.app, TENANT, Module.LEADS, wanted)
        assert said in error.value.text
        assert error.value.field == f"mappings{at}"
    assert world.store.connection(TENANT) == before


def request(app: Any, tenant: Any, module: Module, wanted: list[WantedMapping]) -> Job:
    return request_preview(app, tenant, "Ada", module, wanted)


def test_a_field_gone_from_sugar_is_shown_as_missing_and_forgotten_by_nobody(world: World) -> None:
    world.sugar.missing_fields.add("department")
    job = done(world, request_field_list(world.app, TENANT, "Ada", Module.LEADS))
    assert job.status is JobStatus.DONE
    view = mappings_of(world.app, TENANT, Module.LEADS, str)
    assert [one.sugar_field for one in view.mappings if one.missing] == ["department"]
    save_mappings(world.app, TENANT, Module.LEADS, standard()[:10])
    assert "department" in {
        one.sugar_field for one in mappings_of(world.app, TENANT, Module.LEADS, str).mappings
    }


def test_a_custom_field_in_use_is_not_removed_and_its_name_holds_one_type(world: World) -> None:
    new = add_custom_field(world.app, TENANT, Subject.PERSON, "Size", FieldType.INTEGER)
    again = add_custom_field(world.app, TENANT, Subject.PERSON, "size", FieldType.INTEGER)
    assert again == new
    with pytest.raises(InputInvalid, match="already; it holds whole number"):
        add_custom_field(world.app, TENANT, Subject.PERSON, "Size", FieldType.TEXT)
    save_mappings(world.app, TENANT, Module.LEADS, [WantedMapping("size_c", new.name)])
    with pytest.raises(InputInvalid, match="Leads goes into this one"):
        remove_custom_field(world.app, TENANT, Subject.PERSON, new.name)
    save_mappings(world.app, TENANT, Module.LEADS, None)
    remove_custom_field(world.app, TENANT, Subject.PERSON, new.name)
    remove_custom_field(world.app, TENANT, Subject.PERSON, new.name)
    connection = world.store.connection(TENANT)
    assert connection is not None
    assert connection.custom_fields == ()


@pytest.mark.parametrize("label", ["", "   ", "x" * 61, "…"])
def test_a_custom_field_needs_a_name(world: World, label: str) -> None:
    with pytest.raises(InputInvalid) as error:
        add_custom_field(world.app, TENANT, Subject.PERSON, label, FieldType.TEXT)
    assert error.value.field == "label"


def test_a_preview_shows_what_would_change_and_keeps_nothing(world: World) -> None:
    new = add_custom_field(world.app, TENANT, Subject.PERSON, "Size", FieldType.INTEGER)
    wanted = [WantedMapping("last_name", "last_name"), WantedMapping("size_c", new.name)]
    before, people = world.store.connection(TENANT), world.store.writes
    job = done(world, request_preview(world.app, TENANT, "Ada", Module.LEADS, wanted))
    assert job.status is JobStatus.DONE
    assert (world.store.connection(TENANT), world.store.writes) == (before, people)
    records: Any = job.result["records"]
    assert {one["sugar_id"]: one["changes"] for one in records} == {
        name: [{"field": new.name, "before": None, "after": 12}] for name in ("l1", "l2")
    }
    filled: Any = job.result["fields"]
    assert [(one["sugar_field"], one["filled"], one["example"]) for one in filled] == [
        ("last_name", 2, "l1"),
        ("size_c", 2, 12),
    ]


def test_a_preview_of_accounts_compares_the_account_itself(world: World) -> None:
    world.sugar.put(Module.USERS, "u", last_name="Ott", status="Active")
    world.sugar.put(Module.ACCOUNTS, "a", name="Acme", industry="Energy", assigned_user_id="u")
    world.sync(RunKind.FULL)
    wanted = [WantedMapping("name", "name"), WantedMapping("industry", "account_type")]
    job = done(world, request_preview(world.app, TENANT, "Ada", Module.ACCOUNTS, wanted))
    records: Any = job.result["records"]
    assert records[0]["changes"] == [
        {"field": "account_type", "before": None, "after": "Energy"},
        {"field": "industry", "before": "Energy", "after": None},
    ]


def test_a_preview_before_the_first_sync_takes_any_records() -> None:
    world = World()
    world.connect()
    world.sugar.put(Module.LEADS, "l1", last_name="Ott", title="CTO")
    job = done(world, request_preview(world.app, TENANT, "Ada", Module.LEADS, standard()[:4]))
    records: Any = job.result["records"]
    assert [one["sugar_id"] for one in records] == ["l1"]


def test_an_edit_here_stays_with_its_author_and_a_time(world: World) -> None:
    person_id = world.store.list_people(TENANT, "l1", 1).items[0].person_id
    edit_person(world.app, TENANT, person_id, {"title": " CEO ", "birthdate": "2001-02-03"}, "Ada")
    world.clock.advance(3600)
    world.sugar.put(Module.LEADS, "l1", department="Sales")
    world.sync(RunKind.HOURLY)
    fields = fields_of(world)
    assert (fields["title"], fields["department"]) == ("CEO", "Sales")
    found = person(world.app, TENANT, person_id)
    source = next(one for one in found.sources if one.field.name == "title")
    assert (source.kind, source.by) == ("here", "Ada")


@pytest.mark.parametrize(
    ("name", "value"),
    [("nothing", "x"), ("birthdate", "soon"), ("do_not_call", "maybe"), ("title", "x" * 2001)],
)
def test_an_edit_that_does_not_fit_its_field_is_refused(
    world: World, name: str, value: str
) -> None:
    person_id = world.store.list_people(TENANT, "l1", 1).items[0].person_id
    with pytest.raises(InputInvalid) as error:
        edit_person(world.app, TENANT, person_id, {name: value}, "Ada")
    assert error.value.field == name


def test_nobody_who_is_not_there_is_edited(world: World) -> None:
    from funnel.domain.ids import PersonId

    with pytest.raises(NotFound):
        edit_person(world.app, TENANT, PersonId("nobody"), {"title": "x"}, "Ada")


def test_what_is_kept_of_long_dropdowns_and_long_values_fits_a_row(world: World) -> None:
    many = {str(n): f"Choice {n}" for n in range(5000)}
    world.sugar.custom_fields[Module.LEADS] = [
        *CUSTOM,
        FieldDef("city_c", "enum", "City", options=many),
    ]
    done(world, request_field_list(world.app, TENANT, "Ada", Module.LEADS))
    known = world.store.field_list(TENANT, Module.LEADS)
    assert known is not None
    assert {one.name: len(one.options) for one in known.fields if one.options} == {"region_c": 2}
    world.sugar.put(Module.LEADS, "l1", description="x" * 15_000)
    job = done(world, request_preview(world.app, TENANT, "Ada", Module.LEADS, standard()))
    records: Any = job.result["records"]
    after = [c["after"] for one in records for c in one["changes"] if c["field"] == "description"]
    assert after == ["x" * 200]
