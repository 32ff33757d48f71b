"""Every write is asked for twice, as botocore does where the first answer was lost: it counts once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.companies.companies import CompanyKey, Correction
from funnel.domain.errors import Conflict
from funnel.domain.ids import ConnectionId, ListId, PersonId, SugarId, TenantId
from funnel.domain.lists.auto_lists import ListSettings
from funnel.domain.lists.lists import ListKind, PeopleList
from funnel.domain.lists.target_lists import ListReading, ListsRound
from funnel.domain.mail.senders import MailSettings
from funnel.domain.people.erasure import Erasure
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.sent_requests import SentRequest
from funnel.domain.signing_in.api_keys import ApiKey
from funnel.domain.signing_in.tenants import Role, SignInLink, Tenant
from funnel.domain.signing_in.tries import Tries
from funnel.domain.sync.runs import Job
from funnel.domain.tracking.names_seen import NamesSeen
from funnel.domain.vision.alerts import Alerts
from funnel.usecases.connecting.connect import save_connection
from tests.contract.storage import emulator
from tests.contract.storage.builders import NOW, connection
from tests.contract.storage.conftest import BACKENDS, Server
from tests.contract.storage.servers import client_for
from tests.contract.storage.test_campaigns import campaign, come_in
from tests.contract.storage.test_campaigns_in_sugar import head
from tests.contract.storage.test_changes import comparison, preview
from tests.contract.storage.test_pushes import intent
from tests.fakes.world import TENANT
from tests.unit.usecases.connecting.test_connect import connected, passed_test

# The fake is asked directly.
pytestmark = pytest.mark.parametrize("backend", BACKENDS[1:], indirect=True)
HOUR = timedelta(hours=1)
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")


@pytest.fixture
def twice(server: Server, most_rows: int) -> Callable[[bytes], DynamoStore]:
    """Makes a store whose every write that names this is carried out, and then asked for again."""

    def make(named: bytes) -> DynamoStore:
        client = client_for(server.url)

        def send(request: AWSPreparedRequest, **_: Any) -> Any:
            if emulator.operation_of(request) in WRITES and named in request.body:
                server.network.send(request)
            return server.network.send(request)

        client.meta.events.register("before-send.dynamodb", send)
        return DynamoStore(server.tables, client, lambda _: None, most_rows)

    return make


@pytest.fixture
def store(twice: Callable[[bytes], DynamoStore]) -> DynamoStore:
    """One that asks for every write twice."""
    return twice(b"")


SAVED: dict[str, Callable[[TenantId], Any]] = {
    "alerts": lambda t: Alerts(t, SugarId("u1"), next_at=NOW),
    "api_key": lambda t: ApiKey(t, "k1", "hash", "Shop", (), NOW, "Ann"),
    "campaign_in_sugar": lambda t: head(t),
    "comparison": comparison,
    "connection": connection,
    "correction": lambda t: Correction(t, CompanyKey("example.org"), "Example"),
    "erasure": lambda t: Erasure(t, PersonId("p1"), "Ann", NOW),
    "intent": lambda t: intent(t, f"i {t}"),
    "job": lambda t: Job(t, "j1", "preflight", "Ann", NOW, {}),
    "list": lambda t: PeopleList(t, ListId("l1"), ListKind.MANUAL, "Fair", NOW, NOW),
    "list_reading": lambda t: ListReading(t, ListId("l1")),
    "list_settings": ListSettings,
    "lists_round": lambda t: ListsRound(t, NOW),
    "mail_settings": MailSettings,
    "names_seen": NamesSeen,
    "rescoring": lambda t: Rescoring(t, 1, "Ann", NOW),
    "sync_preview": preview,
    "tries": lambda t: Tries(t, "ann", {"t1": NOW}),
}


@pytest.mark.parametrize("what", SAVED)
def test_what_was_saved_is_told_to_be_saved(
    store: DynamoStore, tenant: TenantId, what: str
) -> None:
    """Else whoever reads it and tries again does it twice, or tells that somebody else was quicker."""
    save, first = getattr(store, f"save_{what}"), replace(SAVED[what](tenant), version=0)
    assert save(save(first)).version == 2
    for old in (first, replace(first, version=1)):
        with pytest.raises(Conflict):
            save(old)


def test_a_sent_request_is_marked_as_ones_own(store: DynamoStore, tenant: TenantId) -> None:
    mine = SentRequest(tenant, "s1", "print", NOW + HOUR)
    assert store.keep_sent_request(store.keep_sent_request(mine)).version == 2
    with pytest.raises(Conflict):
        store.keep_sent_request(mine)


def test_a_tenant_is_made(store: DynamoStore, tenant: TenantId) -> None:
    made = Tenant(TenantId(f"{tenant}-new"), "New", NOW)
    store.create_tenant(made)
    with pytest.raises(Conflict):
        store.create_tenant(made)


def test_a_link_lets_one_in(store: DynamoStore, tenant: TenantId) -> None:
    link = SignInLink(tenant, f"hash {tenant}", Role.ADMIN, "Ann", NOW + HOUR)
    store.put_link(link)
    assert store.use_link(link.token_hash, NOW) == link
    assert store.use_link(link.token_hash, NOW) is None


def test_a_token_and_a_bell_are_taken_by_one(store: DynamoStore, tenant: TenantId) -> None:
    assert store.remember(tenant, "signature", NOW + HOUR)
    assert not store.remember(tenant, "signature", NOW + HOUR)
    here = ConnectionId("c1")
    assert store.ring(tenant, here, NOW, NOW + HOUR)
    assert not store.ring(tenant, here, NOW, NOW + 2 * HOUR)
    assert store.ring(tenant, here, NOW + HOUR, NOW + 2 * HOUR)


def test_who_is_due_in_a_campaign_is_claimed(store: DynamoStore, tenant: TenantId) -> None:
    one, own = come_in(store, tenant), campaign(tenant).campaign_id
    part = next(part for _, part in store.due_parts([campaign(tenant).head], NOW))
    claimed = store.claim(tenant, own, part, NOW, NOW + 2 * HOUR, 5)
    assert [(c.enrolment_id, c.version) for c in claimed] == [(one.enrolment_id, 2)]
    assert store.claim(tenant, own, part, NOW, NOW + 3 * HOUR, 5) == []
    assert store.hasten(tenant, own, one.enrolment_id, NOW + HOUR)
    assert not store.hasten(tenant, own, one.enrolment_id, NOW + 2 * HOUR)


@pytest.mark.feature("A4")
def test_the_password_of_a_connection_saved_anew_is_kept(
    server: Server, twice: Callable[[bytes], DynamoStore]
) -> None:
    """What looked like somebody else's change had that one's password deleted: the new one."""
    world, quiet = connected(), DynamoStore(server.tables, server.client, lambda _: None)
    before, made = world.store.connection(TENANT), passed_test(world)
    job = world.store.job(TENANT, made)
    assert before is not None
    assert job is not None
    quiet.save_connection(replace(before, version=0))
    quiet.save_job(replace(job, version=0))
    after = save_connection(replace(world.app, sync=twice(b'"connection"')), TENANT, made)
    assert world.secrets.refs == [after.secret_ref]
