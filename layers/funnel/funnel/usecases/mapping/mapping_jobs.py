"""Read the fields of a module, or show what a mapping would do: jobs that wait on Sugar."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import CrmRow, Page, Value
from funnel.domain.ids import PEOPLE_MODULES, Module, PersonId, RecordKey, TenantId
from funnel.domain.mapping.fields import FieldType, subject_of
from funnel.domain.mapping.mapping import FieldMapping, Flow, Mappings, Rule
from funnel.domain.people.people import with_links
from funnel.domain.sync.intake import link_of, take_in
from funnel.domain.sync.records import Person, ReadStamp, State, SugarRecord
from funnel.domain.sync.runs import Job
from funnel.domain.sync.windows import everything
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, sugar
from funnel.usecases.jobs.request_job import request_job
from funnel.usecases.mapping.map_fields import WantedMapping, checked, fields_of
from funnel.usecases.sync.module_fields import ModuleFields
from funnel.usecases.view_common import Named

FIELD_LIST = "field list"
MAPPING_PREVIEW = "mapping preview"
RECORDS = 10
"""How many records a preview looks at."""
MOST_CHANGES, LONGEST_SHOWN = 60, 200
"""Of one record, and characters of a value: a job's result has to fit one item of DynamoDB."""


def request_field_list(app: App, tenant: TenantId, by: str, module: Module) -> Job:
    """Have the module's fields read from Sugar; the job. Raises `NotFound`."""
    connection_of(app, tenant)
    return request_job(app, tenant, FIELD_LIST, by, {"module": module.value})


def request_preview(
    app: App, tenant: TenantId, by: str, module: Module, wanted: Sequence[WantedMapping]
) -> Job:
    """Have a mapping tried on real records; the job. Raises `NotFound`, `InputInvalid`."""
    known = app.sync.field_list(tenant, module)
    checked(connection_of(app, tenant), known, module, wanted)
    plain = [asdict(one) for one in wanted]
    arguments = {"module": module.value, "mappings": plain}
    return request_job(app, tenant, MAPPING_PREVIEW, by, arguments)


def wanted_in(job: Job) -> tuple[WantedMapping, ...]:
    """The mapping that a preview was asked for."""
    told = job.arguments.get("mappings")
    return tuple(
        WantedMapping(
            str(one["sugar_field"]), str(one["field"]), Rule(one["rule"]), Flow(one["flow"])
        )
        for one in (told if isinstance(told, list) else ())
    )


def names_in(app: App, job: Job) -> Named:
    """What the fields of a preview, and the keys of its dropdowns, are called."""
    connection = connection_of(app, job.tenant)
    module = Module(str(job.arguments["module"]))
    ours = fields_of(connection, subject_of(module))
    proposed = [
        FieldMapping(one.sugar_field, one.field, ours.get(one.field, FieldType.TEXT))
        for one in wanted_in(job)
    ]
    mappings = Mappings({module: proposed}, connection.custom_fields)
    return Named.of(app, job.tenant, mappings, [module])


def read_field_list(app: App, job: Job) -> Mapping[str, object]:
    """Read and keep the list. The result: `module` and how many `fields` it has."""
    module = Module(str(job.arguments["module"]))
    connection = connection_of(app, job.tenant)
    with sugar(app, connection, for_a_person=True) as crm:
        found = ModuleFields(app, crm, connection).keep_list(module)
    return {"module": module.value, "fields": len(found.fields) if found else 0}


@dataclass(slots=True)
class _Column:
    """What one mapping gives over all records."""

    sugar_field: str
    field: str
    filled: int = 0
    example: Value = None


@dataclass(slots=True)
class _Preview:
    records: list[dict[str, object]] = field(default_factory=list)
    columns: dict[str, _Column] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


