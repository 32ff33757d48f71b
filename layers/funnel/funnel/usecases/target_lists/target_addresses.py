"""Read the Targets again whose address changed in Sugar, as nothing of the Target itself says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import FunnelError, ModuleMissing, NoRight, ReplyTooLarge
from funnel.domain.ids import Module
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.target_lists.read_targets import Targets

_MOST = 20_000


@dataclass(frozen=True, slots=True)
class AddressesRead:
    """Until when, by Sugar's clock, changed addresses are read; and why not all were."""

    until: datetime | None
    error: FunnelError | None = None


def read_target_addresses(app: App, crm: Crm, connection: Connection) -> AddressesRead:
    """Read the Targets here whose address, or flag of it, changed since the last round.

    What goes wrong is told, not raised: it leaves the lists alone, and the next round tries again.
    A Sugar without Targets, or whose endpoint cannot say (REST, `soap.php`), has none.
    """
    last = app.sync.lists_round(connection.tenant)
    since = last.addresses_until if last else None
    try:
        until = crm.server_time()
        if since is None:
            return AddressesRead(until)
        overlap = timedelta(seconds=connection.overlap_seconds)
        ids = crm.changed_addresses(Module.PROSPECTS, since - overlap, _MOST) or []
        if ids:
            Targets(app, crm, connection).again(ids)
    except (ModuleMissing, NoRight):
        return AddressesRead(since)
    except FunnelError as error:
        return AddressesRead(since, error)
    if len(ids) < _MOST:
        return AddressesRead(until)
    text = f"More than {_MOST} addresses of Targets changed; not all of them could be read."
    return AddressesRead(until, ReplyTooLarge(text))
