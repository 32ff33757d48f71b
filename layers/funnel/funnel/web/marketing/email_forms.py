"""The form of an email: its fields as words to be kept, and its blocks moved about without a script.

Each block has a name such as `b3`: the field `block` has the names in their order, and `b3.text` is what
was typed into one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from funnel.domain.emails.email_blocks import TEXTS_IN, Align, Block, BlockKind, Font, Look
from funnel.domain.errors import InputInvalid
from funnel.usecases.emails.write_email import EmailWords

Form = Mapping[str, Sequence[str]]

BLOCKS, HTML = "blocks", "html"
"""The two ways to write an email."""

FIRST = (
    Block(BlockKind.HEADING, "Hello {{first_name|there}}"),
    Block(BlockKind.TEXT, "<p></p>"),
    Block(BlockKind.FOOTER),
)
"""What a new email of blocks begins with."""

_NUMBERS = ("size", "width", "height")
_COLOURS = ("background", "surface", "ink", "accent")


@dataclass(frozen=True, slots=True)
class EmailForm:
    """What stands in the form: the words, and which way they are written.

    `moved` is the place of the block that was just moved or added, -1 for none.
    """

    words: EmailWords
    way: str
    version: str = ""
    key: str = ""
    moved: int = -1


def form_of(sent: Form) -> EmailForm:
    """What was sent. What cannot be read is left to be refused by whoever keeps it."""
    way = HTML if _one(sent, "way") == HTML else BLOCKS
    words = EmailWords(
        name=_one(sent, "name"),
        subject=_one(sent, "subject"),
        preheader=_one(sent, "preheader"),
        sales_template=_one(sent, "sales_template") == "yes",
        text=_one(sent, "text") if _one(sent, "text_way") == "own" else "",
        text_fits=_one(sent, "text_fits") == "yes",
    )
    if way == HTML:
        parts = {name: _one(sent, name) for name in ("header", "body", "footer", "css")}
        words = replace(words, **parts)  # type: ignore[arg-type]
    else:
        blocks = tuple(_block(sent, name) for name in sent.get("block", ()))
        words = replace(words, blocks=blocks or FIRST, look=_look(sent))
    return EmailForm(words, way, _one(sent, "version"), _one(sent, "key"))


def edited(form: EmailForm, what: str) -> EmailForm:
    """The form after a button in it: `add text`, or `up 3`, `down 3`, `remove 3` by the block's place.

    Raises `InputInvalid`.
    """
    said = [one for one in form.words.blocks if one.kind is not BlockKind.FOOTER]
    footers = [one for one in form.words.blocks if one.kind is BlockKind.FOOTER]
    verb, _, number = what.partition(" ")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    if verb == "add":
        if number not in set(BlockKind) - {BlockKind.FOOTER}:
            raise InputInvalid("There is no such block.")
        said.append(new_block(BlockKind(number)))
        place = len(said) - 1
    elif not 0 <= place < len(said):
        raise InputInvalid("There is no such block.")
    elif verb == "remove":
        del said[place]
        place = min(place, len(said) - 1)
    else:
        there = max(0, min(len(said) - 1, place + (1 if verb == "down" else -1)))
        said.insert(there, said.pop(place))
        place = there
    return replace(form, words=replace(form.words, blocks=(*said, *footers)), moved=place)


def new_block(kind: BlockKind) -> Block:
    """A block of a kind, as it is added."""
    return Block(kind, size={BlockKind.HEADING: 2, BlockKind.SPACER: 24}.get(kind, 0))


def _block(sent: Form, name: str) -> Block:
    def typed(field: str) -> str:
        return _one(sent, f"{name}.{field}")

    kind, align = typed("kind"), typed("align")
    found: dict[str, Any] = {one: typed(one) for one in TEXTS_IN}
    found |= {one: _number(typed(one)) for one in _NUMBERS}
    if kind not in set(BlockKind):
        raise InputInvalid("There is no such block.")
    return Block(
        BlockKind(kind), align=Align(align) if align in set(Align) else Align.LEFT, **found
    )


def _look(sent: Form) -> Look:
    usual = Look()
    colours: dict[str, Any] = {
        name: _one(sent, f"look.{name}") or getattr(usual, name) for name in _COLOURS
    }
    font = _one(sent, "look.font")
    width = _one(sent, "look.width")
    return Look(
        **colours,
        width=_number(width) if width else usual.width,
        font=Font(font) if font in set(Font) else usual.font,
    )


def _number(text: str) -> int:
    """-1 for what is none, which is refused with words later."""
    text = text.strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1


def _one(sent: Form, name: str) -> str:
    return (list(sent.get(name, ())) or [""])[0]
