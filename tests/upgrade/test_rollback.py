"""Who goes back to an earlier release loses nothing that the later one wrote."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.adapters.dynamodb.tables import KNOWN, SHARDS
from funnel.domain.errors import WrittenByNewer
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.vision.alerts import Alerts
from tests.contract.storage import emulator
from tests.fakes.world import TENANT, World
from tests.unit.web.asking import Client
from tests.upgrade import scene
from tests.upgrade.conftest import RELEASES, Load
from tests.upgrade.kept import Kept, read
from tests.upgrade.waking import woken

pytestmark = pytest.mark.feature("G7")

Rows = dict[tuple[str, str, str], dict[str, Any]]


def of_a_later_release(kept: Kept, but: Collection[str]) -> Kept:
    """The same rows, those of all tables but these said to be of a format that is not known here."""
    newer = {"v": {"N": str(KNOWN + 1)}}
    tables = {
        name: [item if name in but else item | newer for item in items]
        for name, items in kept.tables.items()
    }
    return replace(kept, tables=tables)


def rows_of(world: World) -> Rows:
    """All rows there are."""
    client, tables = emulator.plain_client(), asdict(world.store._tables)  # type: ignore[attr-defined]
    return {
        (name, item["pk"]["S"], item["sk"]["S"]): item
        for name, table in tables.items()
        for item in client.scan(TableName=table)["Items"]
    }


def gone_back(load: Load, *but: str) -> World:
    """The company, after a later release wrote all tables but these."""
    kept = of_a_later_release(read(RELEASES[-1] / "works.json.gz"), but)
    return woken(kept, load(kept))


def test_a_page_says_who_has_to_do_what(load: Load) -> None:
    world = gone_back(load, "tenants")
    token = read(RELEASES[-1] / "works.json.gz").told["session"]
    client = Client(world, token)  # type: ignore[arg-type]
    answer = client.get("/api/app/people")
    assert (answer.status, answer.json["error"]["code"]) == (503, "WrittenByNewer")
    assert answer.json["error"]["mend"].startswith("Whoever runs Funnel has to deploy")
    page = client.get("/app/people", accept_language="de")
    assert (page.status, "neuere Version von Funnel" in page.text) == (503, True)


@pytest.mark.parametrize("but", [(), ("tenants", "sync")], ids=["all", "all but connections"])
def test_nothing_that_a_later_release_wrote_is_changed(load: Load, but: tuple[str, ...]) -> None:
    world = gone_back(load, *but)
    before = rows_of(world)
    refused = work(world)
    after = rows_of(world)
    assert [one for one in before if one[0] not in but and after.get(one) != before[one]] == []
    assert len(refused) > 5


def work(world: World) -> list[str]:
    """The schedule and the workers, each of whom is told."""
    told = []

    def attempt(do: Callable[[], object]) -> None:
        try:
            do()
        except WrittenByNewer as error:
            told.append(error.text)

    for tick in scene.ticks(world, syncs=True):
        attempt(tick)
    while (message := world.queue.pop_next()) is not None:
        with suppress(StopIteration):
            attempt(lambda message=message: world.handle(message))  # type: ignore[misc]
    return told


def test_a_row_of_one_tenant_stops_no_listing_over_all_tenants(
    load: Load, caplog: pytest.LogCaptureFixture
) -> None:
    kept = read(RELEASES[-1] / "works.json.gz")
    store = load(kept)
    rep, later = SugarId("u0"), kept.now + timedelta(days=4000)
    store.save_alerts(Alerts(TENANT, rep, next_at=kept.now))

    def listed() -> dict[str, Any]:
        return {
            "scores": store.due_scores(later, 100).items,
            "connections": [store.connections_of_quarter(n).items for n in range(4)],
            "runs": store.expired_runs(later, 100),
            "mail": store.tenants_with_due_mails(later),
            "broadcasts": store.due_broadcasts(later, 100),
            "alerts": [store.due_alerts(later, 100, f"{n}#")[0] for n in range(SHARDS)],
            "campaigns": store.all_running(),
        }

    before = listed()
    assert all(map(any, before.values()))
    client, tables = emulator.plain_client(), asdict(store._tables)
    for name in ("scores", "sync", "mail", "vision", "campaigns"):
        for item in client.scan(TableName=tables[name])["Items"]:
            for other in other_tenants(item):
                client.put_item(TableName=tables[name], Item=other)
    assert listed() == before
    told = [one for one in caplog.records if one.message == "written by a newer release"]
    assert {getattr(one, "table", "") for one in told} == {
        tables[name] for name in ("scores", "sync", "mail", "vision", "campaigns")
    }
    with pytest.raises(WrittenByNewer):
        store.connection(TenantId(f"aaa-{TENANT}"))


def other_tenants(item: dict[str, Any]) -> list[dict[str, Any]]:
    """The row of two tenants, one before and one after this in each order, of a later release."""
    return [
        {
            name: {"S": value["S"].replace(TENANT, other)} if "S" in value else value
            for name, value in item.items()
        }
        | {"v": {"N": str(KNOWN + 1)}}
        for other in (f"aaa-{TENANT}", f"zzz-{TENANT}")
        if TENANT in item["pk"]["S"] + item["sk"]["S"]
    ]
