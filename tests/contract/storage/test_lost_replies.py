"""A request that arrived, and whose reply did not: asked again, it counts once."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import ConnectionId, JobId, Module, RunId, TenantId
from funnel.domain.signing_in.tenants import SignInAttempt
from funnel.domain.signing_in.tries import OF_A_USER
from funnel.domain.sync.records import Unit
from funnel.domain.sync.runs import Asks, RunStatus
from funnel.usecases.signing_in.count_try import count_try
from tests.contract.storage.builders import NOW, entry, error, key, record, run, stored, window
from tests.contract.storage.conftest import BACKENDS, Server
from tests.contract.storage.servers import client_for
from tests.fakes.faulty import Moment, Plan, faulty
from tests.fakes.world import World

Failing = Callable[[Plan], DynamoStore]
# The fake loses no replies.
pytestmark = pytest.mark.parametrize("backend", BACKENDS[1:], indirect=True)


def no_reply() -> Exception:
    """What botocore raises when a reply does not come in time."""
    error: Exception = ReadTimeoutError(endpoint_url="http://127.0.0.1")
    return error


def no_way() -> Exception:
    """What botocore raises when it gets no connection."""
    error: Exception = EndpointConnectionError(endpoint_url="http://127.0.0.1")
    return error


@pytest.fixture
def failing(server: Server, most_rows: int, monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Makes a store whose requests fail on the way as the plan says."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None))

    def make(plan: Plan) -> DynamoStore:
        client = client_for(server.url)

        def send(request: AWSPreparedRequest, **_: Any) -> Any:
            return faulty(server.network, plan, "network").send(request)

        client.meta.events.register("before-send.dynamodb", send)
        return DynamoStore(server.tables, client, lambda _: None, most_rows)

    return make


def test_a_page_whose_reply_was_lost_is_written_and_told_so(
    failing: Failing, tenant: TenantId
) -> None:
    store = failing(Plan(at=1, moment=Moment.AFTER, failure=no_reply))
    rows = [record(tenant, f"l{i}") for i in range(5)]
    history = [entry(tenant, "Leads/l0", 1)]
    units = [Unit(records=[row], history=history if row is rows[0] else []) for row in rows]
    assert store.commit(tenant, units) == [True] * 5
    assert store.records(tenant, [r.key for r in rows]) == {r.key: stored(r) for r in rows}
    assert store.history(tenant, "Leads/l0", 5).items == history


def test_units_that_lost_are_told_apart_though_a_reply_was_lost(
    failing: Failing, tenant: TenantId
) -> None:
    """The first try is refused for the loser; the reply of the second, without it, is lost."""
    quiet = failing(Plan())
    quiet.commit(tenant, [Unit(records=[record(tenant, "l1")])])
    store = failing(Plan(at=2, moment=Moment.AFTER, failure=no_reply))
    units = [Unit(records=[record(tenant, f"l{i}")]) for i in range(3)]
    assert store.commit(tenant, units) == [True, False, True]


def test_a_page_that_was_written_while_the_service_said_it_failed_is_told_so(
    server: Server, tenant: TenantId, failing: Failing, most_rows: int
) -> None:
    """DynamoDB may carry a transaction out and answer 500; every try of the client may see that."""
    client, sent = client_for(server.url), []

    def send(request: AWSPreparedRequest, **_: Any) -> Any:
        sent.append(server.network.send(request))
        if len(sent) > client.meta.config.retries["total_max_attempts"]:
            return sent[-1]
        body = BytesIO(b'{"__type": "InternalServerError"}')
        return AWSResponse(
            request.url, 500, {}, SimpleNamespace(stream=lambda: iter([body.read()]))
        )

    client.meta.events.register("before-send.dynamodb", send)
    store = DynamoStore(server.tables, client, lambda _: None, most_rows)
    assert store.commit(tenant, [Unit(records=[record(tenant, "l1")])]) == [True]
    assert len(sent) > client.meta.config.retries["total_max_attempts"]


def test_a_run_whose_opening_was_not_answered_is_open(failing: Failing, tenant: TenantId) -> None:
    store = failing(Plan(at=1, moment=Moment.AFTER, failure=no_reply))
    store.create_run(run(tenant), [window("0")])
    assert store.open_run(tenant) == stored(run(tenant))


@pytest.mark.parametrize("status", [RunStatus.RUNNING, RunStatus.DONE])
def test_a_run_whose_saving_was_not_answered_is_saved(
    failing: Failing, tenant: TenantId, status: RunStatus
) -> None:
    failing(Plan()).create_run(run(tenant), [window("0")])
    store = failing(Plan(at=1, moment=Moment.AFTER, failure=no_reply))
    saved = store.save_run(replace(run(tenant), version=1, status=status), done=[window("0")])
    assert store.run(tenant, RunId("r1")) == saved
    assert store.windows(tenant, RunId("r1"), Module.LEADS, 5) == []


def test_a_wish_whose_reply_was_lost_is_kept(failing: Failing, tenant: TenantId) -> None:
    store = failing(Plan(at=1, moment=Moment.AFTER, failure=no_reply))
    wish = Asks(again=True, again_modules=(Module.LEADS,))
    store.ask(tenant, RunId("r1"), wish)
    assert store.asks(tenant, RunId("r1")) == wish


def test_a_lease_whose_reply_was_lost_is_held(failing: Failing, tenant: TenantId) -> None:
    store = failing(Plan(at=1, moment=Moment.AFTER, failure=no_reply))
    assert store.acquire(tenant, "sign-in", "me", NOW, NOW.replace(hour=10))
    assert not store.acquire(tenant, "sign-in", "other", NOW, NOW.replace(hour=10))


def test_an_attempt_whose_reply_was_lost_is_taken(failing: Failing, tenant: TenantId) -> None:
    made = SignInAttempt(
        tenant, f"lost {tenant}", JobId("j"), ConnectionId("c"), "", NOW.replace(hour=10)
    )
    failing(Plan()).put_attempt(made)
    store = failing(Plan(at=1, moment=Moment.AFTER, failure=no_reply))
    assert store.take_attempt(made.token_hash, "me", NOW)
    assert not store.take_attempt(made.token_hash, "you", NOW)


@pytest.mark.parametrize("at", [1, 2])
def test_a_try_whose_reply_was_lost_is_counted_once(
    failing: Failing, tenant: TenantId, at: int
) -> None:
    store = failing(Plan(at=at, moment=Moment.AFTER, failure=no_reply))
    app = replace(World().app, sync=store)
    count_try(app, tenant, "who", "t1", OF_A_USER)
    assert set(store.tries(tenant, "who").at) == {"t1"}
    count_try(app, tenant, "who", "t2", OF_A_USER)
    assert set(store.tries(tenant, "who").at) == {"t1", "t2"}


def test_reads_are_asked_again(failing: Failing, tenant: TenantId) -> None:
    lead = key(Module.LEADS, "l1")
    quiet = failing(Plan())
    quiet.commit(tenant, [Unit(records=[record(tenant, "l1")], errors=[error(tenant, lead)])])
    for failure in (no_reply, no_way):
        plan = Plan(at=1, failure=failure)
        assert failing(plan).records(tenant, [lead]).keys() == {lead}
        assert plan.happened
        assert len(failing(Plan(at=1, failure=failure)).errors_of(tenant, lead)) == 1
        listed = failing(Plan(at=1, failure=failure)).list_records(tenant, Module.LEADS, "", 5)
        assert len(listed.items) == 1


def test_a_store_that_stays_away_is_said_to_be_busy(failing: Failing, tenant: TenantId) -> None:
    lead = key(Module.LEADS, "l1")

    def away() -> DynamoStore:
        return failing(Plan(at=1, failure=no_way, once=False))

    acts: list[Callable[[], object]] = [
        lambda: away().commit(tenant, [Unit(records=[record(tenant, "l1")])]),
        lambda: away().records(tenant, [lead]),
        lambda: away().list_people(tenant, "", 5),
        lambda: away().errors_of(tenant, lead),
        lambda: away().mark_causes(tenant, [lead]),
        lambda: away().create_run(run(tenant), []),
        lambda: away().ask(tenant, RunId("r1"), Asks(cancel=True)),
        lambda: away().acquire(tenant, "x", "me", NOW, NOW),
        lambda: away().reserve(tenant, 1, 1, NOW),
        lambda: away().connection(tenant),
        lambda: away().session("hash", NOW),
    ]
    for act in acts:
        with pytest.raises(StoreBusy):
            act()
