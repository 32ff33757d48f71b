"""What is written together, and what stands in its way."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.ids import Module, PersonId, SugarId, TenantId
from funnel.domain.people.erasure import Erasure, address_mark
from funnel.domain.sync.records import Claim, Followers, State, Unit
from tests.contract.storage.builders import (
    NOW,
    STAMP,
    entry,
    error,
    key,
    person,
    record,
    stored,
    whole_person,
    whole_record,
)
from tests.contract.storage.conftest import Store


def test_a_record_comes_back_as_it_was_with_the_next_version(
    store: Store, tenant: TenantId
) -> None:
    row = whole_record(tenant, "o1")
    assert store.commit(tenant, [Unit(records=[row])]) == [True]
    assert store.records(tenant, [row.key]) == {row.key: stored(row)}


def test_types_of_values_come_back_as_they_were(store: Store, tenant: TenantId) -> None:
    row = whole_record(tenant, "o1")
    store.commit(tenant, [Unit(records=[row])])
    fields = store.records(tenant, [row.key])[row.key].fields
    assert {n: type(v) for n, v in fields.items()} == {n: type(v) for n, v in row.fields.items()}


def test_a_record_with_nothing_in_it_comes_back_too(store: Store, tenant: TenantId) -> None:
    stamp = replace(STAMP, date_modified=None, generation=0)
    row = record(tenant, "l1", "", fields={}, digest="", stamp=stamp)
    assert store.commit(tenant, [Unit(records=[row])]) == [True]
    assert store.records(tenant, [row.key]) == {row.key: stored(row)}


def test_moments_keep_their_microseconds_and_their_zone(store: Store, tenant: TenantId) -> None:
    early = datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
    row = record(tenant, "l1", stamp=replace(STAMP, date_modified=early), first_seen=NOW)
    store.commit(tenant, [Unit(records=[row])])
    found = store.records(tenant, [row.key])[row.key]
    assert found.stamp.date_modified == early
    assert found.first_seen.utcoffset() == NOW.utcoffset()


def test_a_person_comes_back_as_it_was(store: Store, tenant: TenantId) -> None:
    row = whole_person(tenant, "p1")
    assert store.commit(tenant, [Unit(people=[row])]) == [True]
    assert store.people(tenant, [row.person_id]) == {row.person_id: stored(row)}


def test_a_merged_person_comes_back_as_it_stands(store: Store, tenant: TenantId) -> None:
    row = person(tenant, "p1", links=(), name="", fields={}, merged_into=PersonId("p2"))
    assert store.commit(tenant, [Unit(people=[row])]) == [True]
    assert store.people(tenant, [row.person_id]) == {row.person_id: stored(row)}


@pytest.mark.parametrize(
    "email", ["a@b.test", "ü#ß@exämple.test", "株@x.test", "x" * 5000 + "@y", "é" * 3000, "#"]
)
def test_any_address_can_be_claimed(store: Store, tenant: TenantId, email: str) -> None:
    claim = Claim(tenant, email, PersonId("p1"))
    assert store.commit(tenant, [Unit(claims=[claim])]) == [True]
    found = store.claims(tenant, [email, email[:-1] + "?"])
    assert found.keys() == {email}
    assert (found[email].email, found[email].person_id) == (email, "p1")
    assert found[email].version > 0


def test_followers_come_back_as_they_were(store: Store, tenant: TenantId) -> None:
    row = Followers(tenant, SugarId("c1"), (SugarId("l1"), SugarId("l2")))
    none = Followers(tenant, SugarId("c2"), ())
    assert store.commit(tenant, [Unit(followers=[row, none])]) == [True]
    assert store.followers(tenant, [SugarId("c1"), SugarId("c2"), SugarId("c3")]) == {
        "c1": stored(row),
        "c2": stored(none),
    }


def test_what_is_not_here_is_absent(store: Store, tenant: TenantId) -> None:
    assert store.records(tenant, [key(Module.LEADS, "nobody")]) == {}
    assert store.people(tenant, [PersonId("nobody")]) == {}
    assert store.claims(tenant, ["nobody@x.test"]) == {}
    assert store.followers(tenant, [SugarId("nobody")]) == {}
    assert store.records(tenant, []) == {}
    assert store.commit(tenant, []) == []


def test_asking_twice_for_the_same_gives_it_once(store: Store, tenant: TenantId) -> None:
    row = record(tenant, "l1")
    store.commit(tenant, [Unit(records=[row])])
    assert store.records(tenant, [row.key, row.key]) == {row.key: stored(row)}


def test_one_id_in_two_modules_is_two_records(store: Store, tenant: TenantId) -> None:
    rows = [record(tenant, "same", module.value, module) for module in Module]
    assert store.commit(tenant, [Unit(records=rows)]) == [True]
    found = store.records(tenant, [row.key for row in rows])
    assert {k.module: r.name for k, r in found.items()} == {m: m.value for m in Module}


def test_more_rows_than_a_request_takes_are_read_and_written(
    store: Store, tenant: TenantId
) -> None:
    rows = [record(tenant, f"l{i}", fields={"description": "x" * 500}) for i in range(331)]
    assert store.commit(tenant, [Unit(records=[row]) for row in rows]) == [True] * 331
    assert store.records(tenant, (r.key for r in rows)) == {r.key: stored(r) for r in rows}


def test_pages_of_long_records_are_read_and_written(store: Store, tenant: TenantId) -> None:
    rows = [record(tenant, f"l{i}", fields={"description": "ü" * 90_000}) for i in range(50)]
    assert all(store.commit(tenant, [Unit(records=[row]) for row in rows]))
    assert store.records(tenant, [r.key for r in rows]) == {r.key: stored(r) for r in rows}


def test_an_earlier_version_does_not_overwrite_a_later_one(store: Store, tenant: TenantId) -> None:
    row = record(tenant, "l1")
    store.commit(tenant, [Unit(records=[row])])
    second = replace(row, name="second", version=1)
    assert store.commit(tenant, [Unit(records=[second])]) == [True]
    assert store.commit(tenant, [Unit(records=[replace(row, name="late", version=1)])]) == [False]
    assert store.commit(tenant, [Unit(records=[replace(row, name="new", version=0)])]) == [False]
    assert store.commit(tenant, [Unit(records=[replace(row, name="far", version=3)])]) == [False]
    assert store.records(tenant, [row.key])[row.key] == replace(second, version=2)


def test_a_row_that_is_not_there_has_no_later_version(store: Store, tenant: TenantId) -> None:
    units = [
        Unit(records=[record(tenant, "l1", version=1)]),
        Unit(people=[person(tenant, "p1", version=1)]),
        Unit(claims=[Claim(tenant, "a@b.test", PersonId("p1"), version=1)]),
        Unit(followers=[Followers(tenant, SugarId("c1"), (SugarId("l1"),), version=1)]),
        Unit(claims=[Claim(tenant, "c@d.test", PersonId(""), version=1)]),
    ]
    assert store.commit(tenant, units) == [False] * 5
    assert store.records(tenant, [key(Module.LEADS, "l1")]) == {}
    assert store.claims(tenant, ["a@b.test"]) == {}


def test_of_a_unit_that_lost_nothing_is_written(store: Store, tenant: TenantId) -> None:
    old = record(tenant, "l1")
    store.commit(tenant, [Unit(records=[old])])
    closed = error(tenant, old.key, "stays")
    store.commit(tenant, [Unit(errors=[closed])])
    lost = Unit(
        records=[record(tenant, "l1", "late"), record(tenant, "l2")],
        people=[person(tenant, "p1")],
        claims=[Claim(tenant, "a@b.test", PersonId("p1"))],
        followers=[Followers(tenant, SugarId("c1"), (SugarId("l1"),))],
        errors=[error(tenant, old.key, "new")],
        closed=[(old.key, "stays")],
        history=[entry(tenant, "Leads/l1", 1)],
    )
    assert store.commit(tenant, [lost]) == [False]
    assert store.records(tenant, [old.key, key(Module.LEADS, "l2")]) == {old.key: stored(old)}
    assert store.people(tenant, [PersonId("p1")]) == {}
    assert store.claims(tenant, ["a@b.test"]) == {}
    assert store.followers(tenant, [SugarId("c1")]) == {}
    assert store.errors_of(tenant, old.key) == [closed]
    assert store.history(tenant, "Leads/l1", 10).items == []


def test_units_stand_alone_whoever_loses_beside_them(store: Store, tenant: TenantId) -> None:
    rows = [record(tenant, f"l{i:03}") for i in range(260)]
    losers = {3, 4, 99, 100, 101, 259}
    store.commit(tenant, [Unit(records=[rows[i]]) for i in losers])
    units = [Unit(records=[row], history=[entry(tenant, str(row.key), 1)]) for row in rows]
    assert store.commit(tenant, units) == [i not in losers for i in range(260)]
    assert len(store.records(tenant, [row.key for row in rows])) == 260
    assert store.history(tenant, "Leads/l099", 5).items == []
    assert len(store.history(tenant, "Leads/l098", 5).items) == 1


def test_a_unit_that_was_written_and_is_repeated_loses_and_changes_nothing(
    store: Store, tenant: TenantId
) -> None:
    """So does a caller that never got the reply: it reads again, and finds what it wrote."""
    unit = Unit(
        records=[record(tenant, "l1")],
        people=[person(tenant, "p1")],
        claims=[Claim(tenant, "a@b.test", PersonId("p1"))],
        history=[entry(tenant, "p1", 1)],
    )
    assert store.commit(tenant, [unit]) == [True]
    assert store.commit(tenant, [unit]) == [False]
    assert store.records(tenant, [key(Module.LEADS, "l1")])[key(Module.LEADS, "l1")].version == 1
    assert len(store.history(tenant, "p1", 10).items) == 1


def test_two_units_about_one_row_do_not_both_win(store: Store, tenant: TenantId) -> None:
    units = [Unit(records=[record(tenant, "l1", name)]) for name in ("one", "two")]
    done = store.commit(tenant, units)
    assert sorted(done) == [False, True]
    found = store.records(tenant, [key(Module.LEADS, "l1")])[key(Module.LEADS, "l1")]
    assert found.name == ("one" if done[0] else "two")


def test_a_claim_changes_hands_and_is_given_up(store: Store, tenant: TenantId) -> None:
    claim = Claim(tenant, "a@b.test", PersonId("p1"))
    store.commit(tenant, [Unit(claims=[claim])])
    mine = store.claims(tenant, ["a@b.test"])["a@b.test"]
    assert store.commit(tenant, [Unit(claims=[replace(mine, person_id=PersonId("p2"))])]) == [True]
    theirs = store.claims(tenant, ["a@b.test"])["a@b.test"]
    assert theirs.person_id == "p2"
    given_up = replace(theirs, person_id=PersonId(""))
    assert store.commit(tenant, [Unit(claims=[replace(mine, person_id=PersonId(""))])]) == [False]
    assert store.commit(tenant, [Unit(claims=[given_up])]) == [True]
    assert store.claims(tenant, ["a@b.test"]) == {}
    assert store.commit(tenant, [Unit(claims=[given_up])]) == [False]


def test_a_claim_given_up_and_made_anew_is_not_taken_for_the_first(
    store: Store, tenant: TenantId
) -> None:
    """Whoever read the first one must not move the second, which is somebody else's."""
    fresh = Claim(tenant, "a@b.test", PersonId("p1"))
    store.commit(tenant, [Unit(claims=[fresh])])
    first = store.claims(tenant, ["a@b.test"])["a@b.test"]
    store.commit(tenant, [Unit(claims=[replace(first, person_id=PersonId(""))])])
    assert store.commit(tenant, [Unit(claims=[replace(fresh, person_id=PersonId("p2"))])]) == [True]
    stale = Unit(claims=[replace(first, person_id=PersonId("p3"))])
    assert store.commit(tenant, [stale]) == [False]
    assert store.claims(tenant, ["a@b.test"])["a@b.test"].person_id == "p2"


