"""What an email of blocks is made of: its parts from top to bottom, and how it looks.

Texts may have merge fields. What is HTML in a block is made harmless as all HTML is.
"""

import re
from collections.abc import Iterable, Sized
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from funnel.domain.errors import InputInvalid
from funnel.domain.mail.mail_html import LONGEST_TARGET, is_web_address
from funnel.domain.problems import Problems

MOST_BLOCKS = 60
LONGEST_LINE = 500
NARROWEST, WIDEST = 320, 800
LOWEST, HIGHEST = 4, 120
"""Pixels of a spacer."""
MOST_PIXELS = 2_000

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    TEXT = "text"
    IMAGE = "image"
    BUTTON = "button"
    DIVIDER = "divider"
    SPACER = "spacer"
    COLUMNS = "columns"
    FOOTER = "footer"


class Align(StrEnum):
    """Where in its row something stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Font(StrEnum):
    """Fonts that mail programs have, each with what stands in for it."""

    ARIAL = "Arial, Helvetica, sans-serif"
    VERDANA = "Verdana, Geneva, sans-serif"
    TREBUCHET = "'Trebuchet MS', Tahoma, sans-serif"
    GEORGIA = "Georgia, 'Times New Roman', serif"
    TIMES = "'Times New Roman', Times, serif"
    COURIER = "'Courier New', Courier, monospace"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of an email. What its kind does not use is left as it is, and shown nowhere.

    `text` is a line for a heading and a button, and HTML for a text, the left column and the footer;
    `right` is the HTML of the right column. `address` is where a picture is, or where a button leads,
    and `alt` what stands in for the picture; in columns it is above the left one, and
    `right_address` above the right one. `link` is where a picture leads. `size` is the rank of a
    heading (1 to 3), or the height of a spacer; `width` and `height` of a picture, in pixels, 0 for
    what is not known.
    """

    kind: BlockKind
    text: str = ""
    right: str = ""
    address: str = ""
    alt: str = ""
    link: str = ""
    right_address: str = ""
    right_alt: str = ""
    align: Align = Align.LEFT
    size: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """Colours such as `#f4f5f3`, the width of the mail in pixels, and its font.

    `background` is around the mail, `surface` under its words, `ink` their colour; `accent` is that
    of links and buttons.
    """

    background: str = "#f1f3f2"
    surface: str = "#ffffff"
    ink: str = "#1c2422"
    accent: str = "#0d6b64"
    width: int = 600
    font: Font = Font.ARIAL


HTML_IN = {
    BlockKind.TEXT: ("text",),
    BlockKind.COLUMNS: ("text", "right"),
    BlockKind.FOOTER: ("text",),
}
"""Which fields of a block are HTML."""

TEXTS_IN = ("text", "right", "address", "alt", "link", "right_address", "right_alt")
"""Fields of a block that may have merge fields."""

_LINES = {
    BlockKind.HEADING: ("text",),
    BlockKind.BUTTON: ("text",),
    BlockKind.IMAGE: ("alt",),
    BlockKind.COLUMNS: ("alt", "right_alt"),
}
_PICTURES = {BlockKind.IMAGE: ("address",), BlockKind.COLUMNS: ("address", "right_address")}
_LINKS = {BlockKind.BUTTON: ("address",), BlockKind.IMAGE: ("link",)}
_NEEDED = {
    BlockKind.HEADING: {"text": "Write the heading, or remove this block."},
    BlockKind.BUTTON: {
        "text": "Write what the button says.",
        "address": "Enter where the button leads.",
    },
    BlockKind.IMAGE: {"address": "Enter the address of the picture, or remove this block."},
}


def checked_look(look: Look) -> Look:
    """The look with its colours in one spelling. Raises `InputInvalid` naming the field."""
    names = ("background", "surface", "ink", "accent")
    colours = {name: getattr(look, name).strip().casefold() for name in names}
    for name, value in colours.items():
        if not _COLOUR.fullmatch(value):
            raise InputInvalid("Enter a colour such as #0d6b64.", field=f"look.{name}")
    if not NARROWEST <= look.width <= WIDEST:
        raise InputInvalid(f"From {NARROWEST} to {WIDEST} pixels.", field="look.width")
    return replace(look, **colours)


