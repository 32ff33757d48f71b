"""What the panels of prospects cost does not grow with the people of a company."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.adapters.dynamodb.prospects import prospect_item
from funnel.adapters.dynamodb.requests import chunks
from funnel.domain.ids import Module, PersonId, SugarId, TenantId
from funnel.domain.scoring.trends import TrendDay
from funnel.domain.vision.prospect_visits import SeenPage, SeenVisit
from funnel.domain.vision.prospects import Prospect, Reason
from funnel.usecases.vision.view_hot import hot
from funnel.usecases.vision.view_prospect_activity import prospect_activity
from tests.contract.storage.builders import NOW, key
from tests.contract.storage.conftest import Server, Store
from tests.fakes.world import World

pytestmark = [
    pytest.mark.parametrize("backend", ["dynamodb-local"], indirect=True),
]
OWNERS = [SugarId(f"u{n:02}") for n in range(5)]


def fill(server: Server, tenant: TenantId, people: int) -> None:
    """So many prospects, of five owners in turn, each with a score and a visit."""
    visit = SeenVisit("v", NOW, NOW, {"source": "direct"}, (SeenPage(NOW, "https://x.test/", "/"),))
    plain = Prospect(
        tenant, key(Module.LEADS, "x"), PersonId("p"), "Ada Brandt", "Acme", None, OWNERS[0], 1, NOW,
        (TrendDay(1, 1),), (Reason("Looked at prices", 3, 15),), (visit,), NOW,
    )  # fmt: skip
    rows = [
        replace(
            plain, key=key(Module.LEADS, f"l{n:05}"), owner=OWNERS[n % 5], score=100 + n % 800,
            seen_at=NOW + timedelta(seconds=n % 5000),
        )
        for n in range(people)
    ]  # fmt: skip

    def put(part: Sequence[Prospect]) -> None:
        puts = [{"PutRequest": {"Item": prospect_item(row)}} for row in part]
        server.client.batch_write_item(RequestItems={server.tables.vision: puts})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(put, chunks(rows, 25)))


@contextmanager
def measured(client: Any) -> Iterator[list[tuple[str, float]]]:
    """Each request with the capacity it took."""
    took: list[tuple[str, float]] = []

    def ask(params: dict[str, Any], **_: object) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"
        assert "Limit" in params, "every query has a limit"

    def note(parsed: dict[str, Any], model: Any, **_: object) -> None:
        took.append((model.name, parsed["ConsumedCapacity"]["CapacityUnits"]))

    client.meta.events.register("provide-client-params.dynamodb.Query", ask)
    client.meta.events.register("after-call.dynamodb.Query", note)
    yield took
    client.meta.events.unregister("provide-client-params.dynamodb.Query", ask)
    client.meta.events.unregister("after-call.dynamodb.Query", note)


@pytest.mark.feature("E1")
@pytest.mark.feature("E2")
def test_a_panel_takes_as_many_requests_and_as_much_capacity_of_twenty_thousand_as_of_one_thousand(
    server: Server, store: Store, new_tenant: Any
) -> None:
    app = replace(World().app, prospects=store)
    costs: list[tuple[Any, ...]] = []
    for people in (1_000, 20_000):
        tenant = new_tenant()
        fill(server, tenant, people)
        for owners in (OWNERS[:1], OWNERS):
            for since in (None, NOW):
                with measured(server.client) as took:
                    page = hot(app, tenant, owners, since, "", lambda _: "")
                assert len(page.items) == 25
                assert len(took) == len(owners)
                costs.append((people, len(owners), since, sorted(took)))
            with measured(server.client) as took:
                seen = prospect_activity(app, tenant, owners, NOW, "", lambda _: "")
                after = prospect_activity(app, tenant, owners, NOW, seen.cursor, lambda _: "")
            assert (len(seen.items), len(after.items)) == (25, 25)
            assert len(took) == 2 * len(owners), "one range of each owner for a page"
            costs.append((people, len(owners), "seen", sorted(took)))
    half = len(costs) // 2
    assert [one[1:] for one in costs[:half]] == [one[1:] for one in costs[half:]]
