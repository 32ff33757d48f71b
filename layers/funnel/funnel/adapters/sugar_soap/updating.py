"""Writing fields of many records by their ids over SOAP: `set_entries`.

Never without an id: of a Contact that is there already it throws the values away and takes its
address from it (`docs/sugar.md`).
"""

from collections.abc import Mapping

from funnel.adapters.sugar_http.values import kind_of, to_text
from funnel.adapters.sugar_soap import envelopes
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.envelopes import Part
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.crm import FieldDef, Value
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, SugarId, WrittenModule

METHOD = "set_entries"
Rows = Mapping[SugarId, Mapping[str, Value]]


def update_rows(
    caller: Caller,
    session: Session,
    module: Module | WrittenModule,
    rows: Rows,
    known: Mapping[str, FieldDef],
) -> None:
    """See `Crm.update`. The ids in the answer are not looked at: they prove nothing."""
    if not rows:
        return
    told = update_parts(module, rows, known)
    session.run(
        lambda session_id: caller.write(METHOD, [envelopes.text("session", session_id), *told])
    )


def update_parts(
    module: Module | WrittenModule, rows: Rows, known: Mapping[str, FieldDef]
) -> list[Part]:
    """All parameters but the session. Raises `InputInvalid` for a row without an id."""
    if not all(rows):
        raise InputInvalid("A record is updated by its id.", field="id")
    lists = [
        {"id": sugar_id, **{name: to_text(one, kind_of(known, name)) for name, one in row.items()}}
        for sugar_id, row in rows.items()
    ]
    return [
        envelopes.text("module_name", str(module)),
        envelopes.name_value_lists("name_value_lists", lists),
    ]