def test_giving_up_a_claim_nobody_has_needs_that_nobody_has_it(
    store: Store, tenant: TenantId
) -> None:
    nobody = Claim(tenant, "a@b.test", PersonId(""))
    assert store.commit(tenant, [Unit(claims=[nobody])]) == [True]
    assert store.claims(tenant, ["a@b.test"]) == {}
    store.commit(tenant, [Unit(claims=[replace(nobody, person_id=PersonId("p1"))])])
    assert store.commit(tenant, [Unit(claims=[nobody])]) == [False]


def test_a_unit_takes_as_many_rows_as_a_transaction(
    store: Store, tenant: TenantId, most_rows: int
) -> None:
    rows = [record(tenant, f"l{i}") for i in range(most_rows)]
    assert store.commit(tenant, [Unit(records=rows)]) == [True]
    assert len(store.records(tenant, [row.key for row in rows])) == most_rows


def test_a_larger_unit_is_refused_and_so_are_those_beside_it(
    store: Store, tenant: TenantId
) -> None:
    rows = [record(tenant, f"l{i}") for i in range(101)]
    with pytest.raises(ValueError, match="100 rows, not 101"):
        store.commit(tenant, [Unit(records=[record(tenant, "other")]), Unit(records=rows)])
    assert store.records(tenant, [rows[0].key, key(Module.LEADS, "other")]) == {}


