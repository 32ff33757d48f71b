"""The base currency, which Sugar makes of its settings: it is in no table and in no list."""

from collections.abc import Sequence

from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module

MODULE = "Currencies"
BASE = "-99"
#: As a fresh Sugar has it; the recorded sign-ins tell its name.
TOLD = {
    "id": BASE, "name": "US Dollar", "symbol": "$", "iso4217": "USD", "conversion_rate": "1",
    "status": "Active", "deleted": "0",
}  # fmt: skip


def base_row(module: Module, fields: Sequence[Field]) -> tuple[str, ...] | None:
    """What an id that no currency has stands for; None for other modules.

    By the source of SuiteCRM 7.14 and SugarCRM CE (`Currency::retrieve`), not by a recording.
    """
    if module.name != MODULE:
        return None
    return (BASE, *(TOLD.get(field.name, "") for field in fields))
