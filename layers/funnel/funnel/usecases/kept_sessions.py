"""The sessions with Sugars that an execution environment keeps between messages; in memory only."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Endpoint, OpenSession
from funnel.domain.ids import ConnectionId, TenantId
from funnel.ports.system import Clock

IDLE = timedelta(minutes=10)
"""Sugar's own sessions last 24 minutes without use where PHP is left as it comes."""

_MOST = 200


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whose session it is: another password or another address has another one."""

    tenant: TenantId
    connection_id: ConnectionId
    credential_version: int
    endpoint: Endpoint


class KeptSessions:
    """One for each tenant, as long as it was used within `idle`, and the `most` used last.

    It cannot be written down or shared: Sugar binds a session to the caller's network.
    """

    def __init__(self, clock: Clock, idle: timedelta = IDLE, most: int = _MOST) -> None:
        self._clock = clock
        self._idle = idle
        self._most = most
        self._kept: OrderedDict[TenantId, tuple[_Whose, OpenSession, datetime]] = OrderedDict()

    def of(self, connection: Connection) -> "SessionOfOne":
        """Where the connection's session is kept."""
        whose = _Whose(
            connection.tenant,
            connection.connection_id,
            connection.credential_version,
            connection.endpoint,
        )
        return SessionOfOne(self, whose)

    def forget(self, tenant: TenantId) -> None:
        """Keep none of this tenant any more. Its server ends it when it was not used for a while."""
        self._kept.pop(tenant, None)

    def load(self, whose: _Whose) -> OpenSession | None:
        """The session, if it is of just this connection and was used a short while ago."""
        self._drop_idle()
        found = self._kept.get(whose.tenant)
        return found[1] if found and found[0] == whose else None

    def save(self, whose: _Whose, session: OpenSession | None) -> None:
        """Keep it in place of any other of the tenant; None keeps none."""
        self._kept.pop(whose.tenant, None)
        if session is None:
            return
        self._kept[whose.tenant] = (whose, session, self._clock.now())
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def _drop_idle(self) -> None:
        until = self._clock.now() - self._idle
        for tenant in [one for one, (_, _, used) in self._kept.items() if used <= until]:
            del self._kept[tenant]


@dataclass(frozen=True, slots=True)
class SessionOfOne:
    """`funnel.ports.crm.KeptSession` of one connection."""

    _all: KeptSessions
    _whose: _Whose

    def load(self) -> OpenSession | None:
        """See `KeptSession`."""
        return self._all.load(self._whose)

    def save(self, session: OpenSession | None) -> None:
        """See `KeptSession`."""
        self._all.save(self._whose, session)
