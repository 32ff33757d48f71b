"""Addresses are looked up in whatever files the operator supplies."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws

from funnel.adapters.companies import BucketFiles, MmdbCompanies
from funnel.adapters.companies.bucket import Supplied
from funnel.domain.companies.companies import Evidence, NetworkOwner
from funnel.domain.companies.company_databases import CompanyDatabases, DatabaseTrouble
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.errors import StoreBusy
from local.stack.companies import database, sample
from tests.fakes.system import FakeClock

MAXMIND_ASN = database("GeoLite2-ASN", [
    ("192.0.2.0/24", {"autonomous_system_number": 64500, "autonomous_system_organization": "Siemens AG"}),
    ("198.51.100.0/24", {"autonomous_system_number": 64501, "autonomous_system_organization": "Deutsche Telekom AG"}),
    ("2001:db8::/32", {"autonomous_system_number": 64502, "autonomous_system_organization": "Bosch"}),
])  # fmt: skip
MAXMIND_ISP = database("GeoIP2-ISP", [
    ("192.0.2.0/25", {"autonomous_system_number": 64500, "autonomous_system_organization": "Telenor Norge AS",
                      "isp": "Telenor", "organization": "Harbour Cranes AS"}),
    ("192.0.2.128/25", {"autonomous_system_number": 64500, "autonomous_system_organization": "Telenor Norge AS",
                        "isp": "Telenor", "organization": "Telenor"}),
    ("198.51.100.0/24", {"isp": "Blue River", "organization": "Blue River", "mobile_network_code": "01"}),
])  # fmt: skip
MAXMIND_ENTERPRISE = database("GeoIP2-Enterprise", [
    ("192.0.2.0/24", {"city": {"names": {"en": "Bergen", "de": "Bergen"}}, "country": {"names": {"en": "Norway"}},
                      "traits": {"organization": "Blue River", "isp": "Blue River", "user_type": "business",
                                 "domain": "river.example"}}),
    ("198.51.100.0/24", {"traits": {"organization": "Blue River", "isp": "Blue River", "user_type": "residential"}}),
    ("203.0.113.0/24", {"traits": {"isp": "Blue River", "autonomous_system_organization": "Blue River",
                                   "user_type": "hosting"}}),
])  # fmt: skip
MAXMIND_CITY = database("GeoLite2-City", [
    ("192.0.2.0/24", {"city": {"names": {"en": "Bergen"}}, "country": {"iso_code": "NO", "names": {"en": "Norway"}}}),
])  # fmt: skip
IPINFO_ASN = database("ipinfo asn", [
    ("192.0.2.0/24", {"asn": "AS64500", "name": "Blue River", "domain": "river.example", "type": "isp",
                      "route": "192.0.2.0/24", "country": "NO"}),
    ("198.51.100.0/24", {"asn": "AS64501", "as_name": "Hetzner Online GmbH", "as_domain": "hetzner.com",
                         "country": "Germany", "country_code": "DE"}),
])  # fmt: skip
IPINFO_COMPANY = database("ipinfo company", [
    ("192.0.2.0/24", {"name": "Harbour Cranes", "domain": "cranes.example", "type": "business", "asn": "AS64500",
                      "as_name": "Telenor Norge AS", "as_type": "isp", "country": "NO"}),
])  # fmt: skip
IPINFO_CORE = database("ipinfo core", [
    ("192.0.2.0/24", {"geo": {"city": "Bergen", "country": "Norway", "country_code": "NO"},
                      "as": {"asn": "AS64500", "name": "Blue River", "domain": "river.example", "type": "hosting"},
                      "is_hosting": True}),
])  # fmt: skip


class Folder:
    """A bucket in memory."""

    def __init__(self) -> None:
        self.reports: list[CompanyDatabases] = []
        self.clock = FakeClock()

    def looked_up(self, client: Any, folder: Path, room: int = 10_000_000) -> MmdbCompanies:
        files = BucketFiles("databases", folder, room, client)
        return MmdbCompanies(files, self.clock, self.reports.append)


@pytest.fixture(scope="module")
def bucket() -> Iterator[Any]:
    with mock_aws():
        made = boto3.client("s3", region_name="us-east-1")
        made.create_bucket(Bucket="databases")
        yield made


@pytest.fixture
def client(bucket: Any) -> Iterator[Any]:
    """Of an empty bucket."""
    yield bucket
    for one in bucket.list_objects_v2(Bucket="databases").get("Contents", ()):
        bucket.delete_object(Bucket="databases", Key=one["Key"])


def put(client: Any, **files: bytes) -> None:
    for name, body in files.items():
        client.put_object(Bucket="databases", Key=f"{name}.mmdb", Body=body)


@pytest.mark.parametrize(
    ("file", "ip", "owner"),
    [
        (MAXMIND_ASN, "192.0.2.7", NetworkOwner("Siemens AG", NetworkKind.COMPANY, Evidence.NOTHING_ELSE, asn=64500)),
        (MAXMIND_ASN, "::ffff:192.0.2.7", NetworkOwner("Siemens AG", NetworkKind.COMPANY, Evidence.NOTHING_ELSE, asn=64500)),
        (MAXMIND_ASN, "2001:db8::7", NetworkOwner("Bosch", NetworkKind.COMPANY, Evidence.NOTHING_ELSE, asn=64502)),
        (MAXMIND_ASN, "198.51.100.1", NetworkOwner("Deutsche Telekom AG", NetworkKind.PROVIDER, Evidence.NAME, "telekom", 64501)),
        (MAXMIND_ISP, "192.0.2.7", NetworkOwner("Harbour Cranes AS", NetworkKind.COMPANY, Evidence.RANGE, asn=64500)),
        (MAXMIND_ISP, "192.0.2.200", NetworkOwner("Telenor", NetworkKind.PROVIDER, Evidence.NAME, "telenor", 64500)),
        (MAXMIND_ISP, "198.51.100.1", NetworkOwner("Blue River", NetworkKind.MOBILE, Evidence.RANGE, "mobile")),
        (MAXMIND_ENTERPRISE, "192.0.2.7",
         NetworkOwner("Blue River", NetworkKind.COMPANY, Evidence.RANGE, "company", None, "river.example", "Bergen", "Norway")),
        (MAXMIND_ENTERPRISE, "198.51.100.1", NetworkOwner("Blue River", NetworkKind.PROVIDER, Evidence.RANGE, "internet provider")),
        (MAXMIND_ENTERPRISE, "203.0.113.1", NetworkOwner("Blue River", NetworkKind.HOSTING, Evidence.RANGE, "hosting")),
        (IPINFO_ASN, "192.0.2.7",
         NetworkOwner("Blue River", NetworkKind.PROVIDER, Evidence.ASN, "internet provider", 64500, "river.example", "", "NO")),
        (IPINFO_ASN, "198.51.100.1",
         NetworkOwner("Hetzner Online GmbH", NetworkKind.HOSTING, Evidence.NAME, "hetzner", 64501, "", "", "Germany")),
        (IPINFO_COMPANY, "192.0.2.7",
         NetworkOwner("Harbour Cranes", NetworkKind.COMPANY, Evidence.RANGE, "company", 64500, "cranes.example", "", "NO")),
        (IPINFO_CORE, "192.0.2.7",
         NetworkOwner("Blue River", NetworkKind.HOSTING, Evidence.ASN, "hosting", 64500, "river.example", "Bergen", "Norway")),
        (MAXMIND_CITY, "192.0.2.7", None),
        (MAXMIND_ASN, "203.0.113.1", None),
        (MAXMIND_ASN, "not an address", None),
        (MAXMIND_ASN, "", None),
    ],
)  # fmt: skip
def test_records_of_several_makers_are_understood_by_their_fields(
    client: Any, tmp_path: Path, file: bytes, ip: str, owner: NetworkOwner | None
) -> None:
    put(client, a=file)
    assert Folder().looked_up(client, tmp_path).company(ip) == owner


def test_files_add_up_and_one_alone_is_enough(client: Any, tmp_path: Path) -> None:
    put(client, a=MAXMIND_CITY, b=MAXMIND_ASN)
    found = Folder().looked_up(client, tmp_path).company("192.0.2.7")
    assert found
    assert (found.organisation, found.city, found.country) == ("Siemens AG", "Bergen", "Norway")


def test_no_file_is_nobody_and_said_once(
    client: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Folder()
    lookup = folder.looked_up(client, tmp_path)
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            assert lookup.company("192.0.2.7") is None
            folder.clock.advance(4000)
    assert len(caplog.records) == 1
    assert [one.in_use for one in folder.reports] == [False]


def test_a_broken_and_an_empty_file_are_said_once_and_the_others_are_used(
    client: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(
        client,
        a=b"",
        b=b"not a database",
        c=MAXMIND_ASN[:-40],
        d=database("Empty", []),
        e=MAXMIND_ASN,
    )
    client.put_object(Bucket="databases", Key="readme.txt", Body=b"x")
    folder = Folder()
    lookup = folder.looked_up(client, tmp_path)
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            assert lookup.company("192.0.2.7")
            folder.clock.advance(4000)
    assert len(caplog.records) == 1
    (report,) = folder.reports
    assert report.in_use
    assert [(one.name, one.trouble) for one in report.files] == [
        ("a.mmdb", DatabaseTrouble.EMPTY),
        ("b.mmdb", DatabaseTrouble.BROKEN),
        ("c.mmdb", DatabaseTrouble.BROKEN),
        ("d.mmdb", DatabaseTrouble.EMPTY),
        ("e.mmdb", None),
    ]
    assert report.files[4].kind == "GeoLite2-ASN"
    assert report.files[4].built_at


class Damaged:
    """A folder whose one file is another one each time."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "damaged.mmdb"

    def supplied(self) -> list[Supplied]:
        return [Supplied("damaged.mmdb", "1", self.path)]


