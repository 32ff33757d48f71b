"""Change which fields of Sugar become which fields here, and add fields of one's own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import Module, TenantId
from funnel.domain.mapping.fields import (
    CUSTOM_PREFIX,
    STANDARD,
    CustomField,
    FieldList,
    FieldType,
    Subject,
    fits,
    subject_of,
    type_of,
)
from funnel.domain.mapping.mapping import (
    DEFAULT_FLOW,
    DEFAULT_RULE,
    MAPPED_MODULES,
    STANDARD_MAPPINGS,
    FieldMapping,
    Flow,
    Rule,
)
from funnel.domain.problems import Problems
from funnel.domain.text import fold_name
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import change_connection, connection_of
from funnel.usecases.uses.field_uses import uses_of_field

MOST_MAPPINGS, MOST_CUSTOM_FIELDS, LONGEST_LABEL = 200, 100, 60
MOST_NAMED = 5
_SUGAR_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_RESERVED = frozenset({"deleted", "user_hash", "date_modified"})


@dataclass(frozen=True, slots=True)
class WantedMapping:
    """One field of Sugar and the field here that it is to become."""

    sugar_field: str
    field: str
    rule: Rule = DEFAULT_RULE
    flow: Flow = DEFAULT_FLOW


def mapped_module(name: str) -> Module:
    """The module of a tab. Raises `NotFound` for one that is not mapped."""
    found = next((module for module in MAPPED_MODULES if module.value == name), None)
    if found is None:
        raise NotFound("Only Accounts, Contacts and Leads are mapped.")
    return found


def save_mappings(
    app: App, tenant: TenantId, module: Module, wanted: Sequence[WantedMapping] | None
) -> Connection:
    """Use these mappings, or the standard ones for None; the next run reads the module whole.

    Saved as they are already they change nothing. Raises `NotFound` without a connection,
    `InputInvalid` naming the mapping that cannot be, and `Conflict`.
    """
    known = app.sync.field_list(tenant, module)

    def change(connection: Connection) -> Connection:
        before = connection.all_mappings().of(module)
        standard = STANDARD_MAPPINGS[module]
        after = standard if wanted is None else checked(connection, known, module, wanted)
        if set(after) == set(before):
            return connection
        mappings = {**connection.mappings, module: after}
        if set(after) == set(standard):
            del mappings[module]
        generation = connection.generations.get(module, 0) + 1
        return replace(
            connection,
            mappings=mappings,
            generations={**connection.generations, module: generation},
            synced_until={m: at for m, at in connection.synced_until.items() if m is not module},
        )

    return change_connection(app, tenant, change)


def checked(
    connection: Connection,
    known: FieldList | None,
    module: Module,
    wanted: Sequence[WantedMapping],
) -> tuple[FieldMapping, ...]:
    """The mappings that are wanted, each looked at.

    Raises `InputInvalid` with all that is wrong, each naming its field, such as `mappings.0.sugar_field`.
    """
    if len(wanted) > MOST_MAPPINGS:
        text = f"At most {MOST_MAPPINGS} fields of a module can be mapped."
        raise InputInvalid(text, field="mappings")
    ours = fields_of(connection, subject_of(module))
    theirs = {one.name: type_of(one) for one in known.fields} if known else {}
    before = {one.sugar_field for one in connection.all_mappings().of(module)}
    standard = {(one.sugar_field, one.field) for one in STANDARD_MAPPINGS[module]}
    taken: dict[str, str] = {}
    found, wrong = [], Problems()
    for place, one in enumerate(wanted):
        with wrong.found():
            _check_name(module, one.sugar_field, theirs, before, f"mappings.{place}.sugar_field")
        with wrong.found():
            kind = _checked_kind(one, ours, taken, f"mappings.{place}.field")
            told = theirs.get(one.sugar_field)
            if told is not None and (one.sugar_field, one.field) not in standard:
                _check_fit(one, told, kind, f"mappings.{place}.field")
            found.append(FieldMapping(one.sugar_field, one.field, kind, one.rule, one.flow))
        taken.setdefault(one.field, one.sugar_field)
    wrong.raise_all()
    return tuple(found)


def _checked_kind(
    one: WantedMapping, ours: Mapping[str, FieldType], taken: Mapping[str, str], field: str
) -> FieldType:
    kind = ours.get(one.field)
    if not one.field:
        raise InputInvalid("Choose a field.", field=field)
    if kind is None:
        raise InputInvalid(
            f"There is no field “{one.field}” here.", mend="Choose one of the list.", field=field
        )
    if one.field in taken:
        raise InputInvalid(
            f"Both “{taken[one.field]}” and “{one.sugar_field}” go into “{one.field}”.",
            mend="Leave one of them out, or choose another field for it.",
            field=field,
        )
    return kind


def _check_fit(one: WantedMapping, told: FieldType, kind: FieldType, field: str) -> None:
    if not fits(told, kind):
        raise InputInvalid(
            f"“{one.sugar_field}” holds {told.value}, but “{one.field}” takes {kind.value}.",
            mend="Choose a field of the same type, or one for text, which takes anything.",
            field=field,
        )


def fields_of(connection: Connection, subject: Subject) -> Mapping[str, FieldType]:
    """Our fields by name: the standard ones, then those of one's own."""
    own = {one.name: one.type for one in connection.custom_fields if one.subject is subject}
    return {**STANDARD[subject], **own}


