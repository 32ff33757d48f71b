"""English."""

from funnel.web.texts.en import (
    activities,
    apart,
    causes,
    changes,
    common,
    companies,
    consent,
    erasing,
    errors,
    fields,
    files,
    lists,
    mapping,
    people,
    pushing,
    score_push,
    scoring,
    setup,
    sign_in,
    signals,
    target_lists,
    tracking,
    vision,
    vision_companies,
)

TEXTS = {
    **common.TEXTS,
    **sign_in.TEXTS,
    **setup.TEXTS,
    **changes.TEXTS,
    **people.TEXTS,
    **consent.TEXTS,
    **pushing.TEXTS,
    **causes.TEXTS,
    **fields.TEXTS,
    **files.TEXTS,
    **lists.TEXTS,
    **target_lists.TEXTS,
    **tracking.TEXTS,
    **companies.TEXTS,
    **scoring.TEXTS,
    **activities.TEXTS,
    **signals.TEXTS,
    **mapping.TEXTS,
    **apart.TEXTS,
    **errors.TEXTS,
    **erasing.TEXTS,
    **score_push.TEXTS,
    **vision.TEXTS,
    **vision_companies.TEXTS,
}


def plural(number: float) -> str:
    """One, or other."""
    return "one" if number == 1 else "other"