def test_a_row_of_another_tenant_is_refused(store: Store, tenant: TenantId) -> None:
    for unit in (
        Unit(records=[record(TenantId("other"), "l1")]),
        Unit(people=[person(TenantId("other"), "p1")]),
        Unit(claims=[Claim(TenantId("other"), "a@b.test", PersonId("p1"))]),
        Unit(errors=[error(TenantId("other"), key(Module.LEADS, "l1"))]),
        Unit(history=[entry(TenantId("other"), "p1", 0)]),
    ):
        with pytest.raises(ValueError, match="another tenant"):
            store.commit(tenant, [unit])


def test_a_row_twice_in_a_unit_is_refused(store: Store, tenant: TenantId) -> None:
    with pytest.raises(ValueError, match="twice"):
        store.commit(tenant, [Unit(records=[record(tenant, "l1"), record(tenant, "l1", "b")])])


def test_an_error_closed_and_opened_in_one_unit_is_open(store: Store, tenant: TenantId) -> None:
    lead = key(Module.LEADS, "l1")
    opened = error(tenant, lead)
    assert store.commit(tenant, [Unit(errors=[opened], closed=[(lead, "e1")])]) == [True]
    assert store.errors_of(tenant, lead) == [opened]


def test_an_entry_twice_in_a_unit_is_kept_once(store: Store, tenant: TenantId) -> None:
    same = entry(tenant, "p1", 1)
    assert store.commit(tenant, [Unit(history=[same, same])]) == [True]
    assert store.history(tenant, "p1", 10).items == [same]


