"""Have broadcasts worked on whose time has come, or whose worker is gone."""

from funnel.ports.marketing_messages import SendBroadcast
from funnel.usecases.app import App

_AT_ONCE = 200


def start_broadcasts(app: App) -> int:
    """One message for each; how many. Who is left over waits for the next round."""
    due = app.broadcasts.due_broadcasts(app.clock.now(), _AT_ONCE)
    for tenant, broadcast_id in due:
        app.queue.send(SendBroadcast(tenant, broadcast_id))
    return len(due)
