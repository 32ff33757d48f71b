"""Write down what this release keeps, for the tests of those that come after it.

python -m tests.upgrade.write <folder> '{"commit": …}'

Two deployments, in the format of this commit's own code over the emulator of DynamoDB: `pages`, with
something for every page, and `works`, in the middle of everything. `template` is what CloudFormation
keeps by.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import TenantId
from tests.browser import world as browser
from tests.contract.storage import emulator, servers
from tests.fakes.system import FakeClock
from tests.fakes.world import World
from tests.unit.web.asking import Client
from tests.upgrade import kept, looking, scene, stateful
from tests.upgrade.kept import Kept

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
_numbers = count(1)


class WithConnections(DynamoStore):
    """The real store, with what scenes ask of the one in memory besides."""

    @property
    def connections(self) -> "Connections":
        """Connections by tenant."""
        return Connections(self)


class Connections(dict[TenantId, Any]):
    """Looks each up when it is asked for."""

    def __init__(self, store: DynamoStore) -> None:
        super().__init__()
        self._store = store

    def __missing__(self, tenant: TenantId) -> Any:
        return self._store.connection(tenant)


def write(folder: Path, release: Json) -> None:
    """Both deployments and the template, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _pages(release).write(folder / "pages.json.gz")
    _works(release).write(folder / "works.json.gz")
    text = json.dumps(stateful.resources(), indent=1, sort_keys=True)
    (folder / "template.json").write_text(f"{text}\n")


def _pages(release: Json) -> Kept:
    """The four companies that every page is shown with."""
    store, rows = _emulated()
    with mock.patch.object(browser, "MemoryStore", return_value=store):
        world = browser._made()
    token = world.token(browser.FULL)
    found = _kept(release, world, rows(), {"session": token, "bodies": _bodies()})
    found.told["shown"] = looking.look(Client(world, token))
    return found


def _works(release: Json) -> Kept:
    """The company in the middle of everything, and what it comes to."""
    store, rows = _emulated()
    world = World(clock=FakeClock(browser.NOW), store=store, page_size=4)
    told = scene.begin(world)
    found = _kept(release, world, rows(), told)
    world.mailer.sent.clear()
    scene.go_on(world)
    found.told["outcome"] = scene.outcome(world)
    return found


def _emulated() -> tuple[Any, Callable[[], Json]]:
    """An empty store, and a function that reads all its rows."""
    client = emulator.client()
    tables = servers.create_tables(client, f"of-{next(_numbers)}-")
    names = asdict(tables)

    def rows() -> Json:
        return {one: client.scan(TableName=name)["Items"] for one, name in names.items()}

    return WithConnections(tables, client), rows


def _kept(release: Json, world: Any, rows: Json, told: Json) -> Kept:
    sugar = getattr(world, "sugar", None)
    return Kept(
        release,
        world.clock.now(),
        rows,
        kept.of_secrets(world.secrets),
        kept.of_files(world.files),
        kept.of_queue(world.queue),
        kept.of_sugar(sugar) if sugar else {},
        kept.of_mailer(world.app.mailer),
        told,
    )


def _bodies() -> Json:
    """A message of each kind, as this release sends it."""
    found = {}
    for path in sorted((ROOT / "events").glob("*.json")):
        for record in json.loads(path.read_text()).get("Records", []):
            if "body" in record:
                found[path.stem] = record["body"]
    return found


if __name__ == "__main__":
    write(Path(sys.argv[1]), json.loads(sys.argv[2]))