def test_a_record_of_any_state_is_kept(store: Store, tenant: TenantId) -> None:
    rows = [record(tenant, state.value, state=state) for state in State]
    assert store.commit(tenant, [Unit(records=rows)]) == [True]
    found = store.records(tenant, [row.key for row in rows])
    assert {r.state for r in found.values()} == set(State)


def test_nothing_is_written_to_a_person_who_was_erased(store: Store, tenant: TenantId) -> None:
    before = person(tenant, "p1")
    assert store.commit(tenant, [Unit(people=[before])]) == [True]
    gone = replace(before, erased=True, version=1)
    assert store.commit(tenant, [Unit(people=[gone])]) == [True]
    again = Unit(people=[replace(before, version=2)], history=[entry(tenant, "p1", 1)])
    other = Unit(people=[person(tenant, "p2")])
    assert store.commit(tenant, [again, other]) == [False, True]
    assert store.people(tenant, [PersonId("p1")]) == {"p1": replace(gone, version=2)}
    assert store.history(tenant, "p1", 10).items == []


def test_a_unit_is_not_written_whose_mark_of_an_erasure_is_there(
    store: Store, tenant: TenantId
) -> None:
    mark = address_mark(tenant, "z@example.test")
    units = [Unit(people=[person(tenant, one)], unmarked=[mark]) for one in ("p1", "p2")]
    assert store.commit(tenant, units) == [True, True]
    store.save_erasure(Erasure(tenant, PersonId("p1"), "Ann", NOW, (mark,)))
    third = Unit(people=[person(tenant, "p3")], unmarked=[mark])
    assert store.commit(tenant, [third]) == [False]
    store.lift(tenant, mark)
    assert store.commit(tenant, [third]) == [True]
