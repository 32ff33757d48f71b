"""Text folded for comparison, so that what people take for the same is found as the same; and the name of a copy."""

import re
import unicodedata

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_WHOLE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"}  # noqa: RUF001 - a Turkish letter
)


def is_text(value: str) -> bool:
    """Whether it holds neither control characters, but tabs and ends of lines, nor half characters."""
    return not _NO_TEXT.search(value)


def as_text(value: str) -> str:
    """The value with a space for each character that is none."""
    return _NO_TEXT.sub(" ", value)


def copy_name(name: str, longest: int) -> str:
    """What a copy of something so called is called at first."""
    return f"Copy of {name}"[:longest].rstrip()


def fold_email(address: str) -> str:
    """An address without surrounding space and case; "" for none."""
    return address.strip().casefold()


def fold_name(name: str) -> str:
    """A name for listing and searching: no marks, no case, single spaces ("Müller" as "muller")."""
    if name.isascii():
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def fold_user_name(name: str) -> str:
    """A user name as databases compare it at their most lenient, so that no spelling gets around.

    Beside `fold_name`: without signs that take no room, and with letters that Unicode does not take
    apart.
    """
    apart = unicodedata.normalize("NFKD", name)
    seen = "".join(c for c in apart if unicodedata.category(c)[0] not in "CM")
    return fold_name(seen).translate(_WHOLE_LETTERS)


def sort_name(name: str) -> str:
    """A folded name cut to what an index can hold; names that differ only beyond it sort by id."""
    return fold_name(name)[:200]
