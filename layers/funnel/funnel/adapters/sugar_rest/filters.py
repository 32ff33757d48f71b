"""Windows and conditions as filter expressions.

Source: Sugar Developer Guide 13.0, `/<module>/filter POST`, Filter Expressions: the expressions of
a list must all hold; times are ISO 8601 with their offset. Reported for Sugar 25.2: an expression
on a field that has no column is dropped without a word, so that it matches everything; such a
field is refused here before it is sent.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from funnel.domain.crm import Condition, FieldDef, Operator, Window
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import SugarId

Expression = dict[str, object]

IDS_A_REQUEST = 500

_NOT_TEXT = frozenset(
    ("bool", "int", "float", "double", "decimal", "currency", "date", "datetime", "datetimecombo")
)


def moment(at: datetime) -> str:
    """A point in time. Raises `InputInvalid` where it has no time zone."""
    if at.tzinfo is None:
        raise InputInvalid("A time without a time zone cannot be compared.", field="time")
    return at.astimezone(UTC).isoformat(timespec="seconds")


def window_filter(window: Window) -> list[Expression]:
    """The expressions for the records of a window, which must be dated, undated or both."""
    return [*_time_part(window), *id_range(window.id_from, window.id_until)]


def id_range(id_from: str | None, id_until: str | None) -> list[Expression]:
    """The expressions for ids from one (inclusive) to another (exclusive)."""
    found: list[Expression] = []
    if id_from is not None:
        found.append({"id": {"$gte": id_from}})
    if id_until is not None:
        found.append({"id": {"$lt": id_until}})
    return found


def id_chunks(ids: Iterable[SugarId]) -> list[list[SugarId]]:
    """Each id once, as many at a time as a request takes."""
    unique = list(dict.fromkeys(one for one in ids if one))
    return [unique[at : at + IDS_A_REQUEST] for at in range(0, len(unique), IDS_A_REQUEST)]


def ids_filter(ids: Iterable[str]) -> list[Expression]:
    """The expression for records by id."""
    return [{"id": {"$in": list(ids)}}]


def conditions_filter(
    conditions: Sequence[Condition], fields: Mapping[str, FieldDef], computed: Container[str]
) -> list[Expression]:
    """The expressions for conditions on fields of the module; `computed` ones have no column."""
    return [_condition(one, fields, computed) for one in conditions]


def _time_part(window: Window) -> list[Expression]:
    bounds: list[Expression] = []
    if window.since is not None:
        bounds.append({"date_modified": {"$gte": moment(window.since)}})
    if window.until is not None:
        bounds.append({"date_modified": {"$lt": moment(window.until)}})
    empty: Expression = {"date_modified": {"$is_null": ""}}
    if not window.dated:
        return [empty]
    if window.undated:
        return [{"$or": [{"$and": bounds}, empty]}] if bounds else []
    return bounds or [{"date_modified": {"$not_null": ""}}]


def _condition(
    condition: Condition, fields: Mapping[str, FieldDef], computed: Container[str]
) -> Expression:
    name = condition.field
    known = fields.get(name)
    if known is None:
        raise InputInvalid(f"The filter's field “{name[:100]}” does not exist.", field=name)
    if name in computed:
        raise InputInvalid(
            f"Sugar computes “{name}” and cannot filter by it.",
            mend="Filter by another field.",
            field=name,
        )
    text = known.type not in _NOT_TEXT
    empty: Expression = {name: {"$is_null": ""}}
    filled: Expression = {name: {"$not_null": ""}}
    if condition.operator is Operator.IS_EMPTY:
        return {"$or": [empty, {name: {"$equals": ""}}]} if text else empty
    if condition.operator is Operator.IS_NOT_EMPTY:
        return {"$and": [filled, {name: {"$not_equals": ""}}]} if text else filled
    if not condition.values:
        raise InputInvalid(f"The filter on “{name}” has no value.", field=name)
    values = list(condition.values)
    if condition.operator is Operator.IS:
        return {name: {"$in": values}}
    return {"$or": [{name: {"$not_in": values}}, empty]}
