"""Field mappings as an admin sees them: what is mapped, what could be, and where each value is from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import FieldDef
from funnel.domain.ids import Module, TenantId
from funnel.domain.mapping.fields import STANDARD, FieldType, subject_of, type_of
from funnel.domain.mapping.mapping import Flow, Rule
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of

LabelOf = Callable[[str], str]
"""What a standard field of ours is called."""


@dataclass(frozen=True, slots=True)
class SugarFieldView:
    """A field of Sugar: its name, label, type, and a dropdown's keys with their labels."""

    name: str
    label: str
    type: FieldType
    options: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class OurFieldView:
    """A field that Sugar's can go into. `custom` ones were added by an admin."""

    name: str
    label: str
    type: FieldType
    custom: bool


@dataclass(frozen=True, slots=True)
class MappingView:
    """One mapping. `missing` when Sugar no longer has its field."""

    sugar_field: str
    sugar_label: str
    field: str
    label: str
    type: FieldType
    rule: Rule
    flow: Flow
    missing: bool


@dataclass(frozen=True, slots=True)
class MappingsView:
    """A module's tab.

    `read_at` is when Sugar's fields were last read, None for never; `needs_full_sync` whether
    records are still here as the mapping before had them.
    """

    module: Module
    mappings: tuple[MappingView, ...]
    is_standard: bool
    sugar_fields: tuple[SugarFieldView, ...]
    fields: tuple[OurFieldView, ...]
    read_at: datetime | None
    needs_full_sync: bool


def mappings_of(app: App, tenant: TenantId, module: Module, label_of: LabelOf) -> MappingsView:
    """A module's mappings and all that can be chosen. Raises `NotFound` without a connection."""
    connection = connection_of(app, tenant)
    known = app.sync.field_list(tenant, module)
    theirs = {one.name: one for one in known.fields} if known else {}
    fields = our_fields(connection, module, label_of)
    labels = {one.name: one.label for one in fields}
    return MappingsView(
        module=module,
        mappings=tuple(
            MappingView(
                sugar_field=one.sugar_field,
                sugar_label=theirs[one.sugar_field].label if one.sugar_field in theirs else "",
                field=one.field,
                label=labels.get(one.field) or label_of(one.field),
                type=one.type,
                rule=one.rule,
                flow=one.flow,
                missing=bool(theirs) and one.sugar_field not in theirs,
            )
            for one in connection.all_mappings().of(module)
        ),
        is_standard=module not in connection.mappings,
        sugar_fields=tuple(_sugar_field(one) for one in theirs.values()),
        fields=fields,
        read_at=known.read_at if known else None,
        needs_full_sync=module in connection.modules and module not in connection.synced_until,
    )


def our_fields(
    connection: Connection, module: Module, label_of: LabelOf
) -> tuple[OurFieldView, ...]:
    """What the module's fields can go into: the standard fields, then those added, by label."""
    subject = subject_of(module)
    standard = [
        OurFieldView(name, label_of(name), kind, False) for name, kind in STANDARD[subject].items()
    ]
    own = [
        OurFieldView(one.name, one.label, one.type, True)
        for one in connection.custom_fields
        if one.subject is subject
    ]
    return (*standard, *sorted(own, key=lambda one: one.label.casefold()))


def _sugar_field(one: FieldDef) -> SugarFieldView:
    options = tuple(one.options.items())
    return SugarFieldView(one.name, one.label, type_of(one), options)
