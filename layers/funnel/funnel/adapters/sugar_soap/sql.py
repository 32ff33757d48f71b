"""Windows and filters as the raw SQL that Sugar takes in `query`.

Columns are qualified always: an unqualified one is an SQL error on v3_1 and later. Whatever comes
from outside stands in quotes with quotes doubled; backslashes and control characters are refused,
because databases differ in what they make of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from funnel.adapters.sugar_soap.dialects import TABLES
from funnel.domain.crm import Condition, FieldDef, Operator, Window
from funnel.domain.errors import InputInvalid

_UNSAFE = re.compile(r"[\\\x00-\x1f\x7f\x80-\x9f\ud800-\udfff\ufffe\uffff]")
_COLUMN = re.compile(r"[a-z][a-z0-9_]*", re.ASCII | re.IGNORECASE)
_NOT_TEXT = frozenset(
    ("bool", "int", "float", "double", "decimal", "currency", "date", "datetime", "datetimecombo")
)


def literal(text: str, what: str) -> str:
    """A quoted SQL literal. Raises `InputInvalid`, naming `what`, for what cannot be quoted."""
    if _UNSAFE.search(text):
        raise InputInvalid(f"The {what} contains a backslash or a control character.", field=what)
    return "'" + text.replace("'", "''") + "'"


def moment(at: datetime) -> str:
    """A point in time as a literal. Raises `InputInvalid` where it has no time zone."""
    if at.tzinfo is None:
        raise InputInvalid("A time without a time zone cannot be compared.", field="time")
    return "'" + at.astimezone(UTC).isoformat(" ", "seconds")[:19] + "'"


def window_query(
    module: str,
    window: Window,
    conditions: Sequence[Condition] = (),
    fields: Mapping[str, FieldDef] | None = None,
) -> str:
    """The SQL for the records of a window for which all conditions hold.

    `fields` are the module's own, needed where there are conditions. The window must be dated,
    undated or both.
    """
    table = TABLES[module]
    ids = id_range_query(module, window.id_from, window.id_until)
    parts = [_time_part(table, window), ids]
    parts.extend(_condition(table, one, fields or {}) for one in conditions)
    return " AND ".join(part for part in parts if part)


def id_range_query(module: str, since: str | None, until: str | None) -> str:
    """The SQL for a range of ids, in the server's collation; "" for all."""
    column = f"{TABLES[module]}.id"
    parts = []
    if since is not None:
        parts.append(f"{column} >= {literal(since, 'id')}")
    if until is not None:
        parts.append(f"{column} < {literal(until, 'id')}")
    return " AND ".join(parts)


def ids_query(
    module: str,
    ids: Iterable[str],
    conditions: Sequence[Condition] = (),
    fields: Mapping[str, FieldDef] | None = None,
) -> str:
    """The SQL for records by id, for which all conditions hold."""
    named = f"{TABLES[module]}.id IN ({', '.join(literal(one, 'id') for one in ids)})"
    filters = [_condition(TABLES[module], one, fields or {}) for one in conditions]
    return " AND ".join([named, *filters])


def changed_addresses_query(
    module: str,
    since: datetime,
    conditions: Sequence[Condition] = (),
    fields: Mapping[str, FieldDef] | None = None,
) -> str:
    """The SQL for people whose address, or link to one, changed since.

    This sub-select, on these two tables, is one Sugar lets through (`docs/sugar.md`).
    """
    at = moment(since)
    changed = (
        f"{TABLES[module]}.id IN (SELECT eabr.bean_id FROM email_addr_bean_rel eabr"  # noqa: S608
        " JOIN email_addresses ea ON ea.id = eabr.email_address_id"
        f" WHERE eabr.bean_module = {literal(module, 'module')}"
        f" AND (eabr.date_modified >= {at} OR ea.date_modified >= {at}))"
    )
    filters = [_condition(TABLES[module], one, fields or {}) for one in conditions]
    return " AND ".join([changed, *filters])


def holders_query(module: str, emails: Iterable[str]) -> str:
    """The SQL for live people who have one of these addresses, as their main one or another."""
    wanted = ", ".join(literal(one.strip().upper(), "email") for one in emails)
    return (
        f"{TABLES[module]}.deleted = 0 AND {TABLES[module]}.id IN"  # noqa: S608
        " (SELECT eabr.bean_id FROM email_addr_bean_rel eabr"
        " JOIN email_addresses ea ON ea.id = eabr.email_address_id"
        f" WHERE eabr.bean_module = {literal(module, 'module')} AND eabr.deleted = 0"
        f" AND ea.deleted = 0 AND ea.email_address_caps IN ({wanted}))"
    )


def named_query(module: str, name: str) -> str:
    """The SQL for live records of this name, by whatever the server's collation takes for it."""
    return f"{TABLES[module]}.deleted = 0 AND {TABLES[module]}.name = {literal(name, 'name')}"


def about_query(module: str, parent: str) -> str:
    """The SQL for Tasks or Notes about one record."""
    return f"{TABLES[module]}.parent_id = {literal(parent, 'id')}"


def _time_part(table: str, window: Window) -> str:
    column = f"{table}.date_modified"
    bounds = []
    if window.since is not None:
        bounds.append(f"{column} >= {moment(window.since)}")
    if window.until is not None:
        bounds.append(f"{column} < {moment(window.until)}")
    if not window.dated:
        return f"{column} IS NULL"
    if window.undated:
        return f"({' AND '.join(bounds)} OR {column} IS NULL)" if bounds else ""
    return " AND ".join(bounds) or f"{column} IS NOT NULL"


def _condition(table: str, condition: Condition, fields: Mapping[str, FieldDef]) -> str:
    name = condition.field
    known = fields.get(name)
    if known is None or not _COLUMN.fullmatch(name):
        raise InputInvalid(f"The filter's field “{name[:100]}” does not exist.", field=name)
    # Custom fields live in a table of their own; Sugar ends their names in _c and no others.
    column = f"{table}_cstm.{name}" if name.endswith("_c") else f"{table}.{name}"
    empty = f"{column} IS NULL"
    filled = f"{column} IS NOT NULL"
    if known.type not in _NOT_TEXT:
        empty = f"({empty} OR {column} = '')"
        filled = f"({filled} AND {column} <> '')"
    if condition.operator is Operator.IS_EMPTY:
        return empty
    if condition.operator is Operator.IS_NOT_EMPTY:
        return filled
    if not condition.values:
        raise InputInvalid(f"The filter on “{name}” has no value.", field=name)
    values = ", ".join(literal(value, name) for value in condition.values)
    if condition.operator is Operator.IS:
        return f"{column} IN ({values})"
    return f"({column} NOT IN ({values}) OR {column} IS NULL)"
