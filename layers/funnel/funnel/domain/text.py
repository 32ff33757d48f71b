"""Text folded for comparison, so that what people take for the same is found as the same."""

import unicodedata


def fold_email(address: str) -> str:
    """An address without surrounding space and case; "" for none."""
    return address.strip().casefold()


def fold_name(name: str) -> str:
    """A name for listing and searching: no marks, no case, single spaces ("Müller" as "muller")."""
    if name.isascii():
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def sort_name(name: str) -> str:
    """A folded name cut to what an index can hold; names that differ only beyond it sort by id."""
    return fold_name(name)[:200]
