"""Who mail comes from: a tenant's mail settings, and the domains it may send from."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_addresses import checked_header, domain_of, wire_address
from funnel.domain.mail.mail_caps import MailCap, checked_cap
from funnel.domain.problems import Problems

MOST_DOMAINS = 10
LONGEST_NAME, LONGEST_POSTAL = 100, 300
_STALE_AFTER = 600.0

TOLD_AFTER = timedelta(minutes=15)
"""So long mail has to have waited before anybody is told: what passes by itself is nobody's business."""

_NOTED_AGAIN = timedelta(minutes=10)
_MET_WITHIN = timedelta(hours=2)
"""What waits is looked at each hour: trouble that no mail met for longer is over."""


@dataclass(frozen=True, slots=True)
class DomainState:
    """What the mail service says of a domain. `records` are the names and values to enter as CNAME."""

    domain: str
    verified: bool
    status: str = ""
    records: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SenderDomain:
    """A domain that a tenant sends from, as the mail service said of it at `checked_at`."""

    state: DomainState
    checked_at: datetime

    def is_stale(self, now: datetime) -> bool:
        """Whether it is time to ask the mail service again."""
        return (now - self.checked_at).total_seconds() >= _STALE_AFTER


@dataclass(frozen=True, slots=True)
class SenderTrouble:
    """Why a tenant's mail does not go out, since when, and when some mail met it last."""

    reason: str
    since: datetime
    met_at: datetime

    def is_noted(self, reason: str, now: datetime) -> bool:
        """Whether there is nothing new to write down."""
        return self.reason == reason and now < self.met_at + _NOTED_AGAIN


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How a tenant's mail is signed: the law of many countries wants a postal address in it.

    `unsubscribe_label` is the text of the link under each mail. With `notes_in_sugar` what sales reps
    send becomes a Note in Sugar. `cap` is how much marketing mail one person gets at most. `trouble` is
    what keeps mail from going out, as whoever sends it met it last.
    """

    tenant: TenantId
    from_name: str = ""
    from_address: str = ""
    postal_address: str = ""
    unsubscribe_label: str = "Unsubscribe"
    domains: tuple[SenderDomain, ...] = ()
    changed_by: str = ""
    notes_in_sugar: bool = False
    cap: MailCap = MailCap()
    trouble: SenderTrouble | None = None
    version: int = 0

    def trouble_now(self, now: datetime) -> SenderTrouble | None:
        """What keeps mail from going out; None for what no mail met lately."""
        found = self.trouble
        return found if found is not None and now < found.met_at + _MET_WITHIN else None

    def domain(self, address: str) -> SenderDomain | None:
        """The domain of the tenant that an address is of."""
        wanted = domain_of(address)
        return next((one for one in self.domains if one.state.domain == wanted), None)


def why_unfit(settings: MailSettings, from_address: str) -> str:
    """Why nothing can be sent from this address, in plain words; "" if it can."""
    if not settings.postal_address:
        return "The postal address is missing in the mail settings; every mail has to have one."
    if not from_address:
        return "The sender's address is missing in the mail settings."
    try:
        wire_address(from_address)
    except InputInvalid as error:
        return f"The sender's address cannot be used: {error.text}"
    found = settings.domain(from_address)
    if found is None:
        name = domain_of(from_address)
        return f"The domain {name} is not among those that mail may be sent from."
    if not found.state.verified:
        name = found.state.domain
        return (
            f"The domain {name} is not verified yet: its DNS records are missing or not seen yet."
        )
    return ""


def why_mail_waits(settings: MailSettings, now: datetime) -> str:
    """Why no mail goes out just now, in plain words; "" if it does."""
    found = settings.trouble_now(now)
    return why_unfit(settings, settings.from_address) or (found.reason if found else "")


def checked_settings(
    before: MailSettings,
    name: str,
    address: str,
    postal: str,
    label: str,
    by: str,
    *,
    notes: bool = False,
    cap: MailCap | None = None,
) -> MailSettings:
    """The settings with these values; None keeps the cap.

    Raises `InputInvalid` with all that is wrong, each naming its field.

    Where mail goes out, another address it could not go out from is refused: all of it would stop.
    """
    postal_lines = [" ".join(line.split()) for line in postal.splitlines()]
    postal = "\n".join(line for line in postal_lines if line)
    after, wrong = replace(before, changed_by=by, notes_in_sugar=notes), Problems()
    with wrong.found():
        after = replace(after, from_name=checked_header(name, "from_name", LONGEST_NAME))
    with wrong.found():
        after = replace(after, from_address=_sender(address))
        _refuse_stopping(before, after)
    with wrong.found():
        if len(postal) > LONGEST_POSTAL:
            raise InputInvalid(f"At most {LONGEST_POSTAL} characters.", field="postal_address")
        after = replace(after, postal_address=postal)
    with wrong.found():
        text = checked_header(label, "unsubscribe_label", LONGEST_NAME)
        after = replace(after, unsubscribe_label=text or "Unsubscribe")
    with wrong.found():
        after = replace(after, cap=before.cap if cap is None else checked_cap(cap))
    wrong.raise_all()
    return after


def _refuse_stopping(before: MailSettings, after: MailSettings) -> None:
    """Raise `InputInvalid` where mail goes out, and would not from another address."""
    moved = after.from_address != before.from_address and not why_unfit(before, before.from_address)
    if moved and (why := why_unfit(after, after.from_address)):
        raise InputInvalid(
            why,
            mend="No mail would go out any more. Add its domain first, and wait until it is verified.",
            field="from_address",
        )


def _sender(address: str) -> str:
    address = address.strip()
    if address:
        wire_address(address, "from_address")
    return address
