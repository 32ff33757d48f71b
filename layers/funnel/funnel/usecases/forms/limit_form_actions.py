"""How often one form tells people and Sugar of one address: anybody can enter anybody's, from many networks."""

from datetime import timedelta

from funnel.domain.errors import TooManyTries
from funnel.domain.forms.submissions import Submission
from funnel.domain.ids import derived_id
from funnel.usecases.app import App
from funnel.usecases.forms.limit_confirmations import short_name

MOST_TOLD = 5
"""Forms of one address in a day (UTC) of which our own people and Sugar are told, for each form."""

_LIFE = timedelta(days=2)


def count_told(app: App, sub: Submission) -> None:
    """Count this one among those of its form and address today, once for all that is told of it.

    Raises `TooManyTries` beyond the bound: it is kept, and can be told of another day.
    """
    now = app.clock.now()
    day = now.date().isoformat()
    who = derived_id("told of a form", sub.form_id, sub.email, day)
    if not app.sites.count_once(sub.tenant, who, short_name(sub.key), now + _LIFE, MOST_TOLD):
        raise TooManyTries(
            f"This address sent the form {MOST_TOLD} times today (UTC) already: this one is kept here only.",
            mend="If it is to be told of, too, try it again tomorrow.",
        )
