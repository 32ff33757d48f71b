"""Blocks as HTML that mail programs show well: tables, styles in each tag, and no need of a style sheet.

Each block is a row of its own, as wide as the mail. Two columns are tables that float, so that they stand
below each other where there is no room for both, even in programs that take no style sheet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from funnel.domain.emails.colours import ink_on
from funnel.domain.emails.email_blocks import Align, Block, BlockKind, Look
from funnel.domain.mail.mail_fields import LEAVE, LEAVE_LABEL, POSTAL
from funnel.domain.mail.mail_html import Attributes, rewritten

CSS_OF_BLOCKS = (
    "@media (max-width:599px){.column{width:100%!important;padding-left:0!important;"
    "padding-right:0!important}.row{padding-left:16px!important;padding-right:16px!important}}"
)
"""What narrow screens are told. It is not needed for a mail to be read there."""

_ROOM, _GAP = 24, 24
_SIZES = {1: 28, 2: 22, 3: 18}
_QUIET = "#5b6472"
_TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'


@dataclass(frozen=True, slots=True)
class BlockParts:
    """An email of blocks as the parts of an email: the words, and the footer, which no rep changes."""

    body: str
    footer: str


def block_parts(blocks: Iterable[Block], look: Look) -> BlockParts:
    """The HTML of checked blocks whose own HTML is clean."""
    found = tuple(blocks)
    said = [one for one in found if one.kind is not BlockKind.FOOTER]
    rows = [
        _row(one, look, first=place == 0, last=place == len(said) - 1)
        for place, one in enumerate(said)
    ]
    footers = [_footer(one, look) for one in found if one.kind is BlockKind.FOOTER]
    return BlockParts("".join(rows), "".join(footers))


def button_row(label: str, address: str, look: Look) -> str:
    """A button below the words of an email, in its own colours."""
    block = Block(BlockKind.BUTTON, text=label, address=address)
    return _row(block, look, first=False, last=True)


def _row(block: Block, look: Look, *, first: bool, last: bool) -> str:
    above, below = (_ROOM if first else 8), (_ROOM if last else 8)
    if block.kind is BlockKind.SPACER:
        above = below = 0
    padding = f"padding:{above}px {_ROOM}px {below}px {_ROOM}px"
    style = f"{padding};{_font(look, look.ink)};text-align:{block.align.value}"
    return _framed(look, look.surface, f' align="{block.align.value}"', style, _said(block, look))


def _framed(look: Look, colour: str, align: str, style: str, html: str) -> str:
    """A row as wide as the page, and in it a cell as wide as the mail."""
    return (
        f'<table {_TABLE} width="100%" bgcolor="{look.background}" '
        f'style="width:100%;background-color:{look.background}"><tr><td align="center">'
        f'<table {_TABLE} width="{look.width}" bgcolor="{colour}" '
        f'style="width:100%;max-width:{look.width}px;background-color:{colour}"><tr>'
        f'<td class="row"{align} style="{style}">{html}</td></tr></table></td></tr></table>'
    )


def _said(block: Block, look: Look) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return _heading(block, look)
        case BlockKind.TEXT:
            return _words(block.text, look)
        case BlockKind.IMAGE:
            return _image(block, look)
        case BlockKind.BUTTON:
            return _button(block, look)
        case BlockKind.DIVIDER:
            line = "border:0;border-top:1px solid #c9ced6;margin:8px 0"
            return f'<hr style="{line}">'
        case BlockKind.SPACER:
            size = block.size
            return f'<div style="height:{size}px;line-height:{size}px;font-size:1px">&nbsp;</div>'
        case BlockKind.COLUMNS:
            return _columns(block, look)
        case BlockKind.FOOTER:
            return ""


def _heading(block: Block, look: Look) -> str:
    size = _SIZES[block.size]
    style = (
        f"margin:0;{_font(look, look.ink, size)};font-weight:bold;text-align:{block.align.value}"
    )
    return f'<h{block.size} style="{style}">{escape(block.text)}</h{block.size}>'


def _words(html: str, look: Look, colour: str = "") -> str:
    """HTML that somebody wrote, with the mail's own colours where it says none."""
    styles = {
        "p": "margin:0 0 12px 0",
        "ul": "margin:0 0 12px 0;padding:0 0 0 24px",
        "ol": "margin:0 0 12px 0;padding:0 0 0 24px",
        "a": f"color:{colour or look.accent}",
        "img": "max-width:100%;height:auto",
    }

    def styled(tag: str, attrs: Attributes) -> Attributes | None:
        if tag not in styles:
            return None
        own = next((value for name, value in attrs if name == "style" and value), "")
        rest = [(name, value) for name, value in attrs if name != "style"]
        return [*rest, ("style", ";".join(filter(None, (styles[tag], own))))]

    return rewritten(html, styled)


