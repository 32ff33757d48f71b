"""Rows as items and back."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.adapters.dynamodb import address_rows, models, report_rows, rows
from funnel.adapters.dynamodb.requests import Dynamo
from funnel.adapters.dynamodb.sync_rows import SyncTable
from funnel.domain.consent.consent import Consent
from funnel.domain.ids import Module, RecordKey
from funnel.domain.sync.records import (
    Claim,
    Followers,
    HistoryEntry,
    Link,
    Person,
    ReadStamp,
    State,
    SugarRecord,
    SyncError,
)
from funnel.domain.sync.runs import LOOK, Job
from tests.unit.dynamodb.rows import NOW, TENANT, entry, error, key, person, record

MOMENTS = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
IDS = st.text(
    st.characters(codec="ascii", exclude_characters="#/", categories=("L", "N")), min_size=1
)
KEYS = st.builds(RecordKey, st.sampled_from(Module), IDS)
VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
FIELDS = st.dictionaries(st.text(), VALUES)
STAMPS = st.builds(ReadStamp, st.none() | MOMENTS, MOMENTS, MOMENTS, st.integers(0))
COUNTS = st.integers(0)
TENANTS = st.just(TENANT)


@given(
    st.builds(
        SugarRecord,
        tenant=TENANTS,
        key=KEYS,
        fields=FIELDS,
        stamp=STAMPS,
        first_seen=MOMENTS,
        out_of_date_since=st.none() | MOMENTS,
        root=st.none() | KEYS,
        version=COUNTS,
    )
)
def test_a_record_comes_back_with_the_next_version(value: SugarRecord) -> None:
    item = rows.record_item(value)
    assert rows.record_of(TENANT, item) == replace(value, version=value.version + 1)
    assert set(item) <= set(models.RecordRow.get_attributes())


@given(
    st.builds(
        Person,
        tenant=TENANTS,
        person_id=IDS,
        fields=FIELDS,
        agreed=FIELDS,
        links=st.lists(st.builds(Link, key=KEYS)).map(tuple),
        created_at=MOMENTS,
        changed_at=MOMENTS,
        version=COUNTS,
    )
)
def test_a_person_comes_back_with_the_next_version(value: Person) -> None:
    item = rows.person_item(value)
    assert rows.person_of(TENANT, item) == replace(value, version=value.version + 1)
    assert set(item) <= set(models.PersonRow.get_attributes())


@given(st.builds(Followers, tenant=TENANTS, version=COUNTS))
def test_followers_come_back_with_the_next_version(value: Followers) -> None:
    item = rows.followers_item(value)
    found = rows.followers_of(TENANT, value.contact_id, item)
    assert found == replace(value, version=value.version + 1)
    assert set(item) <= set(models.RecordRow.get_attributes())


@given(
    st.builds(
        SyncError,
        tenant=TENANTS,
        record=KEYS,
        root=KEYS,
        blocked_by=st.none() | KEYS,
        first_seen=MOMENTS,
        last_seen=MOMENTS,
    )
)
def test_an_error_comes_back(value: SyncError) -> None:
    item = report_rows.error_item(value)
    assert report_rows.error_of(TENANT, item) == value
    assert set(item) <= set(models.SyncErrorRow.get_attributes())


@given(st.builds(HistoryEntry, tenant=TENANTS, at=MOMENTS, by=st.text()))
def test_a_history_entry_comes_back_and_is_kept_for_thirteen_months(value: HistoryEntry) -> None:
    item = report_rows.history_item(value)
    days = (float(item["expires_at"]["N"]) - value.at.timestamp()) / 86_400
    assert 13 * 365 / 12 < days < 13 * 31
    assert report_rows.history_of(TENANT, item) == value
    assert set(item) <= set(models.HistoryRow.get_attributes())


@pytest.mark.parametrize(("kind", "hours"), [(LOOK, 1), ("export", 7 * 24)])
def test_a_look_before_a_push_is_kept_for_an_hour_and_other_jobs_for_a_week(
    kind: str, hours: int
) -> None:
    dynamo = SimpleNamespace(client=SimpleNamespace(meta=SimpleNamespace(region_name="eu-west-1")))
    made_by = SyncTable(cast("Dynamo", dynamo), "sync")
    made = made_by.job(Job(TENANT, "j", kind, "Ada", NOW, {}))
    assert made.expires_at == int(NOW.timestamp()) + hours * 3600


@pytest.mark.parametrize("state", list(State))
def test_only_records_in_use_are_in_the_lists(state: State) -> None:
    item = rows.record_item(record("1", state=state, parent_id="a1"))
    in_use = state in (State.SYNCED, State.STALE)
    assert ("list_pk" in item) is in_use
    assert ("parent_pk" in item) is in_use


def test_a_record_without_an_account_is_in_no_accounts_list() -> None:
    assert "parent_pk" not in rows.record_item(record("1"))


def test_people_who_were_merged_or_have_no_links_are_in_no_list() -> None:
    assert "list_pk" in rows.person_item(person("p1"))
    assert "list_pk" not in rows.person_item(person("p1", merged_into="p2"))
    assert "list_pk" not in rows.person_item(person("p1", links=()))


def test_only_an_error_that_waits_is_found_by_its_cause() -> None:
    assert "blocked_pk" not in report_rows.error_item(error(key("1")))
    waits = report_rows.error_item(error(key("1"), blocked_by=key("2")))
    assert waits["blocked_pk"] == {"S": "acme#Leads/2"}


def test_every_item_says_its_format_and_begins_its_key_with_the_tenant() -> None:
    items = [
        rows.record_item(record("1")),
        rows.person_item(person("p1")),
        rows.followers_item(Followers(TENANT, key("c1").sugar_id, ())),
        report_rows.error_item(error(key("1"))),
        report_rows.cause_item(TENANT, key("1"), 5),
        report_rows.history_item(entry("p1")),
    ]
    for item in items:
        assert item["v"] == {"N": "1"}
        assert item["pk"]["S"].startswith("acme#")


def test_the_order_of_the_list_is_that_of_folded_names_then_ids() -> None:
    names = ["Ännä B", "anna a", "Anna", "ANNA A"]
    places = [rows.list_text(name, str(at)) for at, name in enumerate(names)]
    assert [names[int(p[-1])] for p in sorted(places)] == ["Anna", "anna a", "ANNA A", "Ännä B"]


def test_a_name_of_any_length_fits_an_index_key() -> None:
    item = rows.record_item(record("x" * 36, name="🦊" * 5000))
    assert len(item["list_sk"]["S"].encode()) <= 1024


def test_an_address_of_any_length_fits_a_key_and_stays_apart_from_others() -> None:
    claims = [Claim(TENANT, "ü" * 5000 + end, person("p").person_id) for end in ("a", "b")]
    keys = [address_rows.claim_update(claim, 0)["Key"]["pk"]["S"] for claim in claims]
    assert len(set(keys)) == 2
    assert all(len(pk.encode()) <= 2048 for pk in keys)
    due = [Consent(TENANT, claim.email, due_at=NOW) for claim in claims]
    places = [address_rows.consent_item(one)["due_sk"]["S"] for one in due]
    assert len(set(places)) == 2
    assert all(len(place.encode()) <= 1024 for place in places)
