"""English."""

from funnel.web.texts.en import (
    activities,
    apart,
    causes,
    changes,
    common,
    consent,
    errors,
    fields,
    lists,
    mapping,
    people,
    setup,
    sign_in,
    signals,
    target_lists,
    tracking,
)

TEXTS = {
    **common.TEXTS,
    **sign_in.TEXTS,
    **setup.TEXTS,
    **changes.TEXTS,
    **people.TEXTS,
    **consent.TEXTS,
    **causes.TEXTS,
    **fields.TEXTS,
    **lists.TEXTS,
    **target_lists.TEXTS,
    **tracking.TEXTS,
    **activities.TEXTS,
    **signals.TEXTS,
    **mapping.TEXTS,
    **apart.TEXTS,
    **errors.TEXTS,
}


def plural(number: float) -> str:
    """One, or other."""
    return "one" if number == 1 else "other"
