"""Emails of a company: Sales Templates with a frame of the brand, and one that is none."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.emails import Email, EmailId
from funnel.domain.ids import TenantId
from tests.fakes.store import MemoryStore

OFFER = EmailId("email-offer")
HEADER = (
    '<div style="background-color:#0d6b64;color:#ffffff;padding:14px 18px;font-size:20px">'
    "<b>Nordwind Logistik</b></div>"
)
FOOTER = '<p style="color:#5b6472;font-size:13px">Freight that arrives, since 1974.</p>'
BODY = (
    "<p>Hello {{first_name|there}},</p>"
    "<p>you had a look at our prices. For <b>{{company|your company}}</b> I can do better than the "
    'list: <a href="https://nordwind.example/offer">this is your offer</a>.</p>'
    "<p>Shall we talk this week?</p><p>{{sender_name}}<br>{{sender_phone|}}</p>"
)


def fill_emails(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """Three of them."""
    offer = Email(
        tenant, OFFER, "Offer after a visit", "Freight for {{company|your company}}", HEADER, BODY,
        FOOTER, True, now - timedelta(days=9), now - timedelta(hours=5), "Mo Sandberg",
    )  # fmt: skip
    hello = "<p>Dear {{salutation|}} {{last_name|reader}},</p><p>it was good to meet you.</p>"
    others = (
        replace(
            offer, email_id=EmailId("email-hello"), name="After a trade fair",
            subject="Good to meet you", body=hello,
        ),
        replace(
            offer, email_id=EmailId("email-news"), name="Newsletter, winter",
            subject="Heavy freight in winter", sales_template=False, changed_by="Ada Brandt",
        ),
    )  # fmt: skip
    for one in (offer, *others):
        store.save_email(one)
