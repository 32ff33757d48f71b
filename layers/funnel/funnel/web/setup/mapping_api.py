"""The mappings API: what the pages of field mappings do, as JSON."""

from dataclasses import dataclass

from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.mapping.map_fields import (
    WantedMapping,
    add_custom_field,
    mapped_module,
    remove_custom_field,
    save_mappings,
)
from funnel.usecases.mapping.mapping_jobs import request_field_list, request_preview
from funnel.usecases.mapping.view_mappings import MappingsView
from funnel.usecases.uses.field_uses import FieldUses, uses_of_field
from funnel.web.asked import Asked
from funnel.web.room import Room
from funnel.web.setup.api import JobStarted
from funnel.web.setup.mapping import tab

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class WantedMappings:
    """All mappings of a module."""

    mappings: tuple[WantedMapping, ...]


@dataclass(frozen=True, slots=True)
class NewField:
    """A field to add."""

    subject: Subject
    label: str
    type: FieldType


@dataclass(frozen=True, slots=True)
class CustomFields:
    """Fields that were added."""

    items: tuple[CustomField, ...]


@room.api(
    "GET",
    "/api/setup/mappings/<module>",
    "A module's mapping, and what can be chosen (Accounts, Contacts, Leads)",
    MappingsView,
)
def mappings(asked: Asked, module: str) -> MappingsView:
    """A tab."""
    return tab(asked, mapped_module(module))


@room.api(
    "PUT",
    "/api/setup/mappings/<module>",
    "Use these mappings; the next run reads the module whole",
    MappingsView,
    body=WantedMappings,
)
def save(asked: Asked, module: str) -> MappingsView:
    """Replace a module's mapping."""
    wanted = asked.json(WantedMappings).mappings
    save_mappings(asked.app, asked.tenant, mapped_module(module), wanted)
    return tab(asked, mapped_module(module))


@room.api("DELETE", "/api/setup/mappings/<module>", "Use the standard mappings again", MappingsView)
def reset(asked: Asked, module: str) -> MappingsView:
    """Back to the standard."""
    save_mappings(asked.app, asked.tenant, mapped_module(module), None)
    return tab(asked, mapped_module(module))


@room.api(
    "POST",
    "/api/setup/mappings/<module>/preview",
    "Have a mapping tried on ten real records; nothing is kept",
    JobStarted,
    body=WantedMappings,
    status=202,
)
def preview(asked: Asked, module: str) -> JobStarted:
    """By a job."""
    wanted = asked.json(WantedMappings).mappings
    by, found = asked.who.user_name, mapped_module(module)
    return JobStarted(request_preview(asked.app, asked.tenant, by, found, wanted).job_id)


@room.api(
    "POST",
    "/api/setup/mappings/<module>/read-fields",
    "Have a module's fields read from Sugar again",
    JobStarted,
    status=202,
)
def read_fields(asked: Asked, module: str) -> JobStarted:
    """By a job."""
    by, found = asked.who.user_name, mapped_module(module)
    return JobStarted(request_field_list(asked.app, asked.tenant, by, found).job_id)


@room.api("POST", "/api/setup/custom-fields", "Add a field", CustomField, body=NewField, status=201)
def add(asked: Asked) -> CustomField:
    """Add it, or find it there."""
    new = asked.json(NewField)
    return add_custom_field(asked.app, asked.tenant, new.subject, new.label, new.type)


@room.api("GET", "/api/setup/custom-fields", "The fields that were added", CustomFields)
def custom_fields(asked: Asked) -> CustomFields:
    """All of them."""
    return CustomFields(connection_of(asked.app, asked.tenant).custom_fields)


@room.api(
    "GET",
    "/api/setup/custom-fields/<subject>/<name>/uses",
    "What uses a field that was added: segments, branches, forms and merge fields",
    FieldUses,
)
def uses(asked: Asked, subject: str, name: str) -> FieldUses:
    """All that would have to be changed before it can be removed."""
    if subject not in set(Subject):
        return FieldUses(())
    return uses_of_field(asked.app, asked.tenant, Subject(subject), name)


@room.api(
    "DELETE",
    "/api/setup/custom-fields/<subject>/<name>",
    "Remove a field that was added and that nothing uses; those that are left",
    CustomFields,
)
def remove(asked: Asked, subject: str, name: str) -> CustomFields:
    """Remove it; nothing if it is not there."""
    if subject in set(Subject):
        remove_custom_field(asked.app, asked.tenant, Subject(subject), name)
    return CustomFields(connection_of(asked.app, asked.tenant).custom_fields)