def person_fields(connection: Connection | None) -> Mapping[str, FieldType]:
    """The fields a person can have; the standard ones while no Sugar is connected."""
    return fields_of(connection, Subject.PERSON) if connection else STANDARD[Subject.PERSON]


def add_custom_field(
    app: App, tenant: TenantId, subject: Subject, label: str, kind: FieldType
) -> CustomField:
    """Add a field; the one that is there already for the same label and type.

    Raises `NotFound`, `InputInvalid` (no label, too long, in use with another type, too many).
    """
    text = " ".join(label.split())
    if not text:
        raise InputInvalid("Give the field a name.", field="label")
    if len(text) > LONGEST_LABEL:
        raise InputInvalid(f"A name has at most {LONGEST_LABEL} characters.", field="label")
    slug = re.sub(r"[^a-z0-9]+", "_", fold_name(text)).strip("_")
    if not slug:
        raise InputInvalid("A name needs a letter or digit from a to z.", field="label")
    new = CustomField(CUSTOM_PREFIX + slug, text, kind, subject)

    def change(connection: Connection) -> Connection:
        nonlocal new
        same = [o for o in connection.custom_fields if (o.name, o.subject) == (new.name, subject)]
        if same and same[0].type is kind:
            new = same[0]
            return connection
        if same:
            raise InputInvalid(
                f"There is a field “{same[0].label}” already; it holds {same[0].type.value}.",
                mend="Choose another name.",
                field="label",
            )
        if len(connection.custom_fields) >= MOST_CUSTOM_FIELDS:
            raise InputInvalid(f"There are {MOST_CUSTOM_FIELDS} fields already.", field="label")
        return replace(connection, custom_fields=(*connection.custom_fields, new))

    change_connection(app, tenant, change)
    return new


def remove_custom_field(app: App, tenant: TenantId, subject: Subject, name: str) -> None:
    """Remove a field; values that are kept stay where they are. Nothing if there is none.

    Raises `InputInvalid` while a mapping goes into it, and `Conflict` naming what asks for it: a segment
    that asks for what is gone could be of everybody.
    """

    def change(connection: Connection) -> Connection:
        mappings = connection.all_mappings()
        used = [
            module
            for module in MAPPED_MODULES
            if subject_of(module) is subject
            and any(one.field == name for one in mappings.of(module))
        ]
        if used:
            raise InputInvalid(
                f"A field of {used[0]} goes into this one.",
                mend="Take it out of the mapping first.",
                field="name",
            )
        left = tuple(o for o in connection.custom_fields if (o.name, o.subject) != (name, subject))
        return replace(connection, custom_fields=left)

    there = connection_of(app, tenant).custom_fields
    if any((one.name, one.subject) == (name, subject) for one in there):
        _refuse_used(app, tenant, subject, name)
    change_connection(app, tenant, change)


def _refuse_used(app: App, tenant: TenantId, subject: Subject, name: str) -> None:
    uses = uses_of_field(app, tenant, subject, name).items
    if not uses:
        return
    named = ", ".join(f"the {one.used_as} “{one.name}”" for one in uses[:MOST_NAMED])
    more = f" and {len(uses) - MOST_NAMED} more" if len(uses) > MOST_NAMED else ""
    raise Conflict(f"This field is used by {named}{more}.", mend="Change what uses it first.")


def _check_name(
    module: Module, name: str, theirs: Mapping[str, FieldType], before: set[str], field: str
) -> None:
    """One that was mapped before may stay, though Sugar no longer has it."""
    if not _SUGAR_NAME.fullmatch(name):
        raise InputInvalid(
            f"“{name[:64]}” is not the name of a field in Sugar.",
            mend="Use the field's database name, such as phone_work or region_c.",
            field=field,
        )
    if name in _RESERVED:
        text = f"“{name}” cannot be mapped: Sugar keeps it for itself."
        raise InputInvalid(text, field=field)
    if theirs and name not in theirs and name not in before:
        raise InputInvalid(
            f"{module} have no field “{name}” in Sugar.",
            mend="If it was added just now, read the fields from Sugar again.",
            field=field,
        )
