"""One row of an import: what it would do, and doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from funnel.domain.errors import AddressTaken, Conflict, InputInvalid, NotFound
from funnel.domain.ids import Module, TenantId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.mapping import STANDARD_ONLY
from funnel.domain.mapping.written_numbers import NumberStyle
from funnel.domain.people.erasure import address_mark
from funnel.domain.people.importing import EMAIL, RowKind, RowPlan, cells_of, plan_for
from funnel.domain.people.made_here import made_id
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.living import holder_of, standing
from funnel.usecases.mapping.map_fields import person_fields
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import PEOPLE, edit_person
from funnel.usecases.view_common import Named


@dataclass(frozen=True, slots=True)
class Importing:
    """How rows are read: each column's field, and the fields there are.

    `by` is who imports; with `only_empty` values that are here already stay. `source` names the
    file by what is in it: the same file makes the same people again. `erased` are the marks of
    addresses that were erased on request. `numbers` is how the file writes them.
    `since` is when the import began, None before it does.
    """

    columns: Sequence[str]
    known: Mapping[str, FieldType]
    options: Mapping[str, Mapping[str, str]]
    by: str
    source: str
    only_empty: bool = False
    erased: Mapping[str, bool] = field(default_factory=dict)
    numbers: NumberStyle = NumberStyle.PLAIN
    since: datetime | None = None

    def key(self, line: int) -> str:
        """The idempotency key of a row."""
        return f"import {self.source} {line}"

    def has_made(self, person: Person) -> bool:
        """Whether whom a row of the file made was made by this import, not when the file came before.

        Whoever was erased is nobody to be changed either.
        """
        return person.erased or (self.since is not None and person.created_at >= self.since)


def fields_and_options(
    app: App, tenant: TenantId
) -> tuple[Mapping[str, FieldType], Mapping[str, Mapping[str, str]]]:
    """The fields of people, and the keys of dropdowns with their labels."""
    connection = app.sync.connection(tenant)
    mappings = connection.all_mappings() if connection else STANDARD_ONLY
    modules: Sequence[Module] = PEOPLE
    return person_fields(connection), Named.of(app, tenant, mappings, modules).options


def plan_row(
    app: App, tenant: TenantId, setup: Importing, line: int, cells: Sequence[str]
) -> RowPlan:
    """What a row would do. Done already, it creates whom it created."""
    try:
        row = cells_of(cells, setup.columns, setup.known, setup.options, setup.numbers)
    except InputInvalid as error:
        where = f"{error.field}: " if error.field else ""
        typed = dict(zip(setup.columns, cells, strict=False)).get(EMAIL, "")
        return RowPlan(RowKind.SKIP, name=typed, why=f"{where}{error.text}")
    if row.email and address_mark(tenant, row.email) in setup.erased:
        return RowPlan(RowKind.SKIP, why="Who had this address was erased on request.")
    made = made_id(tenant, setup.key(line))
    holder = holder_of(app, tenant, row.email) if row.email else standing(app, tenant, made)
    if holder is not None and holder.person_id == made and setup.has_made(holder):
        return RowPlan(RowKind.CREATE, row.email, row.values, made, opt_out=row.opt_out)
    if row.opt_out and _is_opted_out(app, tenant, row.email):
        row = replace(row, opt_out=False)
    return plan_for(row, holder, only_empty=setup.only_empty)


def _is_opted_out(app: App, tenant: TenantId, email: str) -> bool:
    known = app.records.consents(tenant, [email]) if email else {}
    return any(one.opt_out.value for one in known.values())


def do_row(
    app: App, tenant: TenantId, setup: Importing, line: int, cells: Sequence[str]
) -> RowPlan:
    """Carry a row out; what it did, or why it did nothing."""
    plan = plan_row(app, tenant, setup, line, cells)
    try:
        return _done(app, tenant, setup, line, plan)
    except AddressTaken:
        # Somebody was quicker: it is a change by now.
        plan = plan_row(app, tenant, setup, line, cells)
    except (Conflict, NotFound, InputInvalid) as error:
        return RowPlan(RowKind.SKIP, plan.email, why=error.text)
    try:
        return _done(app, tenant, setup, line, plan)
    except (Conflict, NotFound, InputInvalid) as error:
        return RowPlan(RowKind.SKIP, plan.email, why=error.text)


def _done(app: App, tenant: TenantId, setup: Importing, line: int, plan: RowPlan) -> RowPlan:
    person_id = plan.person_id
    match plan.kind:
        case RowKind.CREATE:
            new = NewPerson(plan.values, plan.email, setup.by, anew=False)
            person_id = create_person(app, tenant, new, setup.key(line)).person_id
        case RowKind.CHANGE if plan.values:
            edit_person(app, tenant, person_id, plan.values, setup.by)
        case _:
            pass
    if plan.opt_out and plan.email:
        unsubscribe(app, tenant, person_id, plan.email, Said(setup.by))
    return replace(plan, person_id=person_id)
