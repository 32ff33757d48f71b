"""Credentials and keys in Secrets Manager, one secret each, named `<prefix>/<tenant>/<name>`.

The token got with credentials is a secret of its own, `<prefix>/<tenant>/token-<name>`, so that
whoever renews tokens can be kept from writing credentials.
"""

import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from funnel.adapters.clients import patient_client
from funnel.domain.crm import Credentials, Token
from funnel.domain.errors import NotFound, StoreBusy
from funnel.domain.ids import TenantId

_GONE = frozenset({"ResourceNotFoundException", "InvalidRequestException"})
"""There is none, or it is being deleted."""
_PASSING = frozenset({"ThrottlingException", "InternalServiceError", "LimitExceededException"})


class SecretsManager:
    """`Secrets` in Secrets Manager. `prefix` is `funnel/<stage>`; `client` is a boto client.

    The reference of a secret is its name. Nothing of a secret reaches an error's text.
    """

    def __init__(self, prefix: str, client: Any = None) -> None:
        self._prefix = prefix
        self._made = client
        self._keys: dict[tuple[TenantId, str], str] = {}

    def ref(self, tenant: TenantId, name: str) -> str:
        """The reference that credentials put under this name have; it may be stored anywhere."""
        return f"{self._start(tenant)}{name}"

    def put(self, tenant: TenantId, name: str, credentials: Credentials) -> str:
        """Keep the credentials; their reference. Raises `StoreBusy`."""
        return self._keep(
            tenant,
            name,
            {
                "user_name": credentials.user_name,
                "password": credentials.password,
                "origin": credentials.origin,
            },
        )

    def get(self, tenant: TenantId, ref: str) -> Credentials:
        """The credentials. Raises `NotFound` if there are none, or the tenant is another."""
        kept = self._kept(tenant, ref)
        return Credentials(kept["user_name"], kept["password"], kept["origin"])

    def put_key(self, tenant: TenantId, name: str, key: str) -> str:
        """Keep a key, which never changes; a reference that may be stored anywhere."""
        return self._keep(tenant, name, {"key": key})

    def get_key(self, tenant: TenantId, ref: str) -> str:
        """The key; asked for once, since it never changes. Raises `NotFound` for none."""
        if (tenant, ref) not in self._keys:
            self._keys[tenant, ref] = self._kept(tenant, ref)["key"]
        return self._keys[tenant, ref]

    def delete(self, tenant: TenantId, ref: str) -> None:
        """Forget them at once, and their token; nothing of another tenant's."""
        if not self._owns(tenant, ref):
            return
        for one in (f"{self._start(tenant)}{self._token_name(tenant, ref)}", ref):
            try:
                self._call("delete_secret", SecretId=one, ForceDeleteWithoutRecovery=True)
            except ClientError as error:
                if _code(error) not in _GONE:
                    raise

    def put_token(self, tenant: TenantId, ref: str, token: Token) -> None:
        """Keep the token got with these credentials. Raises `StoreBusy`, `NotFound`."""
        if not self._owns(tenant, ref):
            raise NotFound("There are no credentials.")
        values = {"access": token.access, "refresh": token.refresh}
        self._keep(tenant, self._token_name(tenant, ref), values)

    def token(self, tenant: TenantId, ref: str) -> Token | None:
        """The token got with these credentials. Raises `StoreBusy`."""
        if not self._owns(tenant, ref):
            return None
        try:
            kept = self._kept(tenant, f"{self._start(tenant)}{self._token_name(tenant, ref)}")
        except NotFound:
            return None
        return Token(kept["access"], kept["refresh"])

    def _token_name(self, tenant: TenantId, ref: str) -> str:
        return f"token-{ref.removeprefix(self._start(tenant))}"

    def _keep(self, tenant: TenantId, name: str, values: dict[str, str]) -> str:
        ref, text = f"{self._start(tenant)}{name}", json.dumps(values)
        try:
            self._call("create_secret", Name=ref, SecretString=text)
        except ClientError as error:
            if _code(error) != "ResourceExistsException":
                raise
            self._call("put_secret_value", SecretId=ref, SecretString=text)
        return ref

    def _kept(self, tenant: TenantId, ref: str) -> dict[str, str]:
        """What a secret holds. Raises `NotFound`."""
        if not self._owns(tenant, ref):
            raise NotFound("There are no credentials.")
        try:
            found = self._call("get_secret_value", SecretId=ref)["SecretString"]
        except ClientError as error:
            if _code(error) not in _GONE:
                raise
            raise NotFound("There are no credentials.") from None
        values: dict[str, str] = json.loads(found)
        return values

    def _start(self, tenant: TenantId) -> str:
        return f"{self._prefix}/{tenant}/"

    def _owns(self, tenant: TenantId, ref: str) -> bool:
        return bool(tenant) and ref.startswith(self._start(tenant))

    def _call(self, operation: str, **arguments: Any) -> dict[str, Any]:
        try:
            reply: dict[str, Any] = getattr(self._client, operation)(**arguments)
        except BotoCoreError as error:
            raise StoreBusy(f"Secrets Manager did not answer: {type(error).__name__}.") from error
        except ClientError as error:
            if _code(error) not in _PASSING:
                raise
            raise StoreBusy(f"Secrets Manager is busy: {_code(error)}.") from error
        return reply

    @property
    def _client(self) -> Any:
        if self._made is None:
            self._made = patient_client("secretsmanager")
        return self._made


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])
