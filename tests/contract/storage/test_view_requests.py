"""What a page view costs: its requests to the store, so that none comes beside them unseen."""

import json
from collections import Counter
from collections.abc import Iterable

import pytest

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.sync.records import Claim, Unit
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site
from funnel.usecases.app import App
from funnel.usecases.tracking.accept_hits import Sender, accept_hits
from funnel.usecases.work.handle_message import handle_message
from tests.contract.storage.builders import person, record
from tests.contract.storage.conftest import Server
from tests.contract.storage.counting import requests
from tests.fakes.files import MemoryFiles
from tests.fakes.system import FakeClock, FakeIds, MemoryQueue, MemorySecrets

ADA, EMAIL = PersonId("ada"), "ada@example.test"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SENDER = Sender("192.0.2.7", FIREFOX, "https://www.example.com")
# The site, and its budget of the day.
COLLECTED = Counter({"GetItem marketing": 1, "UpdateItem marketing": 1})
# The address it came from.
OF_A_VISIT = Counter({"PutItem marketing": 1})
ANONYMOUS = Counter(
    {
        # The site, and who the browser is.
        "GetItem marketing": 2,
        "PutItem marketing": 1,
        # The rules, and what the browser did until now.
        "BatchGetItem activities marketing": 1,
        "TransactWriteItems activities": 1,
        # Whether it shows to be a machine's.
        "Query activities": 1,
    }
)
OF_A_LEAD = Counter(
    {
        # The site, and who the browser is: before, and once more when all is written.
        "GetItem marketing": 3,
        "PutItem marketing": 1,
        # All that the score follows from.
        "BatchGetItem activities marketing people scores": 1,
        "TransactWriteItems activities scores": 1,
        # Whether other rules came meanwhile.
        "BatchGetItem marketing": 1,
        "Query activities": 1,
        # What the panels show.
        "BatchGetItem records vision": 1,
        "PutItem vision": 1,
        # Whether what it follows from still stands.
        "BatchGetItem activities people records": 1,
        # Whether a campaign waits for it.
        "Query campaigns": 1,
    }
)


class Shop:
    """A site of a tenant, whose Lead is known by an address."""

    def __init__(self, server: Server, tenant: TenantId, most_rows: int) -> None:
        self._server = server
        self.clock = FakeClock()
        self.queue = MemoryQueue(self.clock)
        store = DynamoStore(server.tables, server.client, transaction=most_rows)
        self.app = App.over(
            store,
            secrets=MemorySecrets(),
            files=MemoryFiles(),
            queue=self.queue,
            clock=self.clock,
            ids=FakeIds(),
        )
        self.key = SiteKey(tenant.rjust(32, "0").replace("tenant-", "0" * 7))
        store.save_site(Site(tenant, self.key, "Shop", ("example.com",), self.clock.now()))
        made = person(tenant, ADA, emails=(EMAIL,))
        lead = record(tenant, "lead of ada", person_id=ADA)
        assert store.commit(
            tenant, [Unit(people=[made], records=[lead], claims=[Claim(tenant, EMAIL, ADA)])]
        ) == [True]

    def sees(
        self, browser: str, name: str, ago: Iterable[int] = (0,), **more: object
    ) -> tuple[Counter[str], Counter[str]]:
        """What hits so many minutes ago cost the collector, and the worker with all that follows."""
        self.clock.advance(61)
        now = int(self.clock.now().timestamp() * 1000)
        hits = [
            {
                "id": f"hit-{browser}-{name}-{minutes}", "kind": "page view",
                "at": now - minutes * 60_000, "url": "https://www.example.com/", "title": "A page",
                **more,
            }
            for minutes in ago
        ]  # fmt: skip
        body = json.dumps({"browser": browser, "sent": now, "hits": hits}).encode()
        with requests(self._server) as collected:
            assert accept_hits(self.app, self.key, SENDER, body)
        with requests(self._server) as worked:
            while message := self.queue.pop_next():
                handle_message(self.app, message, "worker", lambda: 600.0)
        return collected, worked


@pytest.mark.feature("G6")
@pytest.mark.parametrize("backend", ["dynamodb-local"])
def test_a_page_view_takes_so_many_requests_and_no_more_when_there_were_many(
    backend: str, dynamodb_local: Server, tenant: TenantId, most_rows: int
) -> None:
    shop = Shop(dynamodb_local, tenant, most_rows)
    nobody, known = "nobody0000000000", "ada0000000000000"
    shop.sees(known, "form", kind="form", fields={"email": EMAIL})
    for some in ("few", "many"):
        for browser, each in ((nobody, ANONYMOUS), (known, OF_A_LEAD)):
            assert shop.sees(browser, f"{some}-1") == (COLLECTED, each + OF_A_VISIT)
            assert shop.sees(browser, f"{some}-2") == (COLLECTED, each)
            for start in range(100, 1300, 300):
                shop.sees(browser, f"{some}-{start}", range(start, start + 300, 50))
            shop.clock.advance(3_600)
    assert shop.app.activities.scores(tenant, [ADA])[ADA].value > 0
