"""Have segments follow what is known of an address: whether it may be written to."""

from funnel.domain.consent.consent import Consent, Mark
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.segments.segment_fields import CONSENT
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import ask_people
from funnel.usecases.load_segments import definitions


def ask_about_consent(app: App, before: Consent, after: Consent, delay: int = 0) -> None:
    """Ask for whoever has the address, where it may now be written to and might not, or the other way.

    Nothing where no segment asks for consent.
    """
    if any(before.flag(mark).value != after.flag(mark).value for mark in Mark):
        ask_about_holders(app, after, delay)


def ask_about_holders(app: App, consent: Consent, delay: int = 0) -> None:
    """Ask for whoever has the address, where a segment asks for consent."""
    tenant = consent.tenant
    if CONSENT not in definitions(app, tenant).evaluator.asked:
        return
    people = _holders(app, tenant, consent.email, consent)
    ask_people(app.queue, tenant, people, delay)


def _holders(app: App, tenant: TenantId, email: str, consent: Consent) -> set[PersonId]:
    claim = app.records.claims(tenant, [email]).get(email)
    people = {claim.person_id} if claim is not None else set()
    if consent.apart:
        apart = app.records.records(tenant, consent.apart)
        people |= {one.person_id for one in apart.values()}
    return {one for one in people if one}
