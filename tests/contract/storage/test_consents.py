"""The consent of addresses: kept beside the claim, found by when it is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.consent.consent import Consent, Flag, Source
from funnel.domain.ids import ConnectionId, Module, PersonId, TenantId
from funnel.domain.sync.records import Claim, Unit
from tests.contract.storage.builders import NOW, UNICODE, key, record, stored
from tests.contract.storage.conftest import Store


def whole(tenant: TenantId, email: str = "ann@x.test") -> Consent:
    """A consent with something in every attribute."""
    source = Source("Sugar", NOW, UNICODE, "because", key(Module.LEADS, "l1"), "Ott")
    return Consent(
        tenant,
        email,
        Flag(value=True, agreed=False, source=source),
        Flag(value=False, agreed=True, source=replace(source, record=None)),
        NOW,
        ("a1 x True False", "a2"),
        NOW,
        3,
        key(Module.CONTACTS, "c1"),
        ConnectionId("0badcafe"),
        (key(Module.LEADS, "l1"), key(Module.LEADS, "l2")),
    )


def due(tenant: TenantId, email: str, minutes: int) -> Consent:
    """An opt-out that is due so many minutes after NOW."""
    at = NOW + timedelta(minutes=minutes)
    return Consent(tenant, email, Flag(value=True), due_at=at)


@pytest.mark.parametrize("email", ["ann@x.test", "ü#ß@exämple.test", "x" * 5000 + "@y"])
def test_a_consent_comes_back_as_it_was_with_the_next_version(
    store: Store, tenant: TenantId, email: str
) -> None:
    row = whole(tenant, email)
    assert store.commit(tenant, [Unit(consents=[row])]) == [True]
    assert store.consents(tenant, [email, "bob@x.test"]) == {email: stored(row)}


def test_one_with_nothing_in_it_comes_back_too(store: Store, tenant: TenantId) -> None:
    row = Consent(tenant, "ann@x.test")
    store.commit(tenant, [Unit(consents=[row])])
    assert store.consents(tenant, ["ann@x.test"]) == {"ann@x.test": stored(row)}


def test_it_is_written_with_its_unit_or_not_at_all(store: Store, tenant: TenantId) -> None:
    store.commit(tenant, [Unit(consents=[whole(tenant)])])
    lead = record(tenant, "l1")
    assert store.commit(tenant, [Unit(records=[lead], consents=[whole(tenant)])]) == [False]
    assert store.records(tenant, [lead.key]) == {}
    again = replace(store.consents(tenant, ["ann@x.test"])["ann@x.test"], due_at=None)
    assert store.commit(tenant, [Unit(records=[lead], consents=[again])]) == [True]


def test_what_is_due_is_listed_by_when_and_leaves_the_list_when_it_is_not(
    store: Store, tenant: TenantId
) -> None:
    rows = [due(tenant, f"p{n}@x.test", minutes) for n, minutes in enumerate((5, 1, 9, 3))]
    store.commit(tenant, [Unit(consents=[row]) for row in rows])
    found = [one.email for one in store.due_consents(tenant, 10).items]
    assert found == ["p1@x.test", "p3@x.test", "p0@x.test", "p2@x.test"]
    first = store.due_consents(tenant, 2)
    rest = store.due_consents(tenant, 2, first.cursor)
    assert [one.email for one in (*first.items, *rest.items)] == found
    assert rest.cursor == ""
    done = replace(stored(rows[1]), due_at=None)
    later = replace(stored(rows[3]), due_at=NOW + timedelta(days=1))
    store.commit(tenant, [Unit(consents=[done]), Unit(consents=[later])])
    assert [one.email for one in store.due_consents(tenant, 10).items] == [
        "p0@x.test", "p2@x.test", "p3@x.test",
    ]  # fmt: skip


def test_a_tenant_sees_none_of_anothers(store: Store, tenant: TenantId) -> None:
    store.commit(tenant, [Unit(consents=[whole(tenant)])])
    other = TenantId(f"{tenant}-other")
    assert store.consents(other, ["ann@x.test"]) == {}
    assert store.due_consents(other, 10).items == []


def test_a_claim_says_whether_there_is_a_consent_whoever_has_it_then(
    store: Store, tenant: TenantId
) -> None:
    email = "ann@x.test"
    store.commit(tenant, [Unit(claims=[Claim(tenant, email, PersonId("p1"))])])
    plain = store.claims(tenant, [email])[email]
    assert not plain.consent
    store.commit(tenant, [Unit(claims=[replace(plain, consent=True)])])
    marked = store.claims(tenant, [email])[email]
    assert (marked.person_id, marked.consent) == ("p1", True)
    store.commit(tenant, [Unit(claims=[replace(marked, person_id=PersonId("p2"))])])
    moved = store.claims(tenant, [email])[email]
    assert (moved.person_id, moved.consent) == ("p2", True)
    assert store.commit(tenant, [Unit(claims=[replace(plain, consent=True)])]) == [False]
    store.commit(tenant, [Unit(claims=[replace(moved, person_id=PersonId(""))])])
    nobodys = store.claims(tenant, [email])[email]
    assert (nobodys.person_id, nobodys.consent) == ("", True)
    assert store.commit(tenant, [Unit(claims=[Claim(tenant, email, PersonId("p3"))])]) == [True]
    anew = store.claims(tenant, [email])[email]
    assert (anew.person_id, anew.consent) == ("p3", True)


def test_an_address_nobody_has_can_have_a_consent(store: Store, tenant: TenantId) -> None:
    email = "ann@x.test"
    nobodys = Claim(tenant, email, PersonId(""), consent=True)
    unit = Unit(claims=[nobodys], consents=[whole(tenant)])
    assert store.commit(tenant, [unit]) == [True]
    found = store.claims(tenant, [email])[email]
    assert (found.person_id, found.consent) == ("", True)
    assert store.commit(tenant, [Unit(claims=[Claim(tenant, email, PersonId("p1"))])]) == [True]
    assert store.claims(tenant, [email])[email].person_id == "p1"
