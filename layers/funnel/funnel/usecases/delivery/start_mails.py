"""Ring for mail that is due and whose bell was lost, or of which nobody heard within its time."""

from funnel.usecases.app import App
from funnel.usecases.mail.send_mail import ring_for_mail


def start_mails(app: App) -> int:
    """One bell for each tenant who has mail that is due; how many."""
    tenants = app.mails.tenants_with_due_mails(app.clock.now())
    for tenant in tenants:
        ring_for_mail(app, tenant)
    return len(tenants)
