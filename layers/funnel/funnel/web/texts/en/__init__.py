"""English."""

from funnel.web.texts.en import (
    activities,
    apart,
    causes,
    changes,
    common,
    consent,
    emails,
    erasing,
    errors,
    fields,
    files,
    lists,
    mail,
    mails,
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
    vision_hot,
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
    **scoring.TEXTS,
    **activities.TEXTS,
    **signals.TEXTS,
    **mapping.TEXTS,
    **mail.TEXTS,
    **mails.TEXTS,
    **emails.TEXTS,
    **apart.TEXTS,
    **errors.TEXTS,
    **erasing.TEXTS,
    **score_push.TEXTS,
    **vision.TEXTS,
    **vision_hot.TEXTS,
}


def plural(number: float) -> str:
    """One, or other."""
    return "one" if number == 1 else "other"
