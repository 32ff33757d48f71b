"""Whether somebody may be written to, and from where: asked before a mail is kept, and before it goes."""

from dataclasses import dataclass

from funnel.domain.consent import Mark
from funnel.domain.erasure import address_mark
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail_addresses import wire_address
from funnel.domain.senders import MailSettings, why_unfit
from funnel.domain.text import fold_email
from funnel.usecases.app import App
from funnel.usecases.change_consent import addresses_of
from funnel.usecases.create_person import living

NO_ADDRESS = "This person has no such address any more."


@dataclass(frozen=True, slots=True)
class Asked:
    """To whom and from where a mail is to go. `from_address` "" is that of the mail settings."""

    person_id: PersonId
    address: str
    from_address: str = ""


def why_not(app: App, settings: MailSettings, asked: Asked) -> str:
    """Why this may not be sent, in plain words; "" if it may."""
    tenant = settings.tenant
    return why_unfit(settings, asked.from_address or settings.from_address) or _why_not_to(
        app, tenant, asked
    )


def _why_not_to(app: App, tenant: TenantId, asked: Asked) -> str:
    try:
        wire_address(asked.address)
    except InputInvalid as error:
        return error.text
    person = living(app, tenant, asked.person_id)
    folded = fold_email(asked.address)
    if person is None or address_mark(tenant, folded) in app.records.erased(tenant):
        return "There is no such person any more."
    if folded not in addresses_of(person):
        return NO_ADDRESS
    consent = app.records.consents(tenant, [folded]).get(folded)
    if consent is not None and consent.flag(Mark.OPT_OUT).value:
        return "This address has opted out of email."
    if consent is not None and consent.flag(Mark.INVALID).value:
        return "Mail to this address bounces: it is marked as invalid."
    return ""
