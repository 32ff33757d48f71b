"""Emails of a company: Sales Templates with a frame of the brand, and one that is none."""

from dataclasses import replace
from datetime import datetime, timedelta

from playwright.sync_api import Page

from funnel.domain.emails.block_html import block_parts
from funnel.domain.emails.email_blocks import Align, Block, BlockKind, Look
from funnel.domain.emails.emails import Email, EmailId
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


NEWS = EmailId("email-news")
PICTURES = "https://nordwind.example/pictures/"
PICTURE = f"{PICTURES}crane.png"
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="552" height="220"><rect width="552" height="220" '
    'fill="#bcd3e0"/><path d="M0 220 140 90l80 70 110-120 222 180z" fill="#7fa3b8"/></svg>'
)
"""What is at every address of a picture: nothing is loaded from elsewhere."""

BLOCKS = (
    Block(BlockKind.HEADING, "Heavy freight in winter", size=1),
    Block(
        BlockKind.TEXT,
        "<p>Hello {{first_name|there}},</p><p>snow closes passes, not our calendar. What we do so that "
        "{{company|your firm}} has its freight on time:</p><ul><li>depots on both sides of the pass</li>"
        '<li>drivers who know it, and <a href="https://nordwind.example/drivers">tell about it</a></li></ul>',
    ),
    Block(BlockKind.IMAGE, address=PICTURE, alt="A crane in the snow", width=552, height=220),
    Block(BlockKind.BUTTON, "See winter prices", address="https://nordwind.example/prices", align=Align.CENTRE),
    Block(BlockKind.DIVIDER),
    Block(
        BlockKind.COLUMNS,
        "<p><b>By road</b></p><p>Every day, to 31 countries.</p>",
        "<p><b>By rail</b></p><p>Twice a week, with half of the smoke.</p>",
        address=PICTURE, alt="A lorry", right_address=PICTURE, right_alt="A train",
    ),
    Block(BlockKind.SPACER, size=16),
    Block(BlockKind.FOOTER, "<p>You get this because you asked us for prices.</p>"),
)  # fmt: skip


def with_pictures(page: Page) -> None:
    """Pictures of mails are there, without a network."""
    page.route(
        f"{PICTURES}**", lambda route: route.fulfill(content_type="image/svg+xml", body=DRAWN)
    )


def fill_emails(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """Three of them."""
    offer = Email(
        tenant, OFFER, "Offer after a visit", "Freight for {{company|your company}}", HEADER, BODY,
        FOOTER, True, now - timedelta(days=9), now - timedelta(hours=5), "Mo Sandberg",
    )  # fmt: skip
    hello = "<p>Dear {{salutation|}} {{last_name|reader}},</p><p>it was good to meet you.</p>"
    parts = block_parts(BLOCKS, Look())
    others = (
        replace(
            offer, email_id=EmailId("email-hello"), name="After a trade fair",
            subject="Good to meet you", body=hello,
        ),
        replace(
            offer, email_id=NEWS, name="Newsletter, winter",
            subject="Heavy freight in winter", sales_template=False, changed_by="Ada Brandt",
            preheader="Depots on both sides of the pass, and prices that stay", header="",
            blocks=BLOCKS, body=parts.body, footer=parts.footer,
        ),
    )  # fmt: skip
    for one in (offer, *others):
        store.save_email(one)
