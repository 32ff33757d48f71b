"""The fields that a tenant's Segments can ask for, with the choices that Sugar offers."""

from collections.abc import Sequence
from dataclasses import replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.currencies import UNKNOWN
from funnel.domain.ids import Module, TenantId
from funnel.domain.segments.segment_fields import AMOUNT, OWNER, SegmentField, segment_fields_of
from funnel.domain.sync.pull_rules import is_active
from funnel.usecases.app import App
from funnel.usecases.load_segments import custom_fields

MOST_OWNERS = 500
_PAGE = 100
_MODULES = (Module.CONTACTS, Module.LEADS)
_OF_LISTS = {"sales_stage": "sales_stage", "opportunity_source": "opportunity_lead_source"}
"""Fields of auto lists whose labels are those of a field of Opportunities."""


def segment_fields(app: App, tenant: TenantId) -> Sequence[SegmentField]:
    """All fields, in the order they are offered in."""
    connection = app.sync.connection(tenant)
    custom = connection.custom_fields if connection else ()
    unit = (app.sync.currencies(tenant) or UNKNOWN).base_unit
    return tuple(
        replace(one, unit=unit) if one.name == AMOUNT else one
        for one in segment_fields_of(custom, _options(app, tenant, connection))
    )


def typed_fields(app: App, tenant: TenantId) -> Sequence[SegmentField]:
    """The same without choices: all that the evaluation of rules needs, by one read."""
    return segment_fields_of(custom_fields(app, tenant))


def _options(
    app: App, tenant: TenantId, connection: Connection | None
) -> dict[str, dict[str, str]]:
    labels = app.lists.list_settings(tenant).labels
    found = {name: dict(some) for name, some in labels.items()}
    found |= {ours: dict(labels[theirs]) for theirs, ours in _OF_LISTS.items() if theirs in labels}
    for module in _MODULES if connection else ():
        listed = app.sync.field_list(tenant, module)
        told = {one.name: one.options for one in listed.fields} if listed else {}
        for mapping in connection.all_mappings().of(module) if connection else ():
            if options := told.get(mapping.sugar_field):
                found[mapping.field] = {**options, **found.get(mapping.field, {})}
    found[OWNER] = _owners(app, tenant)
    return {
        name: {key: label or key for key, label in some.items() if key}
        for name, some in found.items()
    }


def _owners(app: App, tenant: TenantId) -> dict[str, str]:
    found: dict[str, str] = {}
    cursor = ""
    while len(found) < MOST_OWNERS:
        page = app.records.list_records(tenant, Module.USERS, "", _PAGE, cursor)
        found |= {one.key.sugar_id: one.name for one in page.items if is_active(one)}
        cursor = page.cursor
        if not cursor:
            break
    return found