def test_no_damage_of_a_file_stops_a_hit(tmp_path: Path) -> None:
    """The reader in C ends the process on some of these."""
    files = Damaged(tmp_path)
    for at in range(0, len(MAXMIND_ISP), 5):
        damaged = MAXMIND_ISP[:at] + bytes([MAXMIND_ISP[at] ^ 0xFF]) + MAXMIND_ISP[at + 1 :]
        files.path.write_bytes(damaged)
        lookup = MmdbCompanies(files, FakeClock(), lambda _: None)
        for ip in ("192.0.2.7", "198.51.100.1", "203.0.113.1", "2001:db8::7"):
            lookup.company(ip)


def test_a_new_file_is_used_within_the_hour_and_a_removed_one_no_longer(
    client: Any, tmp_path: Path
) -> None:
    put(client, a=MAXMIND_ASN)
    folder = Folder()
    lookup = folder.looked_up(client, tmp_path)
    found = lookup.company("192.0.2.7")
    assert found
    assert found.organisation == "Siemens AG"
    put(client, a=IPINFO_COMPANY)
    assert lookup.company("192.0.2.7") == found
    folder.clock.advance(timedelta(hours=1).total_seconds())
    found = lookup.company("192.0.2.7")
    assert found
    assert found.organisation == "Harbour Cranes"
    client.delete_object(Bucket="databases", Key="a.mmdb")
    folder.clock.advance(timedelta(hours=1).total_seconds())
    assert lookup.company("192.0.2.7") is None
    assert len(folder.reports) == 3
    assert not list(tmp_path.iterdir())


