"""Messages about activities, and what follows from them, as JSON."""

from datetime import datetime
from typing import Any

from funnel.adapters.sqs.hits import batch_from_plain, batch_to_plain
from funnel.domain.forms.forms import FormId
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.marketing_messages import ActOnForm, RecordHits, Rescore

ActivityMessage = RecordHits | Rescore | ActOnForm


def activity_to_plain(message: ActivityMessage) -> dict[str, Any]:
    """The message as JSON can have it."""
    match message:
        case RecordHits():
            batch = batch_to_plain(message.batch)
            flags = {"released": message.released, "crowded": message.crowded}
            more = {name: True for name, is_set in flags.items() if is_set}
            return {"type": "record_hits", "tenant": message.tenant, **batch, **more}
        case ActOnForm():
            confirmed = (
                {"confirmed_at": message.confirmed_at.isoformat()} if message.confirmed_at else {}
            )
            return {
                "type": "act_on_form",
                "tenant": message.tenant,
                "form_id": message.form_id,
                "at": message.at.isoformat(),
                "hit_id": message.hit_id,
                **confirmed,
                **({"attempt": message.attempt} if message.attempt else {}),
            }
        case Rescore():
            return {
                "type": "rescore",
                "tenant": message.tenant,
                "people": message.people,
                "generation": message.generation,
                "attempt": message.attempt,
            }


def activity_from_plain(tenant: TenantId, body: dict[str, Any]) -> ActivityMessage:
    """The message that was written."""
    if body["type"] == "record_hits":
        released, crowded = (bool(body.get(name)) for name in ("released", "crowded"))
        return RecordHits(tenant, batch_from_plain(body), released, crowded)
    if body["type"] == "act_on_form":
        at = datetime.fromisoformat(body["at"])
        confirmed = body.get("confirmed_at")
        return ActOnForm(
            tenant,
            FormId(str(body["form_id"])),
            at,
            str(body["hit_id"]),
            datetime.fromisoformat(confirmed) if confirmed else None,
            int(body.get("attempt", 0)),
        )
    return Rescore(
        tenant,
        people=tuple(PersonId(str(one)) for one in body.get("people", ())),
        generation=int(body.get("generation", 0)),
        attempt=int(body.get("attempt", 0)),
    )
