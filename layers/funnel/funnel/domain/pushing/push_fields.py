"""Which fields of a person go up to a Lead or Contact, and as what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from funnel.domain.crm import CrmRow, FieldDef, Value
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, RecordKey
from funnel.domain.mapping.fields import FieldType, choices, type_of
from funnel.domain.mapping.mapping import FieldMapping, Flow, Mappings, Rule
from funnel.domain.people.people import merge_fields
from funnel.domain.pushing.pushes import Step
from funnel.domain.sync.records import Person

_COMPUTED = frozenset({"relate", "link", "fullname", "email", "assigned_user_name"})
_KEPT_BY_SUGAR = frozenset(
    {"id", "deleted", "date_modified", "date_entered", "email1", "email2", "converted"}
)
_SHORTEST_CUT = 15
"""Characters that every column of Sugar has room for; what is shorter was not cut."""

_TIDY = str.maketrans({"\r": None})


@dataclass(slots=True)
class GoingUp:
    """What is sent by Sugar's names, what stood there, and what Sugar's fields do not take."""

    fields: dict[str, Value] = field(default_factory=dict)
    before: dict[str, Value] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def of_new(
    person: Person, module: Module, mappings: Mappings, known: Mapping[str, FieldDef]
) -> GoingUp:
    """All mapped fields that have a value, for a record that is to be created."""
    up = GoingUp()
    for one in _writable(mappings, module, known):
        value = person.fields.get(one.field)
        if value is not None:
            _send(up, one, value, known)
    return up


def of_existing(
    person: Person, row: CrmRow, mappings: Mappings, known: Mapping[str, FieldDef]
) -> GoingUp:
    """Where ours wins the merge of Sugar's value, ours, and the last both agreed on.

    A record that is met for the first time does not replace what was edited here, as in a pull, and
    is not replaced by anything else, such as what somebody typed into a form.
    """
    theirs = mappings.apply(row.module, row.fields)
    merged, _, _ = merge_fields(
        {name: value for name, value in theirs.items() if value is not None},
        person.fields,
        person.agreed,
        _rules(person, row.key, mappings),
        frozenset(theirs),
        lambda name: _is_newer(person, name, row),
    )
    up = GoingUp()
    for one in _writable(mappings, row.module, known):
        mine = person.fields.get(one.field)
        told = one.field in theirs
        if told and merged.get(one.field) == mine and mine != theirs[one.field]:
            _send(up, one, mine, known)
            if one.sugar_field in up.fields:
                up.before[one.sugar_field] = row.fields.get(one.sugar_field)
    return up


def for_sugar(value: Value, field_def: FieldDef) -> Value:
    """A value of ours as the field takes it; Sugar would keep nonsense or nothing without a word.

    Raises `InputInvalid`, naming the field, for what it does not take.
    """
    if value is None:
        return None
    kind = type_of(field_def)
    try:
        made = _as(value, kind, field_def.options)
    except (ValueError, InvalidOperation):
        raise InputInvalid(
            f"Sugar's field “{field_def.name}” does not take “{value}”.", field=field_def.name
        ) from None
    return made


def settled(
    planned: Person, now: Person, sent: Mapping[str, Value], row: CrmRow, mappings: Mappings
) -> Person:
    """The person as it is now, in agreement with Sugar on each field that was sent and read back.

    Sugar cuts what is too long and writes "?" for what its database cannot hold; what stands here
    stays. What was sent and is not the person's own, such as a default, is the person's from now on,
    unless it was edited since it was `planned`. Anything else that was read back is a change by
    others, for the next merge.
    """
    fields, agreed = dict(now.fields), dict(now.agreed)
    told = mappings.apply(row.module, row.fields)
    for one in mappings.of(row.module):
        name, ours = one.sugar_field, one.field
        if name not in sent or ours not in told or not is_ours(sent[name], row.fields.get(name)):
            continue
        agreed[ours] = told[ours]
        mine = planned.fields.get(ours)
        if mine not in (sent[name], told[ours]) and mine == now.fields.get(ours):
            fields[ours] = told[ours]
    filled = [{n: v for n, v in one.items() if v is not None} for one in (fields, agreed)]
    if filled == [dict(now.fields), dict(now.agreed)]:
        return now
    return replace(now, fields=filled[0], agreed=filled[1])


def is_ours(sent: Value, got: Value) -> bool:
    """Whether what was read back is what was sent, be it cut or with letters missing."""
    if sent == got:
        return True
    one, other = (str(v if v is not None else "").translate(_TIDY).strip() for v in (sent, got))
    if one == other or not one or not other:
        return one == other
    plain = "".join(c if ord(c) <= 0xFFFF else "?" for c in one)
    squeezed = plain.replace("?", "")
    cut = len(other) >= _SHORTEST_CUT and one.startswith(other)
    return cut or ("?" in other and squeezed.startswith(other.replace("?", "")))


def not_taken(step: Step, row: CrmRow) -> list[str]:
    """Fields that still hold what they held before they were written."""
    return [
        name
        for name, value in step.fields.items()
        if row.fields.get(name) == step.before.get(name)
        and not is_ours(value, row.fields.get(name))
    ]


def _writable(
    mappings: Mappings, module: Module, known: Mapping[str, FieldDef]
) -> list[FieldMapping]:
    """The mappings that go both ways into a column of the record itself."""
    return [
        one
        for one in mappings.of(module)
        if one.flow is Flow.BOTH
        and one.sugar_field in known
        and one.sugar_field not in _KEPT_BY_SUGAR
        and known[one.sugar_field].type not in _COMPUTED
        and not (module is Module.CONTACTS and one.sugar_field == "account_name")
    ]


def _send(up: GoingUp, one: FieldMapping, value: Value, known: Mapping[str, FieldDef]) -> None:
    try:
        up.fields[one.sugar_field] = for_sugar(value, known[one.sugar_field])
    except InputInvalid:
        up.left_out.append(one.sugar_field)


def _rules(person: Person, key: RecordKey, mappings: Mappings) -> dict[str, Rule]:
    rules = {one.field: one.rule for one in mappings.of(key.module)}
    if key not in {link.key for link in person.links}:
        rules.update(dict.fromkeys(person.fields, Rule.SUGAR))
        rules.update(dict.fromkeys(person.edited, Rule.HERE))
    return rules


def _is_newer(person: Person, name: str, row: CrmRow) -> bool:
    edit = person.edited.get(name)
    return edit is None or (row.date_modified is not None and row.date_modified > edit.at)


def _as(value: Value, kind: FieldType, options: Mapping[str, str]) -> Value:
    """Raises `ValueError` or `InvalidOperation`."""
    text = ("Yes" if value else "No") if isinstance(value, bool) else str(value)
    match kind:
        case FieldType.YES_NO:
            return _yes_no(value, text)
        case FieldType.INTEGER:
            return int(text)
        case FieldType.DECIMAL | FieldType.MONEY:
            if not Decimal(text).is_finite():
                raise ValueError(text)
            return text
        case FieldType.CHOICE:
            if options and text not in options:
                raise ValueError(text)
            return text
        case FieldType.CHOICES:
            keys = choices(text)
            if options and not set(keys) <= set(options):
                raise ValueError(text)
            return ",".join(f"^{key}^" for key in keys)
        case FieldType.DATE:
            return date.fromisoformat(text[:10]).isoformat()
    return text


def _yes_no(value: Value, text: str) -> bool:
    if isinstance(value, bool):
        return value
    if text.casefold() not in ("yes", "no", "1", "0", "true", "false"):
        raise ValueError(text)
    return text.casefold() in ("yes", "1", "true")
