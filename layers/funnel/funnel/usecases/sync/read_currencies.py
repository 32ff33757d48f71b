"""Read Sugar's currencies once a day; amounts have no unit where Sugar does not tell them."""

from dataclasses import replace
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.currencies import UNKNOWN, Currencies
from funnel.domain.errors import (
    OF_THE_WHOLE_SUGAR,
    SugarRefused,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import TenantId
from funnel.domain.segments.segment_fields import AMOUNT
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.bells.ask_recompute import recompute_everybody
from funnel.usecases.load_segments import definitions

EVERY = timedelta(hours=20)
"""Less than a day, so that a run that is a little early does not skip one."""


def read_currencies(app: App, crm: Crm, connection: Connection, *, anew: bool) -> None:
    """Keep what Sugar tells, or why it does not; nothing where that is known well enough.

    A Sugar that refuses is asked again a day later, one that did not answer by the next run. No
    run fails for it. `anew` asks at once.
    """
    stands = kept = app.sync.currencies(connection.tenant)
    if kept is not None and kept.connection_id != connection.connection_id:
        kept = None
    now = app.clock.now()
    if kept is not None and not anew and now - kept.read_at < EVERY:
        return
    before = kept or Currencies(connection.connection_id, now - EVERY)
    try:
        told = tuple(crm.currencies())
    except OF_THE_WHOLE_SUGAR:
        raise
    except SugarRefused as error:
        found = replace(before, read_at=now, problem=error.text, mend=error.mend)
    except (SugarUnavailable, SugarReplyBroken) as error:
        found = replace(before, problem=error.text, mend=error.mend)
    else:
        found = Currencies(connection.connection_id, now, told)
    _keep(app, connection.tenant, stands or UNKNOWN, found)


def _keep(app: App, tenant: TenantId, stands: Currencies, found: Currencies) -> None:
    """Segments that ask for amounts follow where one is another number now than by what stands."""

    def save() -> None:
        app.sync.save_currencies(tenant, found)

    if found.counts_as(stands) or AMOUNT not in definitions(app, tenant).evaluator.asked:
        save()
    else:
        recompute_everybody(app, tenant, "", save)
