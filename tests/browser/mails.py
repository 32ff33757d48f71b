"""Mail settings, and mail in every state."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.ids import PersonId, SugarId, TenantId
from funnel.domain.mail.mails import (
    Mail,
    MailContent,
    MailId,
    MailNumbers,
    MailState,
    MailToken,
    TrackedLink,
    TrackedMail,
)
from funnel.domain.mail.senders import DomainState, MailSettings, SenderDomain
from tests.fakes.store import MemoryStore

TOKEN = MailToken("token-of-a-mail-that-anneliese-has-read-0001")
READ, UNSURE = MailId("mail-read"), MailId("mail-unsure")


def fill_mail(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """A domain that is verified and one that waits; a mail that was read, and others that were not."""
    hour = timedelta(hours=1)
    records = tuple(
        (f"{name}._domainkey.nordwind.example", f"{name}.dkim.amazonses.com")
        for name in ("q4x7m2vzt5ka", "b8n1c6ywr3ud", "h2p9s0fle7jo")
    )
    verified = DomainState("nordwind-logistik.example", True, "SUCCESS")
    waits = DomainState("nordwind.example", False, "PENDING", records)
    store.save_mail_settings(
        MailSettings(
            tenant, "Nordwind Logistik", "news@nordwind-logistik.example",
            "Hafenstraße 12\n20457 Hamburg", "Unsubscribe",
            (SenderDomain(verified, now - 3 * hour), SenderDomain(waits, now - hour / 4)),
        )
    )  # fmt: skip
    read = Mail(
        tenant, READ, TOKEN, PersonId("anneliese"), "anneliese@bergmann.example",
        "Heavy freight in winter <b>", "Nordwind Logistik", "news@nordwind-logistik.example",
        now - 30 * hour, sender=SugarId("u1"), state=MailState.SENT, sent_at=now - 30 * hour,
        claimed_at=now - 30 * hour,
        numbers=MailNumbers(3, 1, now - 29 * hour, now - hour, now - hour, now - hour, 1, 2, {"1": 1}),
    )  # fmt: skip
    others = [
        replace(
            read, mail_id=MailId("mail-bounced"), subject="Your offer", state=MailState.BOUNCED,
            reason="The address does not take mail: 550 5.1.1 user unknown", numbers=MailNumbers(),
            asked_at=now - 200 * hour, sent_at=now - 200 * hour,
        ),
        replace(
            read, mail_id=UNSURE, subject="Ships & schedules", state=MailState.UNCLEAR,
            reason="Nobody can tell whether it went out: the answer of the mail service was lost.",
            numbers=MailNumbers(), asked_at=now - 2 * hour, sent_at=None,
            claimed_at=now - 2 * hour,
        ),
    ]  # fmt: skip
    for one in (read, *others):
        kept = replace(
            one, token=TOKEN if one is read else MailToken(f"token-of-{one.mail_id}-0001")
        )
        store.add_mail(kept, MailContent(tenant, one.mail_id, "<p>Hello</p>", "Hello"))
    links = (
        TrackedLink("https://nordwind.example/pricing", "https://nordwind.example/pricing?fnl=x"),
    )
    store.save_tracked(
        TrackedMail(tenant, READ, TOKEN, now - 30 * hour, "Nordwind Logistik", links)
    )
