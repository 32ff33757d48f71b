"""Filter expressions as the SQL that lists take.

An expression on a field without a column is dropped without a word (reported for Sugar 25.2);
one on an unknown field is `invalid_parameter`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from local.sugar.clock import as_sugar
from local.sugar.rest.errors import invalid_parameter
from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module

_ALL = "1 = 1"
_ADDRESSES = "email_addresses"


def to_sql(module: Module, expressions: object) -> str:
    """The condition that all expressions of a list make; "" for none. Raises `RestError`."""
    if not isinstance(expressions, list):
        raise invalid_parameter("filter")
    return " AND ".join(_expression(module, one) for one in expressions)


def _expression(module: Module, told: object) -> str:
    if not isinstance(told, Mapping) or not told:
        raise invalid_parameter("filter")
    parts = []
    for name, value in told.items():
        if name in ("$and", "$or"):
            if not isinstance(value, list) or not value:
                raise invalid_parameter(name)
            joined = f" {name[1:].upper()} ".join(_expression(module, one) for one in value)
            parts.append(f"({joined})")
        else:
            parts.append(_on_field(module, name, value))
    return " AND ".join(parts)


def _on_field(module: Module, name: str, told: object) -> str:
    link, _, linked = name.partition(".")
    if linked and module.has_email and link == _ADDRESSES:
        return _on_addresses(module, linked, told)
    field = module.by_name.get(name)
    if field is None:
        raise invalid_parameter(f"Invalid field {name}")
    if not field.stored:
        return _ALL
    table = module.table if field.source == "column" else module.custom_table
    column = f"{table}.{field.name}"
    operators = told if isinstance(told, Mapping) else {"$equals": told}
    return " AND ".join(_operator(column, field, key, value) for key, value in operators.items())


def _on_addresses(module: Module, name: str, told: object) -> str:
    """People by what is linked to them: of all links only that of addresses is here."""
    if name not in ("email_address", "email_address_caps"):
        raise invalid_parameter(f"Invalid field {name}")
    operators = told if isinstance(told, Mapping) else {"$equals": told}
    text = Field(name, "varchar", 255)
    holds = [_operator(f"ea.{name}", text, key, value) for key, value in operators.items()]
    return (
        f"{module.table}.id IN (SELECT r.bean_id FROM email_addr_bean_rel r"
        f" JOIN email_addresses ea ON ea.id = r.email_address_id WHERE r.deleted = 0"
        f" AND ea.deleted = 0 AND r.bean_module = '{module.name}' AND {' AND '.join(holds)})"
    )


def _operator(column: str, field: Field, operator: str, value: Any) -> str:
    made = _OPERATORS.get(operator)
    if made is None:
        raise invalid_parameter(f"Did not recognize the operand: {operator}")
    return made(column, field, value)


def _compared(sign: str) -> Callable[[str, Field, Any], str]:
    return lambda column, field, value: f"{column} {sign} {_literal(field, value)}"


def _listed(sign: str) -> Callable[[str, Field, Any], str]:
    def made(column: str, field: Field, values: Any) -> str:
        if not isinstance(values, list):
            raise invalid_parameter("$in requires an array")
        return f"{column} {sign} ({', '.join(_literal(field, one) for one in values)})"

    return made


_OPERATORS: dict[str, Callable[[str, Field, Any], str]] = {
    "$equals": _compared("="),
    "$not_equals": _compared("<>"),
    "$gt": _compared(">"),
    "$gte": _compared(">="),
    "$lt": _compared("<"),
    "$lte": _compared("<="),
    "$in": _listed("IN"),
    "$not_in": _listed("NOT IN"),
    "$is_null": lambda column, _field, _value: f"{column} IS NULL",
    "$not_null": lambda column, _field, _value: f"{column} IS NOT NULL",
}


def _literal(field: Field, value: object) -> str:
    text = str(value)
    if field.type == "datetime" and text:
        try:
            text = as_sugar(datetime.fromisoformat(text))
        except ValueError as error:
            raise invalid_parameter(f"Invalid date {text}") from error
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
