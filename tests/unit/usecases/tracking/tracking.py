"""A site with browsers on it, over a world in memory."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from funnel.domain.ids import PersonId
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.domain.tracking.hit_reading import without_token
from funnel.domain.tracking.hits import BrowserId, Hit, HitBatch
from funnel.domain.tracking.sites import Site
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.forms.forms_aside import Decision, decide_aside
from funnel.usecases.living import holder_of
from funnel.usecases.tracking.keep_sites import add_site
from tests.fakes.world import TENANT, World

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOME = "https://www.example.com/"
LAPTOP, PHONE = BrowserId("laptop0000000000"), BrowserId("phone00000000000")


@dataclass
class Shop:
    """The site, what browsers send from it, and what is known then."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.site: Site = add_site(self.world.app, TENANT, "Shop", ["example.com"], "Ann")
        self.start: datetime = self.world.clock.now()
        self._ids = itertools.count(1)

    def at(self, minutes: float) -> datetime:
        return self.start + timedelta(minutes=minutes)

    def page(self, minutes: float, url: str = HOME, referrer: str = "") -> Hit:
        clean, token = without_token(url)
        name = f"hit-{next(self._ids):06}"
        return Hit(
            name, ActivityKind.PAGE_VIEW, self.at(minutes), clean, "Page", referrer, token=token
        )

    def form(self, minutes: float, email: str, **names: str) -> Hit:
        fields = {"email": email, **names}
        name = f"hit-{next(self._ids):06}"
        return Hit(name, ActivityKind.FORM, self.at(minutes), HOME, form="News", fields=fields)

    def batch(self, *hits: Hit, browser: str = LAPTOP, agent: str = FIREFOX) -> RecordHits:
        received = max(hit.at for hit in hits)
        named = BrowserId(browser)
        batch = HitBatch(self.site.key, named, received, "192.0.2.7", agent, tuple(hits))
        return RecordHits(TENANT, batch)

    def send(self, *hits: Hit, browser: str = LAPTOP, agent: str = FIREFOX) -> RecordHits:
        message = self.batch(*hits, browser=browser, agent=agent)
        self.world.handle(message)
        return message

    def let_in(self) -> int:
        """Have a person let through what was kept aside; how many forms that was."""
        taken = decide_aside(self.world.app, TENANT, self.site.key, Decision.TAKE)
        self.world.drain()
        return taken

    def person(self, email: str) -> PersonId:
        found = holder_of(self.world.app, TENANT, email)
        assert found is not None, email
        return found.person_id

    def of(self, subject: str) -> list[Activity]:
        page = self.world.store.list_activities(TENANT, SubjectId(subject), 500)
        assert page.cursor == ""
        return sorted(page.items, key=lambda one: (one.at, one.activity_id))

    def of_person(self, email: str) -> list[Activity]:
        """All that counts as the person's."""
        subjects = self.world.store.subjects(TENANT, self.person(email))
        found = [one for subject in subjects for one in self.of(subject)]
        return sorted(found, key=lambda one: (one.at, one.activity_id))

    def pages_of(self, email: str) -> list[str]:
        return [one.activity_id for one in self.of_person(email)]