def test_what_is_too_large_is_left_out(client: Any, tmp_path: Path) -> None:
    put(client, a=MAXMIND_ASN, b=IPINFO_COMPANY)
    folder = Folder()
    lookup = folder.looked_up(client, tmp_path, room=len(MAXMIND_ASN) + 10)
    assert lookup.company("192.0.2.7")
    assert folder.reports[0].files[1].trouble is DatabaseTrouble.TOO_LARGE


def test_a_bucket_that_does_not_answer_is_asked_again_soon_and_stops_nothing(
    client: Any, tmp_path: Path
) -> None:
    put(client, a=MAXMIND_ASN)
    away = [True]

    class Away:
        def __getattr__(self, name: str) -> Any:
            if away[0]:
                raise EndpointConnectionError(endpoint_url="s3")
            return getattr(client, name)

    folder = Folder()
    lookup = folder.looked_up(Away(), tmp_path)
    assert lookup.company("192.0.2.7") is None
    assert folder.reports[0].trouble is DatabaseTrouble.UNREADABLE
    away[0] = False
    assert lookup.company("192.0.2.7") is None
    folder.clock.advance(301)
    assert lookup.company("192.0.2.7")
    away[0] = True
    folder.clock.advance(3601)
    assert lookup.company("192.0.2.7"), "what is open stays in use"


def test_a_store_that_is_busy_is_no_reason_to_look_nothing_up(client: Any, tmp_path: Path) -> None:
    put(client, a=MAXMIND_ASN)

    def report(_: CompanyDatabases) -> None:
        raise StoreBusy("Busy.")

    files = BucketFiles("databases", tmp_path, 10_000_000, client)
    assert MmdbCompanies(files, FakeClock(), report).company("192.0.2.7")


def test_the_sample_of_the_demo_has_companies_providers_and_this_machine(
    client: Any, tmp_path: Path
) -> None:
    put(client, sample=sample())
    lookup = Folder().looked_up(client, tmp_path)
    kinds = {
        ip: (found.kind if (found := lookup.company(ip)) else None)
        for ip in ("192.0.2.3", "192.0.2.100", "198.51.100.3", "203.0.113.3", "127.0.0.1", "203.0.113.200")
    }  # fmt: skip
    assert list(kinds.values()) == [
        NetworkKind.COMPANY, NetworkKind.EDUCATION, NetworkKind.PROVIDER, NetworkKind.HOSTING,
        NetworkKind.COMPANY, None,
    ]  # fmt: skip
