"""Creating a record over SOAP under an id of ours (`new_with_id`), which a second try cannot double."""

from collections.abc import Mapping

from funnel.adapters.sugar_http.finding import cannot_say_who
from funnel.adapters.sugar_http.values import kind_of, to_text
from funnel.adapters.sugar_soap import protocol
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.crm import Dialect, FieldDef, Value
from funnel.domain.ids import SugarId, WrittenModule


def create_record(
    caller: Caller,
    session: Session,
    module: WrittenModule,
    sugar_id: SugarId,
    fields: Mapping[str, Value],
    known: Mapping[str, FieldDef],
) -> None:
    """See `Crm.create`. An id that is taken is fault -1, and nothing is saved."""
    dialect = caller.endpoint.dialect
    if dialect is Dialect.SOAP_5:
        raise cannot_say_who()
    texts = {name: to_text(value, kind_of(known, name)) for name, value in fields.items()}
    own = {"id": sugar_id, "new_with_id": "1"}
    values = protocol.name_values(TRAITS[dialect].wsdl, {**texts, **own})
    session.run(
        lambda session_id: caller.call(
            "set_entry", session_id, str(module), values, repeatable=False
        )
    )
