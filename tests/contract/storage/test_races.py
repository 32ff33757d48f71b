"""Many at once: exactly one wins, and nothing is half-written."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from funnel.domain.errors import Conflict, TooManyTries
from funnel.domain.ids import PULLED_MODULES, ConnectionId, JobId, Module, PersonId, RunId, TenantId
from funnel.domain.signing_in.tenants import Role, SignInAttempt, SignInLink
from funnel.domain.signing_in.tries import OF_A_USER
from funnel.domain.sync.records import Claim, Unit
from funnel.domain.sync.runs import Asks, RunStatus
from funnel.usecases.signing_in.count_try import count_try
from tests.contract.storage.builders import NOW, connection, key, person, record, run, window
from tests.contract.storage.conftest import Store
from tests.fakes.world import World

T = TypeVar("T")
RACERS = 6


def race(racer: Callable[[int], T], racers: int = RACERS) -> list[T]:
    """What each of several threads got that set off together."""
    line = threading.Barrier(racers)

    def go(number: int) -> T:
        line.wait(30)
        return racer(number)

    with ThreadPoolExecutor(racers) as threads:
        return list(threads.map(go, range(racers)))


def won(act: Callable[[], object]) -> bool:
    """Whether it went through without a conflict."""
    try:
        act()
    except Conflict:
        return False
    return True


def test_of_units_about_the_same_rows_one_wins_whole(store: Store, tenant: TenantId) -> None:
    keys = [key(Module.LEADS, f"l{i}") for i in range(4)]

    def attempt(number: int) -> bool:
        rows = [record(tenant, k.sugar_id, f"racer {number}", version=turn) for k in keys]
        # Each in another order: what holds locks row by row gets stuck or mixes them.
        rows = rows[number % 4 :] + rows[: number % 4]
        people = [person(tenant, "p1", f"racer {number}", version=turn)]
        return store.commit(tenant, [Unit(records=rows, people=people)])[0]

    for turn in range(4):
        results = race(attempt)
        assert results.count(True) == 1
        winner = f"racer {results.index(True)}"
        found = store.records(tenant, keys)
        assert {(r.name, r.version) for r in found.values()} == {(winner, turn + 1)}
        assert store.people(tenant, [PersonId("p1")])[PersonId("p1")].name == winner


def test_workers_who_read_again_when_they_lose_lose_no_change(
    store: Store, tenant: TenantId
) -> None:
    lead = key(Module.LEADS, "l1")
    store.commit(tenant, [Unit(records=[record(tenant, "l1", fields={"count": 0})])])

    def add_three(_: int) -> None:
        for _ in range(3):
            while True:
                now = store.records(tenant, [lead])[lead]
                more = replace(now, fields={"count": int(str(now.fields["count"])) + 1})
                if store.commit(tenant, [Unit(records=[more])]) == [True]:
                    break

    race(add_three, 4)
    found = store.records(tenant, [lead])[lead]
    assert found.fields == {"count": 12}
    assert found.version == 13


def test_pages_that_overlap_lose_only_where_they_meet(store: Store, tenant: TenantId) -> None:
    def page(number: int) -> list[bool]:
        ids = [f"l{number}-{i}" for i in range(30)] + [f"shared-{i}" for i in range(10)]
        return store.commit(tenant, [Unit(records=[record(tenant, i)]) for i in ids])

    results = race(page, 3)
    assert all(all(result[:30]) for result in results)
    for shared in range(30, 40):
        assert [result[shared] for result in results].count(True) == 1


def test_an_address_is_claimed_by_one(store: Store, tenant: TenantId) -> None:
    results = race(
        lambda number: store.commit(
            tenant,
            [
                Unit(
                    people=[person(tenant, f"p{number}")],
                    claims=[Claim(tenant, "a@b.test", PersonId(f"p{number}"))],
                )
            ],
        )[0]
    )
    assert results.count(True) == 1
    winner = PersonId(f"p{results.index(True)}")
    assert store.claims(tenant, ["a@b.test"])["a@b.test"].person_id == winner
    everybody = [PersonId(f"p{number}") for number in range(RACERS)]
    assert store.people(tenant, everybody).keys() == {winner}


def test_one_run_opens(store: Store, tenant: TenantId) -> None:
    results = race(
        lambda number: won(lambda: store.create_run(run(tenant, f"r{number}"), [window("0")]))
    )
    assert results.count(True) == 1
    now_open = store.open_run(tenant)
    assert now_open is not None
    assert now_open.run_id == f"r{results.index(True)}"
    assert len(store.runs(tenant, 10).items) == 1


def test_one_worker_saves_the_run(store: Store, tenant: TenantId) -> None:
    store.create_run(run(tenant), [window("0")])

    def save(number: int) -> bool:
        mine = replace(run(tenant), version=1, lease_owner=f"w{number}")
        new = [window(f"0.{number}")]
        return won(lambda: store.save_run(mine, done=[window("0")], new=new))

    results = race(save)
    assert results.count(True) == 1
    winner = results.index(True)
    saved = store.run(tenant, RunId("r1"))
    assert saved is not None
    assert saved.lease_owner == f"w{winner}"
    left = store.windows(tenant, RunId("r1"), Module.LEADS, 9)
    assert [w.window_id for w in left] == [f"0.{winner}"]


def test_a_run_closes_once_and_opens_the_way_once(store: Store, tenant: TenantId) -> None:
    store.create_run(run(tenant), [])

    def act(number: int) -> bool:
        if number % 2:
            return won(lambda: store.create_run(run(tenant, f"r{number}"), []))
        closed = replace(run(tenant), version=1, status=RunStatus.DONE)
        return won(lambda: store.save_run(closed))

    results = race(act)
    assert results[0::2].count(True) == 1
    assert results[1::2].count(True) <= 1
    now_open = store.open_run(tenant)
    assert (now_open is not None) == any(results[1::2])


def test_a_connection_is_saved_by_one(store: Store, tenant: TenantId) -> None:
    results = race(
        lambda n: won(lambda: store.save_connection(connection(tenant, user_name=f"u{n}")))
    )
    assert results.count(True) == 1
    found = store.connection(tenant)
    assert found is not None
    assert found.user_name == f"u{results.index(True)}"


def test_a_lease_is_taken_by_one(store: Store, tenant: TenantId) -> None:
    until = NOW + timedelta(minutes=1)
    results = race(lambda n: store.acquire(tenant, "sign-in", f"w{n}", NOW, until))
    assert results.count(True) == 1


def test_a_link_is_used_by_one(store: Store, tenant: TenantId) -> None:
    until = NOW + timedelta(hours=1)
    store.put_link(SignInLink(tenant, f"race of {tenant}", Role.ADMIN, "Ann", until))
    results = race(lambda _: store.use_link(f"race of {tenant}", NOW))
    assert len([link for link in results if link is not None]) == 1


def test_no_turn_of_the_budget_is_given_twice(store: Store, tenant: TenantId) -> None:
    waits = race(lambda _: store.reserve(tenant, 5, 10, NOW))
    assert sorted(round(wait, 3) for wait in waits) == [i * 0.5 for i in range(RACERS)]


def test_no_wish_is_lost(store: Store, tenant: TenantId) -> None:
    at = (tenant, RunId("r1"))
    modules = [*PULLED_MODULES, Module.LEADS]
    race(lambda n: store.ask(*at, Asks(again=True, again_modules=(modules[n],))))
    assert store.asks(*at) == Asks(again=True, again_modules=PULLED_MODULES)


def test_an_attempt_to_sign_in_is_taken_by_one(store: Store, tenant: TenantId) -> None:
    made = SignInAttempt(
        tenant, f"race of {tenant}", JobId("j"), ConnectionId("c"), "", NOW + timedelta(hours=1)
    )
    store.put_attempt(made)
    results = race(lambda n: store.take_attempt(made.token_hash, f"session {n}", NOW))
    assert results.count(True) == 1


def test_of_tries_at_once_no_more_are_counted_than_are_allowed(
    store: Store, tenant: TenantId
) -> None:
    app = replace(World().app, sync=store)

    def attempt(number: int) -> bool:
        try:
            count_try(app, tenant, "who", f"try {number}", OF_A_USER)
        except TooManyTries:
            return False
        return True

    results = race(attempt)
    assert results.count(True) == OF_A_USER.most
    counted = {f"try {number}" for number, done in enumerate(results) if done}
    assert set(store.tries(tenant, "who").at) == counted
