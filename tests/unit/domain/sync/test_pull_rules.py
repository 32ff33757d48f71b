"""Which records can be taken in, and what the others wait for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.crm import CrmRow, Problem, Value
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.pull_rules import Obstacle, needs, obstacles, record_name
from funnel.domain.sync.records import ReadStamp, State, SugarRecord

NOW = datetime(2026, 3, 2, tzinfo=UTC)
USER = RecordKey(Module.USERS, SugarId("u"))
ACCOUNT = RecordKey(Module.ACCOUNTS, SugarId("a"))
ANN, BEN = (RecordKey(Module.CONTACTS, SugarId(one)) for one in ("ann", "ben"))


def row(module: Module, *contacts: str, **fields: Value) -> CrmRow:
    ids = tuple(map(SugarId, contacts))
    return CrmRow(module, SugarId("r"), NOW, False, fields, ids)


def kept(key: RecordKey, state: State = State.SYNCED, **fields: Value) -> SugarRecord:
    stamp = ReadStamp(NOW, NOW, NOW)
    return SugarRecord(TenantId("t"), key, state, fields, stamp, "", f"Name of {key.sugar_id}", NOW)


def met(read: CrmRow, *known: SugarRecord) -> list[Obstacle]:
    return obstacles(read, {one.key: one for one in known})


OWNED = row(Module.ACCOUNTS, assigned_user_id="u")
OF_ONE = row(Module.CONTACTS, account_id="a")
DEAL = row(Module.OPPORTUNITIES, "ann", "ben", account_id="a")


@pytest.mark.parametrize(
    ("read", "known", "found"),
    [
        (row(Module.ACCOUNTS), [], Obstacle("OwnerMissing", "assigned_user_id", "")),
        (OWNED, [], Obstacle("OwnerDeleted", "assigned_user_id", "u", USER)),
        (
            OWNED,
            [kept(USER, State.DELETED)],
            Obstacle("OwnerDeleted", "assigned_user_id", "u", USER),
        ),
        (
            OWNED,
            [kept(USER, status="Inactive")],
            Obstacle("OwnerInactive", "assigned_user_id", "Name of u", USER),
        ),
        (
            OWNED,
            [replace(kept(USER, status="Inactive"), name="")],
            Obstacle("OwnerInactive", "assigned_user_id", "u", USER),
        ),
        (OF_ONE, [], Obstacle("AccountDeleted", "account_id", "a", ACCOUNT)),
        (
            OF_ONE,
            [kept(ACCOUNT, State.HELD)],
            Obstacle("AccountHeld", "account_id", "Name of a", ACCOUNT),
        ),
        (DEAL, [kept(ANN)], Obstacle("AccountDeleted", "account_id", "a", ACCOUNT)),
        (DEAL, [kept(ACCOUNT)], Obstacle("ContactDeleted", "contacts", "ann", ANN)),
        (
            DEAL,
            [kept(ACCOUNT), kept(BEN, State.HELD)],
            Obstacle("ContactHeld", "contacts", "Name of ben", BEN),
        ),
    ],
)
def test_a_record_waits_for_what_it_hangs_on(
    read: CrmRow, known: list[SugarRecord], found: Obstacle
) -> None:
    assert met(read, *known) == [found]
    assert obstacles(read, {one.key: one for one in known}, {*Module}) == (
        [] if found.blocked_by else [found]
    ), "of modules that may not be read nothing is known"


@pytest.mark.parametrize(
    ("read", "known"),
    [
        (OWNED, [kept(USER, status="Active")]),
        (OWNED, [kept(USER)]),
        (OF_ONE, [kept(ACCOUNT, State.STALE)]),
        (row(Module.CONTACTS), []),
        (DEAL, [kept(ACCOUNT), kept(BEN, State.STALE)]),
        (DEAL, [kept(ACCOUNT), kept(ANN, State.ERASED), kept(BEN, State.ERASED)]),
        (row(Module.OPPORTUNITIES), []),
        (row(Module.LEADS, account_id="a"), []),
    ],
)
def test_what_has_all_it_needs_is_taken_in(read: CrmRow, known: list[SugarRecord]) -> None:
    assert met(read, *known) == []


def test_what_cannot_be_read_is_told_and_holds_nothing_back() -> None:
    odd = replace(row(Module.LEADS), problems=(Problem("amount", "many", "no number"),))
    assert met(odd) == [Obstacle("ValueUnreadable", "amount", "many", holds=False)]


def test_a_record_is_checked_against_what_it_names() -> None:
    assert needs(OWNED) == [USER]
    assert needs(OF_ONE) == [ACCOUNT]
    assert needs(DEAL) == [ACCOUNT, ANN, BEN]
    assert needs(row(Module.LEADS, account_id="a")) == []
    assert needs(replace(DEAL, deleted=True)) == []


def test_people_call_a_record_by_its_name_or_else_its_address() -> None:
    assert record_name(row(Module.ACCOUNTS, name="Acme", last_name="x")) == "Acme"
    assert record_name(row(Module.OPPORTUNITIES)) == ""
    assert record_name(row(Module.LEADS, first_name="Ann", last_name="Bell")) == "Ann Bell"
    assert record_name(row(Module.USERS, user_name="ann", email1="a@x.test")) == "ann"
    assert record_name(row(Module.LEADS, email1="a@x.test")) == "a@x.test"
    assert record_name(row(Module.LEADS)) == ""
