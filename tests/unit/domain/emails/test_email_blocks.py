"""Blocks: what they need, and the HTML they come to."""

from dataclasses import replace

import pytest

from funnel.domain.emails.block_html import block_parts
from funnel.domain.emails.colours import contrast, ink_on
from funnel.domain.emails.email_blocks import (
    Align,
    Block,
    BlockKind,
    Look,
    checked_blocks,
    checked_look,
)
from funnel.domain.errors import InputInvalid
from funnel.domain.mail.mail_frame import has_own_footer
from funnel.domain.mail.mail_html import text_of

TEXT = Block(BlockKind.TEXT, "<p>Hello</p>")
PICTURE = "https://x.test/a.png"


def html(*blocks: Block, look: Look | None = None) -> str:
    return block_parts(checked_blocks(blocks), look or Look()).body


@pytest.mark.parametrize(
    ("block", "field"),
    [
        (Block(BlockKind.HEADING), "text"),
        (Block(BlockKind.HEADING, "x" * 501), "text"),
        (Block(BlockKind.IMAGE), "address"),
        (Block(BlockKind.IMAGE, address="javascript:alert(1)"), "address"),
        (Block(BlockKind.IMAGE, address="/a.png"), "address"),
        (Block(BlockKind.IMAGE, address=PICTURE, link="prices"), "link"),
        (Block(BlockKind.IMAGE, address=PICTURE, width=-1), "width"),
        (Block(BlockKind.IMAGE, address=PICTURE, height=9_999), "height"),
        (Block(BlockKind.BUTTON, address="https://x.test/"), "text"),
        (Block(BlockKind.BUTTON, "Go"), "address"),
        (Block(BlockKind.BUTTON, "Go", address="data:text/html,x"), "address"),
        (Block(BlockKind.BUTTON, "Go", address=f"mailto:{'x' * 1_000}"), "address"),
        (Block(BlockKind.COLUMNS, right_address="x"), "right_address"),
    ],
)
def test_what_a_block_lacks_is_said_at_its_place(block: Block, field: str) -> None:
    with pytest.raises(InputInvalid) as error:
        checked_blocks([TEXT, block])
    assert error.value.field == f"blocks.1.{field}"


def test_all_that_a_block_lacks_is_said_at_once() -> None:
    with pytest.raises(InputInvalid) as error:
        checked_blocks([TEXT, Block(BlockKind.BUTTON), Block(BlockKind.HEADING)])
    told = (error.value, *error.value.others)
    assert [one.field for one in told] == ["blocks.1.text", "blocks.1.address", "blocks.2.text"]


def test_there_is_one_footer_and_it_is_last() -> None:
    one, other = Block(BlockKind.FOOTER, "<p>a</p>"), Block(BlockKind.FOOTER, "<p>b</p>")
    assert checked_blocks([one, TEXT, other]) == (TEXT, other)
    assert checked_blocks([TEXT])[-1] == Block(BlockKind.FOOTER)
    parts = block_parts(checked_blocks([TEXT]), Look())
    assert has_own_footer(parts.footer)
    assert "{{" not in parts.body


def test_an_email_of_room_alone_says_nothing() -> None:
    with pytest.raises(InputInvalid, match="says something"):
        checked_blocks([Block(BlockKind.SPACER), Block(BlockKind.DIVIDER)])
    with pytest.raises(InputInvalid, match="At most 60"):
        checked_blocks([TEXT] * 61)


def test_lines_are_text_and_their_merge_fields_stay() -> None:
    found = html(
        Block(BlockKind.HEADING, 'A <b> & "{{first_name|you}}"', size=9),
        Block(BlockKind.BUTTON, "<Go>", address='https://x.test/?a=1&b="2'[:-2]),
    )
    assert "<h3" in found
    assert "A &lt;b&gt; &amp; &quot;{{first_name|you}}&quot;" in found
    assert "&lt;Go&gt;" in found
    assert 'href="https://x.test/?a=1&amp;b="' in found


def test_pictures_are_no_wider_than_the_mail_and_keep_their_shape() -> None:
    found = html(Block(BlockKind.IMAGE, address=PICTURE, alt="A", width=1104, height=500))
    assert 'width="552" height="250"' in found
    unknown = html(Block(BlockKind.IMAGE, address=PICTURE, alt="A"))
    assert "width=" not in unknown.partition("<img")[2].partition(">")[0].replace("max-width", "")
    linked = html(Block(BlockKind.IMAGE, address=PICTURE, link="https://x.test/b"))
    assert '<a href="https://x.test/b"' in linked


def test_what_is_written_gets_the_colours_of_the_mail_and_keeps_its_own() -> None:
    look = Look(accent="#123456")
    written = '<p style="color:red">a <a href="https://x.test/">b</a></p>'
    found = html(Block(BlockKind.TEXT, written, align=Align.RIGHT), look=look)
    assert '<p style="margin:0 0 12px 0;color:red">' in found
    assert 'style="color:#123456"' in found
    assert "text-align:right" in found


def test_every_word_is_in_the_text_part_in_its_order() -> None:
    columns = Block(
        BlockKind.COLUMNS, "<p>Left</p>", "<p>Right</p>", PICTURE, "One", "", PICTURE, "Two"
    )
    text = text_of(html(Block(BlockKind.HEADING, "Head"), TEXT, columns))
    assert text.split() == ["Head", "Hello", "One", "Left", "Two", "Right"]


@pytest.mark.parametrize(
    "look",
    [
        Look(ink="red"),
        Look(surface="#fff"),
        Look(accent="#12345g"),
        Look(width=200),
        Look(width=900),
    ],
)
def test_a_look_that_cannot_be_is_refused(look: Look) -> None:
    with pytest.raises(InputInvalid) as error:
        checked_look(look)
    assert error.value.field.startswith("look.")


def test_colours_are_told_by_what_can_be_read() -> None:
    assert checked_look(Look(ink=" #AABBCC ")).ink == "#aabbcc"
    assert contrast("#ffffff", "#000000") == 21
    assert (ink_on("#0d6b64"), ink_on("#ffee00")) == ("#ffffff", "#000000")
    dark = replace(Look(), background="#111111")
    assert "#c9ced6" in block_parts(checked_blocks([TEXT]), dark).footer
