"""Every test of this folder runs against the fake, the real engine and the emulator."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.httpsession import URLLib3Session

from funnel.adapters.dynamodb import DynamoStore, Tables
from funnel.domain.ids import TenantId
from funnel.usecases.app import Stores
from tests.contract.storage import emulator, servers
from tests.fakes.store import MemoryStore
from tests.rights.recording import Recorder

BACKENDS = ("memory", "dynamodb-local", "ministack")
ENGINE_TRANSACTION = 10
"""Actions in a transaction of DynamoDB Local, which is of 2019; DynamoDB has taken 100 since 2022."""

_tenants = itertools.count(1)

recorder = Recorder({table: name for name, table in servers.NAMES.items()})
recorder.watch()

Store = Stores


@dataclass(frozen=True, slots=True)
class Server:
    """A running DynamoDB with our tables; `network` sends it what a client has prepared."""

    url: str
    client: Any
    tables: Tables
    network: URLLib3Session | emulator.Network


@pytest.fixture(scope="session")
def dynamodb_local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """DynamoDB Local."""
    if missing := servers.missing_for_the_engine():
        pytest.skip(missing)
    with servers.dynamodb_local(tmp_path_factory.mktemp("dynamodb")) as url:
        yield _with_tables(url, servers.client_for(url), URLLib3Session())


@pytest.fixture(scope="session")
def ministack() -> Server:
    """The emulator of the embedded stack."""
    client = emulator.answered(servers.client_for(emulator.URL))
    return _with_tables(emulator.URL, client, emulator.Network())


def _with_tables(url: str, client: Any, network: URLLib3Session | emulator.Network) -> Server:
    tables = servers.create_tables(client)
    client.meta.events.register("before-call.dynamodb", recorder.note)
    client.meta.events.register("after-call.dynamodb", recorder.look)
    return Server(url, client, tables, network)


@pytest.fixture(autouse=True)
def _what_is_asked() -> Iterator[None]:
    """What each method asks of DynamoDB is what is written down: see tests/rights."""
    yield
    assert recorder.settle() == ""


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Which store this test runs against."""
    return str(request.param)


@pytest.fixture
def server(backend: str, request: pytest.FixtureRequest) -> Server | None:
    """The DynamoDB behind the store; None behind the fake."""
    if backend == "memory":
        return None
    found: Server = request.getfixturevalue(backend.replace("-", "_"))
    return found


@pytest.fixture
def store(server: Server | None, most_rows: int) -> Store:
    """The store under test."""
    if server is None:
        return MemoryStore()
    return DynamoStore(server.tables, server.client, transaction=most_rows)


@pytest.fixture
def most_rows(backend: str) -> int:
    """Rows that one transaction takes here."""
    return ENGINE_TRANSACTION if backend == "dynamodb-local" else 100


@pytest.fixture
def new_tenant() -> Callable[[], TenantId]:
    """Makes tenants that nobody had before; all as long, so that none is another's beginning."""
    return lambda: TenantId(f"tenant-{next(_tenants):06}")


@pytest.fixture
def tenant(new_tenant: Callable[[], TenantId]) -> TenantId:
    """A tenant with nothing in it."""
    return new_tenant()
