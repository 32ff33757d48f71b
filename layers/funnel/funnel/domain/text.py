"""Text folded for comparison, so that what people take for the same is found as the same."""

import unicodedata


def fold_email(address: str) -> str:
    """An address without surrounding space and case; "" for none."""
    return address.strip().casefold()


def fold_name(name: str) -> str:
    """A name for listing and searching: no marks, no case, single spaces ("Müller" as "muller")."""
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
