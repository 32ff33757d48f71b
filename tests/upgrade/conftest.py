"""Deployments of earlier releases, in the emulator of DynamoDB."""

import itertools
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from funnel.adapters.dynamodb import DynamoStore
from tests.contract.storage import emulator, servers
from tests.upgrade.kept import Kept, read

RELEASES = sorted(path for path in (Path(__file__).parent / "releases").iterdir() if path.is_dir())
_numbers = itertools.count(1)

Load = Callable[[Kept], DynamoStore]


@pytest.fixture
def load() -> Load:
    """Puts the rows of a release into tables of the present template."""

    def into(kept: Kept) -> DynamoStore:
        client = emulator.client()
        tables = servers.create_tables(client, f"for-{next(_numbers)}-")
        store = DynamoStore(tables, client)
        for name, items in kept.tables.items():
            store._dynamo.batch_put(asdict(tables)[name], items)
        return store

    return into


@pytest.fixture(params=RELEASES, ids=[path.name for path in RELEASES])
def release(request: pytest.FixtureRequest) -> Path:
    """The folder of a release that was."""
    return Path(request.param)


@pytest.fixture
def pages(release: Path) -> Kept:
    """Four companies, with something for every page."""
    return read(release / "pages.json.gz")


@pytest.fixture
def works(release: Path) -> Kept:
    """A company in the middle of everything."""
    return read(release / "works.json.gz")
