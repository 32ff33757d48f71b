"""Files in S3: each tenant's apart, and fetched by an address that ends."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws

from funnel.adapters.s3 import S3Files
from funnel.domain.errors import NotFound, StoreBusy
from funnel.domain.ids import TenantId
from funnel.ports.files import Files
from tests.fakes.files import MemoryFiles

ACME, OTHER = TenantId("acme"), TenantId("acme2")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        made = boto3.client("s3", region_name="us-east-1")
        made.create_bucket(Bucket="files")
        yield made


@pytest.fixture(params=["memory", "s3"])
def files(request: pytest.FixtureRequest, client: Any) -> Files:
    return MemoryFiles() if request.param == "memory" else S3Files("files", client)


def test_a_file_comes_back_whole_until_it_is_put_anew(files: Files) -> None:
    files.put(ACME, "imports/1.csv", b"a\0\xff", "text/csv")
    assert files.get(ACME, "imports/1.csv") == b"a\0\xff"
    files.put(ACME, "imports/1.csv", b"", "text/csv")
    assert files.get(ACME, "imports/1.csv") == b""
    with pytest.raises(NotFound, match="seven days"):
        files.get(ACME, "imports/2.csv")


def test_no_tenant_reaches_anothers_files(files: Files) -> None:
    files.put(ACME, "1.csv", b"secret", "text/csv")
    with pytest.raises(NotFound):
        files.get(OTHER, "1.csv")


def test_a_link_is_for_one_file_a_title_and_a_while(client: Any) -> None:
    link = urlsplit(S3Files("files", client).link(ACME, "exports/1.csv", "Müller.csv", 600))
    assert link.path.endswith("/acme/exports/1.csv")
    query = parse_qs(link.query)
    assert query["response-content-disposition"] == ["attachment; filename*=UTF-8''M%C3%BCller.csv"]
    assert "Expires" in link.query


def test_files_that_do_not_answer_are_something_that_can_pass() -> None:
    class Client:
        def get_object(self, **asked: Any) -> None:
            raise EndpointConnectionError(endpoint_url="https://s3.example.test")

    with pytest.raises(StoreBusy):
        S3Files("files", Client()).get(ACME, "1.csv")