def checked_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks as they can be, with one footer, at the end.

    Raises `InputInvalid` with the place of what is wrong, such as `blocks.2.address`.
    """
    wrong, found = Problems(), []
    for place, one in enumerate(blocks):
        with wrong.found():
            found.append(_checked(one, f"blocks.{place}"))
    wrong.raise_all()
    check_number(found)
    footers = [one for one in found if one.kind is BlockKind.FOOTER] or [Block(BlockKind.FOOTER)]
    said = [one for one in found if one.kind is not BlockKind.FOOTER]
    if not any(map(says_something, said)):
        raise InputInvalid("Add a block that says something.", field="blocks")
    return (*said, footers[-1])


def finished_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Those of which nothing is missing or wrong, to look at a mail while it is written."""
    return tuple(one for one in blocks if _is_finished(one))


def _is_finished(block: Block) -> bool:
    try:
        _checked(block, "")
    except InputInvalid:
        return False
    return True


def check_number(blocks: Sized) -> None:
    """Raises `InputInvalid` where there are too many."""
    if len(blocks) > MOST_BLOCKS:
        raise InputInvalid(f"At most {MOST_BLOCKS} blocks.", field="blocks")


def says_something(block: Block) -> bool:
    """Whether a reader sees anything of it but room."""
    return block.kind not in (BlockKind.SPACER, BlockKind.DIVIDER)


def _checked(block: Block, place: str) -> Block:
    kind = block.kind
    changes: dict[str, Any] = {}
    wrong = Problems()
    for name in _LINES.get(kind, ()):
        with wrong.found():
            changes[name] = _line(getattr(block, name), f"{place}.{name}")
    for name in (*_PICTURES.get(kind, ()), *_LINKS.get(kind, ())):
        changes[name] = getattr(block, name).strip()
    block = replace(block, **changes)
    for name, words in _NEEDED.get(kind, {}).items():
        with wrong.found():
            if not getattr(block, name):
                raise InputInvalid(words, field=f"{place}.{name}")
    for name in _PICTURES.get(kind, ()):
        with wrong.found():
            _check_picture(getattr(block, name), f"{place}.{name}")
    for name in _LINKS.get(kind, ()):
        with wrong.found():
            _check_link(getattr(block, name), f"{place}.{name}")
    for name in ("width", "height"):
        with wrong.found():
            if not 0 <= getattr(block, name) <= MOST_PIXELS:
                raise InputInvalid(f"From 0 to {MOST_PIXELS} pixels.", field=f"{place}.{name}")
    wrong.raise_all()
    if kind is BlockKind.HEADING:
        return replace(block, size=min(3, max(1, block.size or 1)))
    if kind is BlockKind.SPACER:
        return replace(block, size=min(HIGHEST, max(LOWEST, block.size or 24)))
    return block


def _line(text: str, field: str) -> str:
    if len(text) > LONGEST_LINE:
        raise InputInvalid(f"At most {LONGEST_LINE} characters.", field=field)
    return " ".join(text.split())


def _check_picture(address: str, field: str) -> None:
    if address and not is_web_address(address):
        raise InputInvalid(
            "This is no address of a picture.",
            mend="Enter it whole, such as https://www.example.com/picture.png.",
            field=field,
        )


def _check_link(target: str, field: str) -> None:
    if len(target) > LONGEST_TARGET:
        raise InputInvalid(f"At most {LONGEST_TARGET} characters.", field=field)
    is_other = target.casefold().startswith(("mailto:", "tel:", "{{"))
    if target and not is_other and not is_web_address(target):
        raise InputInvalid(
            f"“{target[:80]}” is no address of a page.",
            mend="Enter it whole, such as https://www.example.com/prices.",
            field=field,
        )
