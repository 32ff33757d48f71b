"""Forms beyond the budget of new people of a day: kept aside, and let through or dropped by a person."""

from datetime import timedelta
from enum import StrEnum

from funnel.domain.ids import TenantId, derived_id
from funnel.domain.tracking.hits import HitBatch, SiteKey
from funnel.domain.tracking.sites import ASIDE_KEPT, MOST_NEW_PEOPLE, Site, own_site
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.app import App

MOST_COUNTED = 1_000
AT_ONCE = 500
"""Forms that one request lets through: each is a message, and an answer has to come in time."""

_LIFE = timedelta(days=2)


class Decision(StrEnum):
    """What becomes of them."""

    TAKE = "take"
    DROP = "drop"


class FormsOf(StrEnum):
    """Whose forms are taken: of the known only, of those that a person lets through, of anybody."""

    ANYBODY = "anybody"
    KNOWN = "known"
    RELEASED = "released"

    @staticmethod
    def said_by(message: RecordHits) -> "FormsOf":
        """Whose a message brings."""
        if message.released:
            return FormsOf.RELEASED
        return FormsOf.KNOWN if message.crowded else FormsOf.ANYBODY

    def makes_people(self) -> bool:
        """Whether they make people without room for them."""
        return self is FormsOf.RELEASED


def has_room(app: App, site: Site) -> bool:
    """Count one new person of the day (UTC) more; whether there is room for it.

    A message that comes twice before the person is there counts twice: rather too much is kept
    aside than nothing.
    """
    now = app.clock.now()
    who = derived_id("new people", site.key, now.date().isoformat())
    return app.sites.count_try(site.tenant, who, now + _LIFE) <= MOST_NEW_PEOPLE


def set_aside(app: App, site: Site, form: HitBatch) -> None:
    """Keep it for a month; the same form again is the same one."""
    app.sites.set_aside(site, form, app.clock.now() + ASIDE_KEPT)


def count_aside(app: App, site: Site) -> int:
    """How many are kept, 1,000 at the most."""
    return len(app.sites.forms_aside(site, MOST_COUNTED).items)


def decide_aside(app: App, tenant: TenantId, key: SiteKey, decision: Decision) -> int:
    """Let the oldest 500 through, or drop them; how many those were. Raises `NotFound`.

    They are let through before they are dropped: what dies in between is let through twice, which is
    once.
    """
    site = own_site(app.sites.site(key), tenant)
    forms = app.sites.forms_aside(site, AT_ONCE).items
    if decision is Decision.TAKE:
        for form in forms:
            app.queue.send(RecordHits(tenant, form, released=True))
    app.sites.drop_aside(site, forms)
    return len(forms)
