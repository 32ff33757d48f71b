"""English."""

from funnel.web.texts.en import causes, changes, common, fields, people, setup

TEXTS = {
    **common.TEXTS,
    **setup.TEXTS,
    **changes.TEXTS,
    **people.TEXTS,
    **causes.TEXTS,
    **fields.TEXTS,
}


def plural(number: float) -> str:
    """One, or other."""
    return "one" if number == 1 else "other"
