"""A module's field list from zeep's objects."""

from collections.abc import Iterable
from typing import Any

from funnel.adapters.sugar_http.values import decode
from funnel.domain.crm import FieldDef

_CHOICES = frozenset(("enum", "multienum", "radioenum", "dynamicenum", "currency_id"))


def field_defs(told: Iterable[Any]) -> dict[str, FieldDef]:
    """Field name to definition, in the server's order.

    Dates come with search operators as `options`, which are no values of the field.
    """
    found = {}
    for one in told:
        if not one.name:
            continue
        kind = str(one.type or "varchar")
        options = (one.options or ()) if kind in _CHOICES else ()
        found[str(one.name)] = FieldDef(
            name=str(one.name),
            type=kind,
            label=decode(str(one.label or one.name)).removesuffix(":"),
            required=bool(one.required),
            options={
                decode(str(option.name)): decode(str(option.value or ""))
                for option in options
                if option.name
            },
        )
    return found