def preview_mapping(app: App, job: Job) -> Mapping[str, object]:
    """What a mapping does to ten records of Sugar. Nothing is kept.

    The result: `module`; `records` with `sugar_id`, `name` and `changes` (`field`, `before`,
    `after`); `fields` with how many records `filled` each and an `example`; `missing` and
    `unreadable`, names of Sugar's fields.
    """
    module = Module(str(job.arguments["module"]))
    connection = connection_of(app, job.tenant)
    wanted = checked(connection, app.sync.field_list(job.tenant, module), module, wanted_in(job))
    proposed = Mappings({**connection.mappings, module: wanted}, connection.custom_fields)
    with sugar(app, connection, for_a_person=True) as crm:
        there = {one.name for one in crm.fields(module)}
        asked = [name for name in proposed.read_fields(module) if name in there]
        page = _some_records(app, crm, connection, module, asked)
    preview = _looked_at(app, job.tenant, page, connection.all_mappings(), proposed)
    for one in wanted:
        preview.columns.setdefault(one.field, _Column(one.sugar_field, one.field))
        preview.columns[one.field].sugar_field = one.sugar_field
    return {
        "module": module.value,
        "records": preview.records,
        "fields": [asdict(preview.columns[one.field]) for one in wanted],
        "missing": [one.sugar_field for one in wanted if one.sugar_field not in there],
        "unreadable": sorted(set(preview.unreadable)),
    }


def _some_records(
    app: App, crm: Crm, connection: Connection, module: Module, fields: Sequence[str]
) -> Page:
    """Those that are here, or any where none is."""
    here = app.records.list_records(connection.tenant, module, "", RECORDS).items
    if here:
        return crm.by_ids(module, [one.key.sugar_id for one in here], fields=fields)
    conditions = connection.conditions.get(module, ())
    return crm.read(module, everything(), RECORDS, fields=fields, conditions=conditions)


def _looked_at(
    app: App, tenant: TenantId, page: Page, now: Mappings, proposed: Mappings
) -> _Preview:
    preview = _Preview()
    rows = [row for row in page.rows if not row.deleted][:RECORDS]
    stored = app.records.records(tenant, [row.key for row in rows])
    ids = {one.person_id for one in stored.values() if one.person_id}
    people = app.records.people(tenant, ids) if ids else {}
    for row in sorted(rows, key=lambda one: one.sugar_id):
        record = _as_read(app, tenant, page, row, stored.get(row.key))
        before, after = _before_and_after(app, record, stored, people, now, proposed)
        for name, value in after.items():
            column = preview.columns.setdefault(name, _Column("", name))
            column.filled += value is not None
            column.example = _shown(value) if column.example is None else column.example
        changes = [
            {"field": name, "before": _shown(before.get(name)), "after": _shown(after.get(name))}
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name)
        ][:MOST_CHANGES]
        preview.records.append({"sugar_id": row.sugar_id, "name": record.name, "changes": changes})
        preview.unreadable += [problem.field for problem in row.problems]
    return preview


def _as_read(
    app: App, tenant: TenantId, page: Page, row: CrmRow, stored: SugarRecord | None
) -> SugarRecord:
    """The record as it would be kept; what holds it back does not matter here."""
    stamp = ReadStamp(row.date_modified, page.began, page.ended)
    record = take_in(tenant, row, stored, {}, stamp, app.clock.now()).record
    return replace(record, state=State.SYNCED, fields=row.fields)


def _before_and_after(
    app: App,
    record: SugarRecord,
    stored: Mapping[RecordKey, SugarRecord],
    people: Mapping[PersonId, Person],
    now: Mappings,
    proposed: Mappings,
) -> tuple[Mapping[str, Value], Mapping[str, Value]]:
    """Of a person with all its records as they are here, or else of the record by itself."""
    module = record.key.module
    person = people.get(record.person_id)
    if module in PEOPLE_MODULES and person is not None and link_of(record) is not None:
        others = app.records.records(record.tenant, [link.key for link in person.links])
        records = {**others, record.key: record}
        after, _ = with_links(person, person.links, records, app.clock.now(), proposed)
        return person.fields, after.fields
    before = stored.get(record.key)
    return (
        _filled(now.apply(module, before.fields)) if before else {},
        _filled(proposed.apply(module, record.fields)),
    )


def _shown(value: Value) -> Value:
    return value[:LONGEST_SHOWN] if isinstance(value, str) else value


def _filled(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
