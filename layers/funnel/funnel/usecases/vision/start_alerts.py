"""Have those looked at whose alerts are due; a bounded number a round, who waits longest first."""

from funnel.ports.marketing_messages import TellAlerts
from funnel.usecases.app import App

PAGE_SIZE = 100
MOST_A_ROUND = 1000


def start_alerts(app: App) -> int:
    """One message for each; how many. Who is left over waits for the next round."""
    now, rung, cursor = app.clock.now(), 0, ""
    while rung < MOST_A_ROUND:
        due, cursor = app.alerts.due_alerts(now, PAGE_SIZE, cursor)
        for tenant, user_id in due:
            app.queue.send(TellAlerts(tenant, user_id))
        rung += len(due)
        if not cursor:
            break
    return rung
