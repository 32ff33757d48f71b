"""What became of the mails of an email, a broadcast or a step of a campaign."""

from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_totals import About, AboutKind, MailTotals
from funnel.usecases.app import App


def totals(
    app: App, tenant: TenantId, about_kind: str, about_id: str, *, with_links: bool = True
) -> MailTotals:
    """The totals of `email`, `broadcast` or `step` (`mail_totals.step_key` gives its id).

    Without `with_links` nothing is read of these, which are many: one small query.

    They are written with each mail, in its transaction: at any moment they are what the mails come to.
    What was erased or forgotten since still counts. Raises `ValueError` for another kind.
    """
    return app.mails.mail_totals(
        tenant, About(AboutKind(about_kind), about_id), with_links=with_links
    )
