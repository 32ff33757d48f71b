"""English."""

from funnel.web.texts.en import causes, common, fields, lists, people, setup, target_lists

TEXTS = {
    **common.TEXTS,
    **setup.TEXTS,
    **people.TEXTS,
    **causes.TEXTS,
    **fields.TEXTS,
    **lists.TEXTS,
    **target_lists.TEXTS,
}


def plural(number: float) -> str:
    """One, or other."""
    return "one" if number == 1 else "other"
