"""Credentials are kept apart, by tenant, and nowhere else."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from funnel.adapters.secrets import SecretsManager
from funnel.domain.crm import Credentials, Token
from funnel.domain.errors import NotFound, StoreBusy
from funnel.domain.ids import TenantId

ACME, OTHER = TenantId("acme"), TenantId("acme2")
CREDENTIALS = Credentials("api", "s3cret ü 🦊 \"'", "https://crm.example.test")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        yield boto3.client("secretsmanager", region_name="eu-central-1")


@pytest.fixture
def secrets(client: Any) -> SecretsManager:
    return SecretsManager("funnel/test", client)


def test_credentials_come_back_whole(secrets: SecretsManager) -> None:
    assert secrets.get(ACME, secrets.put(ACME, "sugar", CREDENTIALS)) == CREDENTIALS


def test_a_secret_is_named_by_stage_tenant_and_use(secrets: SecretsManager, client: Any) -> None:
    assert secrets.put(ACME, "sugar", CREDENTIALS) == "funnel/test/acme/sugar"
    assert [s["Name"] for s in client.list_secrets()["SecretList"]] == ["funnel/test/acme/sugar"]


def test_credentials_put_again_replace_the_first(secrets: SecretsManager) -> None:
    first = secrets.put(ACME, "sugar", CREDENTIALS)
    second = secrets.put(ACME, "sugar", Credentials("api", "new"))
    assert first == second
    assert secrets.get(ACME, second) == Credentials("api", "new")


def test_another_tenant_neither_reads_nor_deletes_them(secrets: SecretsManager) -> None:
    ref = secrets.put(OTHER, "sugar", CREDENTIALS)
    with pytest.raises(NotFound):
        secrets.get(ACME, ref)
    secrets.delete(ACME, ref)
    assert secrets.get(OTHER, ref) == CREDENTIALS


def test_a_token_is_kept_beside_its_credentials_replaced_and_forgotten_with_them(
    secrets: SecretsManager, client: Any
) -> None:
    ref = secrets.put(ACME, "sugar", CREDENTIALS)
    assert secrets.token(ACME, ref) is None
    secrets.put_token(ACME, ref, Token("first", "renews first"))
    secrets.put_token(ACME, ref, Token("second", "renews second"))
    assert secrets.token(ACME, ref) == Token("second", "renews second")
    assert secrets.get(ACME, ref) == CREDENTIALS
    names = {one["Name"] for one in client.list_secrets()["SecretList"]}
    assert names == {"funnel/test/acme/sugar", "funnel/test/acme/token-sugar"}
    secrets.delete(ACME, ref)
    assert secrets.token(ACME, ref) is None
    assert client.list_secrets()["SecretList"] == []


def test_another_tenants_token_is_neither_read_nor_written(secrets: SecretsManager) -> None:
    ref = secrets.put(OTHER, "sugar", CREDENTIALS)
    secrets.put_token(OTHER, ref, Token("access", "refresh"))
    assert secrets.token(ACME, ref) is None
    with pytest.raises(NotFound):
        secrets.put_token(ACME, ref, Token("stolen", ""))
    assert secrets.token(OTHER, ref) == Token("access", "refresh")


def test_a_token_shows_nothing_of_itself() -> None:
    assert "s3cret" not in repr(Token("s3cret", "s3cret"))


def test_an_empty_tenant_reads_nothing(secrets: SecretsManager) -> None:
    with pytest.raises(NotFound):
        secrets.get(TenantId(""), secrets.put(ACME, "sugar", CREDENTIALS))


def test_deleted_credentials_are_gone_and_can_be_put_again(secrets: SecretsManager) -> None:
    ref = secrets.put(ACME, "sugar", CREDENTIALS)
    secrets.delete(ACME, ref)
    secrets.delete(ACME, ref)
    with pytest.raises(NotFound):
        secrets.get(ACME, ref)
    assert secrets.get(ACME, secrets.put(ACME, "sugar", CREDENTIALS)) == CREDENTIALS


@pytest.mark.parametrize(
    "failure",
    [
        EndpointConnectionError(endpoint_url="https://secretsmanager.example.test"),
        ClientError({"Error": {"Code": "ThrottlingException", "Message": "slow"}}, "Get"),
    ],
)
def test_trouble_that_can_pass_is_said_so_and_says_no_secret(failure: Exception) -> None:
    class Client:
        def create_secret(self, **_: Any) -> None:
            raise failure

    with pytest.raises(StoreBusy) as caught:
        SecretsManager("funnel/test", Client()).put(ACME, "sugar", CREDENTIALS)
    assert CREDENTIALS.password not in str(caught.value)