def _image(block: Block, look: Look) -> str:
    most = look.width - 2 * _ROOM
    width = min(block.width, most)
    sizes = f' width="{width}"' if width else ""
    if width and block.height:
        sizes += f' height="{round(block.height * width / block.width)}"'
    style = f"max-width:100%;height:auto;border:0;vertical-align:top;{_font(look, look.ink, 14)}"
    picture = (
        f'<img src="{escape(block.address)}" alt="{escape(block.alt)}"{sizes} style="{style}">'
    )
    if not block.link:
        return picture
    return f'<a href="{escape(block.link)}" style="color:{look.accent}">{picture}</a>'


def _button(block: Block, look: Look) -> str:
    font = _font(look, ink_on(look.accent), 16)
    cell = f"border-radius:6px;background-color:{look.accent};padding:12px 22px"
    link = f"{font};font-weight:bold;text-decoration:none"
    margin = {Align.CENTRE: "margin:0 auto", Align.RIGHT: "margin:0 0 0 auto"}.get(
        block.align, "margin:0"
    )
    return (
        f'<table {_TABLE} align="{block.align.value}" style="{margin}"><tr>'
        f'<td align="center" bgcolor="{look.accent}" style="{cell}">'
        f'<a href="{escape(block.address)}" style="{link}">{escape(block.text)}</a></td></tr></table>'
    )


def _columns(block: Block, look: Look) -> str:
    width = (look.width - 2 * _ROOM) // 2
    half = _GAP // 2
    left = _picture(block.address, block.alt, width - half, look)
    right = _picture(block.right_address, block.right_alt, width - half, look)
    inner = f"padding:4px {half}px 4px 0", f"padding:4px 0 4px {half}px"
    return _column(block, left, block.text, look, width, "column", inner[0]) + _column(
        block, right, block.right, look, width, "column right", inner[1]
    )


def _picture(address: str, alt: str, width: int, look: Look) -> str:
    """A picture as wide as its column."""
    if not address:
        return ""
    style = f"max-width:100%;height:auto;border:0;vertical-align:top;{_font(look, look.ink, 14)}"
    picture = f'<img src="{escape(address)}" alt="{escape(alt)}" width="{width}" style="{style}">'
    return f'<div style="padding:0 0 10px 0">{picture}</div>'


def _column(
    block: Block, picture: str, html: str, look: Look, width: int, name: str, padding: str
) -> str:
    style = f"{_font(look, look.ink)};text-align:{block.align.value};{padding}"
    return (
        f'<table class="{name}" {_TABLE} align="left" width="{width}" '
        f'style="width:{width}px;max-width:100%"><tr><td class="{name}" valign="top" '
        f'align="{block.align.value}" style="{style}">{picture}{_words(html, look)}</td></tr></table>'
    )


def _footer(block: Block, look: Look) -> str:
    ink = _quiet_on(look)
    words = f"{_words(block.text, look, ink)}" if block.text else ""
    style = f"padding:20px {_ROOM}px 28px {_ROOM}px;{_font(look, ink, 12)};text-align:{block.align.value}"
    way_out = f'<a href="{{{{{LEAVE}}}}}" style="color:{ink}">{{{{{LEAVE_LABEL}}}}}</a>'
    html = (
        f'{words}<p style="margin:0 0 8px 0">{{{{{POSTAL}}}}}</p><p style="margin:0">{way_out}</p>'
    )
    align = f' align="{block.align.value}"'
    return _framed(look, look.background, align, style, html)


def _quiet_on(look: Look) -> str:
    """A grey that can be read on the background of the mail."""
    return _QUIET if ink_on(look.background) == "#000000" else "#c9ced6"


def _font(look: Look, colour: str, size: int = 16) -> str:
    return f"font-family:{look.font.value};font-size:{size}px;line-height:1.5;color:{colour}"
