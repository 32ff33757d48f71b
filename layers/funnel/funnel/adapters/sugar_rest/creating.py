"""Creating a record over REST under an id of ours.

Source: Sugar Developer Guide 13.0, `/<module> POST`: an `id` in the body is kept; one that is
taken is refused. A reply with another id shows a server that does not keep ours.
"""

from collections.abc import Mapping

from funnel.adapters.sugar_http.values import kind_of
from funnel.adapters.sugar_rest.calls import Caller
from funnel.adapters.sugar_rest.session import Session
from funnel.adapters.sugar_rest.updating import plain
from funnel.domain.crm import FieldDef, Value
from funnel.domain.errors import IdNotKept
from funnel.domain.ids import SugarId, WrittenModule


def create_record(
    caller: Caller,
    session: Session,
    module: WrittenModule,
    sugar_id: SugarId,
    fields: Mapping[str, Value],
    known: Mapping[str, FieldDef],
) -> None:
    """See `Crm.create`."""
    values = {
        name: plain(value, kind_of(known, name))
        for name, value in fields.items()
        if name != "email1"
    }
    sent: dict[str, object] = {**values, "id": sugar_id}
    if fields.get("email1"):
        sent["email"] = [{"email_address": fields["email1"], "primary_address": True}]
    told = session.run(lambda token: caller.post_once(token, str(module), sent))
    made = told.get("id") if isinstance(told, dict) else None
    if made != sugar_id:
        raise IdNotKept(
            "This Sugar does not keep the ids it is given, so that a record could be made twice.",
            mend="Connect it over SOAP.",
            sugar_id=made if isinstance(made, str) else "",
        )
