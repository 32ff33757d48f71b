"""Write to Sugar what is due: one worker a connection, until nothing is left or the time is up."""

from collections.abc import Callable

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import OF_THE_WHOLE_SUGAR, CircuitOpen, ConnectionPaused, Transient
from funnel.ports.crm import Crm
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.campaigns_in_sugar.drain_campaigns import drain_campaigns
from funnel.usecases.connecting.connection import connection_of, forget_session, may_push, sugar
from funnel.usecases.jobs.try_later import try_later
from funnel.usecases.pushing.drain_consents import drain_consents
from funnel.usecases.pushing.drain_intents import drain_intents
from funnel.usecases.pushing.drain_scores import drain_scores
from funnel.usecases.pushing.push_lease import LEASE, take_lease

Drain = Callable[[App, Connection, Crm, str, Callable[[], float]], bool]
"""Writes one kind of what is due; whether all of it was done."""

DRAINS: tuple[Drain, ...] = (drain_intents, drain_consents, drain_campaigns, drain_scores)
"""In the order of who waits: people first."""


def push_due(app: App, message: PushDue, worker: str, seconds_left: Callable[[], float]) -> None:
    """Tell Sugar what it is to be told. `worker` names this invocation.

    A connection that only reads, is paused or whose circuit is open keeps its marks, and nothing is
    written; so does one whose Sugar, as by its certificate, refuses everything alike. What can pass
    is tried again with back-off, a few times; then the end of the next run rings. Raises `NotFound`
    without a connection.
    """
    connection = connection_of(app, message.tenant)
    if connection.pause is not None:
        forget_session(app, message.tenant)
    if not may_push(connection):
        return
    try:
        with sugar(app, connection) as crm:
            take_lease(app, connection, worker)
            # One after the other: the first that is not done leaves the rest to the next worker.
            done = all(drain(app, connection, crm, worker, seconds_left) for drain in DRAINS)
    except (CircuitOpen, ConnectionPaused, *OF_THE_WHOLE_SUGAR):
        return
    except Transient as error:
        try_later(app, message, error)
    else:
        if not done:
            app.queue.send(PushDue(message.tenant))
    finally:
        app.sync.release(message.tenant, LEASE, worker)
