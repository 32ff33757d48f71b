"""English."""

from funnel.web.texts.en import apart, causes, common, fields, people, setup

TEXTS = {
    **common.TEXTS,
    **setup.TEXTS,
    **people.TEXTS,
    **causes.TEXTS,
    **fields.TEXTS,
    **apart.TEXTS,
}


def plural(number: float) -> str:
    """One, or other."""
    return "one" if number == 1 else "other"
