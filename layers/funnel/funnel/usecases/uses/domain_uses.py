"""What sends from a domain just now, so that it is not removed unawares."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from funnel.domain.broadcasts.broadcasts import UNDER_WAY
from funnel.domain.campaigns.campaigns import CampaignState, SendEmail
from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_addresses import domain_of
from funnel.usecases.app import App
from funnel.usecases.uses.in_use import broadcasts_in_use, campaigns_in_use


@dataclass(frozen=True, slots=True)
class DomainUse:
    """A `campaign` that runs, a `broadcast` that is scheduled or on its way, or a `form` that has an address confirmed."""

    kind: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class DomainUses:
    """What sends from a domain, each with its page, and how many `emails` they send.

    `is_sender` says that it is the domain of the mail settings, from which everything goes out that names
    no address of its own.
    """

    campaigns: tuple[DomainUse, ...] = ()
    broadcasts: tuple[DomainUse, ...] = ()
    forms: tuple[DomainUse, ...] = ()
    emails: int = 0
    is_sender: bool = False

    @property
    def stops_something(self) -> bool:
        """Whether mail that would go out does not without it."""
        return self.is_sender or bool(self.broadcasts)


_Sends = tuple[DomainUse, set[EmailId]]
"""What sends, and which emails."""


def uses_of_domain(app: App, tenant: TenantId, domain: str) -> DomainUses:
    """All that stops without it. Nothing does where nothing can go out from it anyway."""
    settings = app.mails.mail_settings(tenant)
    known = {one.state.domain: one.state.verified for one in settings.domains}
    if not known.get(domain):
        return DomainUses()
    is_sender = domain_of(settings.from_address) == domain
    campaigns = list(_campaigns(app, tenant)) if is_sender else []
    broadcasts = list(_broadcasts(app, tenant, domain, settings.from_address))
    forms = list(_forms(app, tenant)) if is_sender else []
    emails = {i for _, some in (*campaigns, *broadcasts, *forms) for i in some}
    return DomainUses(_only(campaigns), _only(broadcasts), _only(forms), len(emails), is_sender)


def _only(found: Iterable[_Sends]) -> tuple[DomainUse, ...]:
    return tuple(use for use, _ in found)


def _campaigns(app: App, tenant: TenantId) -> Iterator[_Sends]:
    for head, actions in campaigns_in_use(app, tenant):
        emails = {one.email_id for one in actions if isinstance(one, SendEmail)}
        if emails and head.state is CampaignState.RUNNING:
            page = f"/app/campaigns/{head.campaign_id}"
            yield DomainUse("campaign", head.name, page), emails


def _broadcasts(app: App, tenant: TenantId, domain: str, sender: str) -> Iterator[_Sends]:
    for one in broadcasts_in_use(app, tenant):
        if one.state in UNDER_WAY and domain_of(one.plan.from_address or sender) == domain:
            page = f"/app/broadcasts/{one.broadcast_id}"
            yield DomainUse("broadcast", one.plan.name, page), {one.plan.email_id}


def _forms(app: App, tenant: TenantId) -> Iterator[_Sends]:
    for form in app.forms.forms(tenant):
        if form.active and form.actions.confirm:
            page = f"/app/forms/{form.form_id}"
            yield DomainUse("form", form.name, page), {form.actions.confirm}
