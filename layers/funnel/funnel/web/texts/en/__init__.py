"""English."""

from funnel.web.texts.en import (
    apart,
    causes,
    changes,
    common,
    errors,
    fields,
    mapping,
    people,
    setup,
    sign_in,
)

TEXTS = {
    **common.TEXTS,
    **sign_in.TEXTS,
    **setup.TEXTS,
    **changes.TEXTS,
    **people.TEXTS,
    **causes.TEXTS,
    **fields.TEXTS,
    **mapping.TEXTS,
    **apart.TEXTS,
    **errors.TEXTS,
}


def plural(number: float) -> str:
    """One, or other."""
    return "one" if number == 1 else "other"
