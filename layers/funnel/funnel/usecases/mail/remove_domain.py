"""Send from a domain no more, once what that stops was read."""

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.mail.senders import MailSettings
from funnel.usecases.app import App
from funnel.usecases.mail.sender_domains import drop_sender_domain
from funnel.usecases.uses.domain_uses import uses_of_domain


def remove_domain(app: App, tenant: TenantId, domain: str, *, confirmed: bool) -> MailSettings:
    """The settings without it.

    Marketing mail that goes out from it waits then, and goes once it is back; other mail is refused.

    Raises `NotFound`, and `Conflict` unless `confirmed` where mail goes out from it.
    """
    uses = uses_of_domain(app, tenant, domain)
    if uses.stops_something and not confirmed:
        raise Conflict(
            f"Mail goes out from {domain}. Without it these stop: campaigns that run: "
            f"{len(uses.campaigns)}, broadcasts: {len(uses.broadcasts)}, forms that confirm "
            f"addresses: {len(uses.forms)}; emails of these: {uses.emails}.",
            mend="Say that they may.",
        )
    return drop_sender_domain(app, tenant, domain)
