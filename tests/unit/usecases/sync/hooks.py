"""A Sugar that signs and sends webhooks to a world in memory."""

import json
from dataclasses import dataclass, field

from funnel.domain.connecting.signing import WEBHOOK, Signed, derived_key, signature_of
from funnel.domain.ids import ConnectionId, TenantId
from funnel.usecases.connecting.signing_keys import NewKey, new_signing_key
from funnel.usecases.sync.accept_hook import accept_hook
from tests.fakes.world import TENANT, World

CONNECTION = ConnectionId("0badcafe-0000-4000-8000-000000000001")


def named(*records: str, by: str = "") -> bytes:
    """A body that names records, each as `Module/id`."""
    rows = [dict(zip(("module", "id"), r.split("/"), strict=True)) for r in records]
    whole: dict[str, object] = {"records": [{**row, "event": "saved"} for row in rows]}
    return json.dumps({**whole, "by": by} if by else whole).encode()


@dataclass
class Sender:
    """Signs with the key that was shown. Every sending is at another second."""

    world: World
    shown: NewKey = field(init=False)

    def __post_init__(self) -> None:
        self.shown = new_signing_key(self.world.app, TENANT, "https://funnel.test")

    def signed(self, body: bytes, ahead: float = 0, key: NewKey | None = None) -> Signed:
        """What the headers say."""
        used = key or self.shown
        signing = derived_key(used.key.partition(".")[2], WEBHOOK, CONNECTION)
        sent = str(int(self.world.clock.now().timestamp() + ahead))
        return Signed(sent, used.kid, signature_of(signing, sent, body))

    def send(self, *records: str, by: str = "", ahead: float = 0) -> int:
        """Name these."""
        body = named(*records, by=by)
        return self.post(body, self.signed(body, ahead))

    def post(
        self,
        body: bytes,
        signed: Signed,
        tenant: TenantId = TENANT,
        connection: ConnectionId = CONNECTION,
    ) -> int:
        """Send this."""
        return accept_hook(self.world.app, tenant, connection, signed, body).records
