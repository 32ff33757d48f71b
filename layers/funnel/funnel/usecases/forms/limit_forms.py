"""How many forms one network or browser may send to a site, and all together in a day."""

from datetime import datetime, timedelta
from enum import StrEnum

from funnel.domain.ids import derived_id
from funnel.domain.signing_in.tries import source_tries
from funnel.domain.tracking.hits import BrowserId
from funnel.domain.tracking.sites import Site, for_forms
from funnel.usecases.app import App

SPAN = timedelta(minutes=10)
MOST_OF_A_BROWSER, MOST_OF_A_NETWORK, MOST_KEPT = 10, 100, 1_000
MOST_AT_ONCE = 3
"""In one request: nobody fills in more in a moment."""


class Forms(StrEnum):
    """What becomes of forms. Crowded ones make nobody: who is new is kept aside for a person.

    Of a network that sends too many they are REFUSED; with the day's budget SPENT, those of everybody.
    """

    TAKEN = "taken"
    CROWDED = "crowded"
    REFUSED = "refused"
    SPENT = "spent"


def count_forms(
    app: App, site: Site, ip: str, browser: BrowserId, forms: int, now: datetime
) -> Forms:
    """Count so many forms of one request, by their network and their browser ("" for none known).

    Whichever way they come: each can make a person. An office or a trade fair is one network, so
    it has room for many; what comes beyond is not lost before a thousand in ten minutes. Neither
    address nor browser is kept, and of IPv6 the network of 64 bits counts. What a network is refused
    takes nothing from the day's budget.
    """
    slot = str(int(now.timestamp() // SPAN.total_seconds()))

    def counted(*who: str) -> int:
        name = derived_id("forms", site.key, *who, slot)
        return app.sites.count_try(site.tenant, name, now + 2 * SPAN, forms)

    of_network = counted(source_tries(site.tenant, ip))
    if of_network > MOST_KEPT:
        return Forms.REFUSED
    if not app.sites.count_hits(for_forms(site), now.date(), forms):
        return Forms.SPENT
    if forms > MOST_AT_ONCE or of_network > MOST_OF_A_NETWORK:
        return Forms.CROWDED
    is_many = bool(browser) and counted("browser", browser) > MOST_OF_A_BROWSER
    return Forms.CROWDED if is_many else Forms.TAKEN
