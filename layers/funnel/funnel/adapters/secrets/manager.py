"""Credentials in Secrets Manager, one secret each, named `<prefix>/<tenant>/<name>`.

The token got with credentials is a secret of its own, `<prefix>/<tenant>/token-<name>`, so that
whoever renews tokens can be kept from writing credentials.
"""

import json
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

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

    def ref(self, tenant: TenantId, name: str) -> str:
        """The reference that credentials put under this name have; it may be stored anywhere."""
        return f"{self._start(tenant)}{name}"

    def put(self, tenant: TenantId, name: str, credentials: Credentials) -> str:
        """Keep the credentials; their reference. Raises `StoreBusy`."""
        ref = self.ref(tenant, name)
        text = json.dumps(
            {
                "user_name": credentials.user_name,
                "password": credentials.password,
                "origin": credentials.origin,
            }
        )
        self._put(ref, text)
        return ref

    def get(self, tenant: TenantId, ref: str) -> Credentials:
        """The credentials. Raises `NotFound` if there are none, or the tenant is another."""
        kept = self._kept(ref) if self._owns(tenant, ref) else None
        if kept is None:
            raise NotFound("There are no credentials.")
        return Credentials(kept["user_name"], kept["password"], kept["origin"])

    def delete(self, tenant: TenantId, ref: str) -> None:
        """Forget them at once, and their token; nothing of another tenant's."""
        if not self._owns(tenant, ref):
            return
        for one in (self._token_ref(tenant, ref), ref):
            try:
                self._call("delete_secret", SecretId=one, ForceDeleteWithoutRecovery=True)
            except ClientError as error:
                if _code(error) not in _GONE:
                    raise

    def put_token(self, tenant: TenantId, ref: str, token: Token) -> None:
        """Keep the token got with these credentials. Raises `StoreBusy`, `NotFound`."""
        if not self._owns(tenant, ref):
            raise NotFound("There are no credentials.")
        text = json.dumps({"access": token.access, "refresh": token.refresh})
        self._put(self._token_ref(tenant, ref), text)

    def token(self, tenant: TenantId, ref: str) -> Token | None:
        """The token got with these credentials. Raises `StoreBusy`."""
        kept = self._kept(self._token_ref(tenant, ref)) if self._owns(tenant, ref) else None
        return Token(kept["access"], kept["refresh"]) if kept else None

    def _put(self, ref: str, text: str) -> None:
        try:
            self._call("create_secret", Name=ref, SecretString=text)
        except ClientError as error:
            if _code(error) != "ResourceExistsException":
                raise
            self._call("put_secret_value", SecretId=ref, SecretString=text)

    def _kept(self, ref: str) -> dict[str, str] | None:
        try:
            kept: dict[str, str] = json.loads(
                self._call("get_secret_value", SecretId=ref)["SecretString"]
            )
        except ClientError as error:
            if _code(error) not in _GONE:
                raise
            return None
        return kept

    def _token_ref(self, tenant: TenantId, ref: str) -> str:
        return f"{self._start(tenant)}token-{ref.removeprefix(self._start(tenant))}"

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
            config = Config(
                connect_timeout=2,
                read_timeout=8,
                retries={"mode": "standard", "total_max_attempts": 4},
            )
            self._made = get_session().create_client("secretsmanager", config=config)
        return self._made


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])
