"""What is to be looked at in an email before it goes out."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.emails.email_blocks import Block, BlockKind, Look
from funnel.domain.emails.email_checks import Weight, findings
from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.ids import TenantId

AT = datetime(2026, 3, 2, tzinfo=UTC)
GOOD = Email(
    TenantId("t"), EmailId("e"), "N", "Hello you", "",
    '<p><a href="https://shop.example.io/a">See</a>'
    '<img src="https://shop.example.io/a.png" alt="A" width="9"></p>',
    "", False, AT, AT, "Mo", preheader="Look",
)  # fmt: skip


def kinds(email: Email, *, postal: str = "Street", size: int = 1_000) -> dict[str, tuple[str, ...]]:
    found = findings(email, postal_address=postal, bytes_out=size)
    return {one.kind: one.about for one in found}


def test_a_good_email_has_nothing_to_be_looked_at() -> None:
    assert kinds(GOOD) == {}


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("subject", {"subject": "x" * 61}),
        ("shouting", {"subject": "BUY IT TODAY"}),
        ("preheader", {"preheader": ""}),
        ("long_preheader", {"preheader": "x" * 111}),
        ("old_text", {"text": "Hi", "text_for": "other"}),
        ("dead", {"body": '<a href="prices">x</a>'}),
        ("shortened", {"body": '<a href="https://www.bit.ly/a">x</a>'}),
        ("numbers", {"body": '<a href="https://192.0.2.7/a">x</a>'}),
        ("http", {"body": '<a href="http://shop.example.io/">x</a>'}),
        ("example", {"body": '<a href="https://www.example.com/">x</a>'}),
        ("misleading", {"body": '<a href="https://evil.example.io/">https://bank.example.io</a>'}),
        ("misleading", {"body": '<a href="https://evil.example.io/">www.bank.example.io</a>'}),
        (
            "empty_link",
            {"body": '<a href="https://shop.example.io/"> <img src="https://x.io/a"></a>'},
        ),
        ("alt", {"body": '<img src="https://x.io/a.png" width="9">'}),
        ("size", {"body": '<img src="https://x.io/a.png" alt="A">'}),
        ("http_picture", {"body": '<img src="http://x.io/a.png" alt="A" width="9">'}),
        ("fallback", {"body": "Hi {{first_name}} {{sender_name}}"}),
        ("fallback", {"subject": "Hi {{first_name}}"}),
    ],
)
def test_each_is_found_and_names_what_it_is_about(kind: str, changes: dict[str, str]) -> None:
    assert kind in kinds(replace(GOOD, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://www.shop.example.io/a">shop.example.io</a>',
        '<a href="https://shop.example.io/a">https://www.shop.example.io</a>',
        '<a href="mailto:a@b.io">www.b.io</a>',
        "{{first_name|}} {{last_name|you}} {{unsubscribe_link}} {{email}}",
    ],
)
def test_what_is_right_is_not_found(body: str) -> None:
    assert kinds(replace(GOOD, body=body)) == {}


def test_what_hinders_the_mail_comes_first() -> None:
    found = findings(replace(GOOD, preheader=""), postal_address="", bytes_out=105_000)
    assert [one.kind for one in found] == ["postal", "long", "preheader"]
    assert [one.weight for one in found] == [Weight.BAD, Weight.BAD, Weight.WARN]
    assert found[1].number == 104


def test_colours_that_can_hardly_be_read_are_said() -> None:
    faint = Look(ink="#cccccc", accent="#dddddd")
    blocks = (Block(BlockKind.HEADING, "x"),)
    assert {"contrast", "link_contrast"} <= set(kinds(replace(GOOD, blocks=blocks, look=faint)))


def test_of_many_places_five_are_named_and_all_counted() -> None:
    body = "".join(f'<img src="https://x.io/{n}.png" width="9">' for n in range(9))
    (found,) = findings(replace(GOOD, body=body), postal_address="x", bytes_out=1)
    assert (len(found.about), found.number) == (5, 9)
