"""Tenants, one-use links, sessions; and that tenants are apart."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import ConnectionId, JobId, Module, PersonId, RunId, SugarId, TenantId
from funnel.domain.signing_in.tenants import (
    Role,
    Session,
    SignInAttempt,
    SignInLink,
    SugarUser,
    Tenant,
)
from funnel.domain.signing_in.tries import Tries
from funnel.domain.sync.records import Claim, Followers, Unit
from funnel.domain.sync.runs import Asks, Job
from tests.contract.storage.builders import (
    NOW,
    UNICODE,
    connection,
    entry,
    error,
    key,
    person,
    record,
    run,
    window,
)
from tests.contract.storage.conftest import Store

HOUR = timedelta(hours=1)


def session(tenant: TenantId, token_hash: str) -> Session:
    """A session of twelve hours."""
    return Session(tenant, token_hash, Role.MARKETER, UNICODE, NOW, NOW + 12 * HOUR)


def test_a_tenant_comes_back_and_its_id_is_taken(store: Store, tenant: TenantId) -> None:
    assert store.tenant(tenant) is None
    store.create_tenant(Tenant(tenant, UNICODE, NOW))
    assert store.tenant(tenant) == Tenant(tenant, UNICODE, NOW, version=1)
    with pytest.raises(Conflict):
        store.create_tenant(Tenant(tenant, "other", NOW))
    found = store.tenant(tenant)
    assert found is not None
    assert found.name == UNICODE


def test_a_link_works_once(store: Store, tenant: TenantId) -> None:
    link = SignInLink(tenant, f"hash of {tenant}", Role.ADMIN, UNICODE, NOW + HOUR)
    store.put_link(link)
    assert store.use_link("another", NOW) is None
    assert store.use_link(link.token_hash, NOW) == link
    assert store.use_link(link.token_hash, NOW) is None


def test_a_link_that_has_expired_is_no_link(store: Store, tenant: TenantId) -> None:
    link = SignInLink(tenant, f"hash of {tenant}", Role.ADMIN, "Ann", NOW + HOUR)
    store.put_link(link)
    assert store.use_link(link.token_hash, NOW + HOUR) is None


def test_a_session_lasts_until_it_expires_or_is_ended(store: Store, tenant: TenantId) -> None:
    first, second = session(tenant, f"{tenant}-1"), session(tenant, f"{tenant}-2")
    store.put_session(first)
    store.put_session(second)
    assert store.session(first.token_hash, NOW) == first
    assert store.session(first.token_hash, NOW + 12 * HOUR) is None
    assert store.session("unknown", NOW) is None
    store.end_session(first.token_hash)
    store.end_session("unknown")
    assert store.session(first.token_hash, NOW) is None
    assert store.session(second.token_hash, NOW) == second


@pytest.mark.parametrize("is_admin", [True, False, None])
def test_a_session_keeps_what_sugar_said_of_its_user(
    store: Store, tenant: TenantId, is_admin: bool | None
) -> None:
    user = SugarUser(SugarId(UNICODE), is_admin, NOW)
    kept = replace(session(tenant, f"{tenant}-{is_admin}"), sugar_user=user)
    store.put_session(kept)
    assert store.session(kept.token_hash, NOW) == kept


def attempt(tenant: TenantId) -> SignInAttempt:
    """An attempt of an hour."""
    token_hash = f"attempt of {tenant}"
    job, connection = JobId("j1"), ConnectionId("c1")
    return SignInAttempt(tenant, token_hash, job, connection, "/app/people?q=ü", NOW + HOUR)


def test_an_attempt_to_sign_in_is_taken_once_and_by_the_same_again(
    store: Store, tenant: TenantId
) -> None:
    made = attempt(tenant)
    store.put_attempt(made)
    assert store.attempt("another", NOW) is None
    assert store.attempt(made.token_hash, NOW) == made
    assert store.attempt(made.token_hash, NOW) == made
    assert not store.take_attempt("another", "me", NOW)
    assert store.take_attempt(made.token_hash, "me", NOW)
    assert store.take_attempt(made.token_hash, "me", NOW)
    assert not store.take_attempt(made.token_hash, "you", NOW)
    assert store.attempt(made.token_hash, NOW) is None


def test_an_attempt_that_has_expired_is_none(store: Store, tenant: TenantId) -> None:
    made = attempt(tenant)
    store.put_attempt(made)
    assert store.attempt(made.token_hash, NOW + HOUR) is None
    assert not store.take_attempt(made.token_hash, "me", NOW + HOUR)


def test_all_sessions_of_a_tenant_end_and_new_ones_begin(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    old = [session(tenant, f"{tenant}-{i}") for i in range(3)]
    theirs = session(other, f"{other}-1")
    for one in (*old, theirs):
        store.put_session(one)
    store.end_sessions(tenant)
    assert [store.session(one.token_hash, NOW) for one in old] == [None] * 3
    assert store.session(theirs.token_hash, NOW) == theirs
    new = session(tenant, f"{tenant}-new")
    store.put_session(new)
    assert store.session(new.token_hash, NOW) == new
    store.end_sessions(tenant)
    assert store.session(new.token_hash, NOW) is None


@pytest.mark.parametrize("suffix", ["0", "#Leads", "/x", " "])
def test_the_same_ids_in_two_tenants_never_meet(
    store: Store, tenant: TenantId, suffix: str
) -> None:
    """Also where one tenant's id begins with the other's."""
    other = TenantId(tenant + suffix)
    lead, account = key(Module.LEADS, "1"), key(Module.ACCOUNTS, "a1")
    fill(store, tenant)
    assert store.records(other, [lead]) == {}
    assert store.people(other, [PersonId("p1")]) == {}
    assert store.claims(other, ["a@b.test"]) == {}
    assert store.followers(other, [SugarId("c1")]) == {}
    assert store.marked_causes(other, [account]) == set()
    assert store.errors_of(other, lead) == []
    assert store.blocked_by(other, account, 9).items == []
    assert store.list_errors(other, 9).items == []
    assert store.list_people(other, "", 9).items == []
    assert store.list_records(other, Module.LEADS, "", 9).items == []
    assert store.children(other, SugarId("a1"), Module.LEADS, 9).items == []
    assert store.history(other, "Leads/1", 9).items == []
    assert store.connection(other) is None
    assert store.open_run(other) is None
    assert store.run(other, RunId("r1")) is None
    assert store.runs(other, 9).items == []
    assert store.windows(other, RunId("r1"), Module.LEADS, 9) == []
    assert store.asks(other, RunId("r1")) == Asks()
    assert store.job(other, JobId("j1")) is None
    assert store.tries(other, "who") == Tries(other, "who")
    assert store.tenant(other) is None
    before = snapshot(store, tenant)
    fill(store, other)
    assert store.acquire(other, "sign-in", "them", NOW, NOW + HOUR)
    assert store.reserve(other, 1, 1, NOW) == 0
    store.save_run(replace(run(other), version=1), done=[window("0")])
    assert store.commit(other, [Unit(closed=[(lead, "e1")])]) == [True]
    assert snapshot(store, tenant) == before


def fill(store: Store, tenant: TenantId) -> None:
    """One of everything."""
    lead, account = key(Module.LEADS, "1"), key(Module.ACCOUNTS, "a1")
    unit = Unit(
        records=[record(tenant, "1", parent_id=SugarId("a1"))],
        people=[person(tenant, "p1")],
        claims=[Claim(tenant, "a@b.test", PersonId("p1"))],
        followers=[Followers(tenant, SugarId("c1"), (SugarId("1"),))],
        errors=[error(tenant, lead, blocked_by=account)],
        history=[entry(tenant, "Leads/1", 1)],
    )
    assert store.commit(tenant, [unit]) == [True]
    store.mark_causes(tenant, [account])
    store.create_tenant(Tenant(tenant, "name", NOW))
    store.save_connection(connection(tenant))
    store.create_run(run(tenant), [window("0")])
    store.ask(tenant, RunId("r1"), Asks(cancel=True))
    store.save_job(Job(tenant, "j1", "test", "Ann", NOW, {}))
    store.save_tries(Tries(tenant, "who", {"t1": NOW}))


def snapshot(store: Store, tenant: TenantId) -> list[object]:
    """All that a tenant has."""
    lead, account = key(Module.LEADS, "1"), key(Module.ACCOUNTS, "a1")
    return [
        store.records(tenant, [lead]),
        store.people(tenant, [PersonId("p1")]),
        store.claims(tenant, ["a@b.test"]),
        store.followers(tenant, [SugarId("c1")]),
        store.marked_causes(tenant, [account]),
        store.errors_of(tenant, lead),
        store.blocked_by(tenant, account, 9),
        store.list_errors(tenant, 9),
        store.list_people(tenant, "", 9),
        store.list_records(tenant, Module.LEADS, "", 9),
        store.children(tenant, SugarId("a1"), Module.LEADS, 9),
        store.history(tenant, "Leads/1", 9),
        store.connection(tenant),
        store.open_run(tenant),
        store.runs(tenant, 9),
        store.windows(tenant, RunId("r1"), Module.LEADS, 9),
        store.asks(tenant, RunId("r1")),
        store.job(tenant, JobId("j1")),
        store.tries(tenant, "who"),
        store.tenant(tenant),
    ]
