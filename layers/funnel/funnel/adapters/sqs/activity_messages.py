"""Messages about activities, and scores that follow from them, as JSON."""

from typing import Any

from funnel.adapters.sqs.hits import batch_from_plain, batch_to_plain
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.system import RecordHits, Rescore


def activity_to_plain(message: RecordHits | Rescore) -> dict[str, Any]:
    """The message as JSON can have it."""
    match message:
        case RecordHits():
            batch = batch_to_plain(message.batch)
            flags = {"released": message.released, "crowded": message.crowded}
            more = {name: True for name, is_set in flags.items() if is_set}
            return {"type": "record_hits", "tenant": message.tenant, **batch, **more}
        case Rescore():
            return {
                "type": "rescore",
                "tenant": message.tenant,
                "people": message.people,
                "generation": message.generation,
                "attempt": message.attempt,
            }


def activity_from_plain(tenant: TenantId, body: dict[str, Any]) -> RecordHits | Rescore:
    """The message that was written."""
    if body["type"] == "record_hits":
        released, crowded = (bool(body.get(name)) for name in ("released", "crowded"))
        return RecordHits(tenant, batch_from_plain(body), released, crowded)
    return Rescore(
        tenant,
        people=tuple(PersonId(str(one)) for one in body.get("people", ())),
        generation=int(body.get("generation", 0)),
        attempt=int(body.get("attempt", 0)),
    )
