"""How many forms one network may send to a site."""

from datetime import datetime, timedelta

from funnel.domain.errors import TooManyTries
from funnel.domain.ids import derived_id
from funnel.domain.sites import Site
from funnel.domain.tries import source_tries
from funnel.usecases.app import App

MOST_FORMS, SPAN = 10, timedelta(minutes=10)


def count_form(app: App, site: Site, ip: str, now: datetime) -> None:
    """Count one form more. Raises `TooManyTries` for the eleventh in ten minutes.

    Whichever way they come: each can make a person. The address is not kept, and of IPv6 the
    network of 64 bits counts.
    """
    slot = int(now.timestamp() // SPAN.total_seconds())
    who = derived_id("forms", site.key, source_tries(site.tenant, ip), str(slot))
    if app.sites.count_try(site.tenant, who, now + 2 * SPAN) > MOST_FORMS:
        raise TooManyTries(
            "Very many forms come from your network.", mend="Try again in ten minutes."
        )
