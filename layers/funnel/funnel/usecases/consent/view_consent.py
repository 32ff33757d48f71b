"""The consent of a person's addresses, with who said so, and how far Sugar knows."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from funnel.domain.connecting.connections import Connection
from funnel.domain.consent.consent import PAGE, Consent, Flag, facing, takes_no_word
from funnel.domain.ids import TenantId
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.consent.change_consent import addresses_of
from funnel.usecases.view_common import RecordRef, Sugar


class InSugar(StrEnum):
    """How far Sugar knows what is here. NOBODY: no record there has the address."""

    AGREES = "agrees"
    SOON = "soon"
    READ_ONLY = "read_only"
    PAUSED = "paused"
    NOT_CONNECTED = "not_connected"
    NOBODY = "nobody"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MarkView:
    """One mark of an address, and who changed it last: in Sugar by `record`, here by `by`."""

    value: bool
    side: str
    at: datetime | None
    by: str
    reason: str
    record: RecordRef | None


@dataclass(frozen=True, slots=True)
class ConsentView:
    """Whether an address may be written to.

    `welcome` is who said that mail is welcome, None for nobody.
    With `by_hand` this Sugar can be told nothing, so that somebody has to set it there and say so.
    """

    email: str
    opt_out: MarkView
    invalid: MarkView
    in_sugar: InSugar
    by_hand: bool
    welcome: MarkView | None = None


def consents_of(app: App, tenant: TenantId, person: Person) -> tuple[ConsentView, ...]:
    """Of each of the person's addresses, the main one first."""
    emails = addresses_of(person)
    if not emails:
        return ()
    stored = app.records.consents(tenant, emails)
    sugar, connection = Sugar(app, tenant), app.sync.connection(tenant)
    consents = [stored.get(email) or Consent(tenant, email) for email in emails]
    return tuple(consent_view(one, sugar, connection) for one in consents)


def consent_view(consent: Consent, sugar: Sugar, connection: Connection | None) -> ConsentView:
    """One address as a person sees it."""
    return ConsentView(
        consent.email,
        _mark(consent.opt_out, sugar),
        _mark(consent.invalid, sugar),
        _in_sugar(consent, connection),
        takes_no_word(connection) and consent.owed,
        _mark(Flag(True, source=consent.welcome), sugar) if consent.welcome else None,
    )


def _mark(flag: Flag, sugar: Sugar) -> MarkView:
    source = flag.source
    if source is None:
        return MarkView(flag.value, "", None, "", "", None)
    record = sugar.ref(source.record, source.name) if source.record else None
    # Of a mail's own page the source names the mails, for itself.
    reason = "" if source.by == PAGE else source.reason
    return MarkView(flag.value, source.side, source.at, source.by, reason, record)


def _in_sugar(consent: Consent, connection: Connection | None) -> InSugar:
    if connection and consent.connection_id not in ("", connection.connection_id):
        # Due once a record of this Sugar comes with the address.
        consent = replace(facing(consent, connection), due_at=None)
    if not consent.owed:
        return InSugar.AGREES
    if connection is None:
        return InSugar.NOT_CONNECTED
    if connection.read_only:
        return InSugar.READ_ONLY
    if connection.pause is not None:
        return InSugar.PAUSED
    if consent.failed is not None:
        return InSugar.FAILED
    return InSugar.SOON if consent.due_at is not None else InSugar.NOBODY
