"""Files in one private bucket, under the tenant's name; the bucket itself removes them."""

from typing import Any
from urllib.parse import quote

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

from funnel.adapters.effects import EFFECTS
from funnel.domain.errors import NotFound, StoreBusy
from funnel.domain.ids import TenantId

_MISSING = frozenset({"NoSuchKey", "404"})


class S3Files:
    """`Files` in S3. `client` is for S3; without one it is made when it is first needed."""

    def __init__(self, bucket: str, client: Any = None) -> None:
        self._bucket = bucket
        self._made = client

    def put(self, tenant: TenantId, name: str, data: bytes, content_type: str) -> None:
        """Keep a file in place of the one before."""
        self._call("put_object", tenant, name, Body=data, ContentType=content_type)

    def get(self, tenant: TenantId, name: str) -> bytes:
        """The file. Raises `NotFound` if there is none, or no longer."""
        reply = self._call("get_object", tenant, name)
        try:
            return bytes(reply["Body"].read())
        except BotoCoreError as error:
            raise StoreBusy("The file could not be read to its end.") from error

    def link(self, tenant: TenantId, name: str, title: str, seconds: int) -> str:
        """An address from which whoever has it fetches the file, as `title`, for so long."""
        shown = f"attachment; filename*=UTF-8''{quote(title)}"
        return str(
            self._client.generate_presigned_url(
                "get_object",
                Params={
                    "Bucket": self._bucket,
                    "Key": _key(tenant, name),
                    "ResponseContentDisposition": shown,
                },
                ExpiresIn=seconds,
            )
        )

    def _call(self, method: str, tenant: TenantId, name: str, **more: Any) -> Any:
        try:
            call = getattr(self._client, method)
            return call(Bucket=self._bucket, Key=_key(tenant, name), **more)
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                raise NotFound(
                    "This file is not here any more; files are kept for seven days."
                ) from error
            raise StoreBusy(f"The files do not answer: {error}") from error
        except BotoCoreError as error:
            raise StoreBusy(f"The files do not answer: {error}") from error

    @property
    def _client(self) -> Any:
        if self._made is None:
            config = Config(
                connect_timeout=2,
                read_timeout=20,
                retries={"mode": "standard", "total_max_attempts": 3},
                signature_version="s3v4",
                s3={"addressing_style": "auto"},
            )
            self._made = EFFECTS.watch(get_session().create_client("s3", config=config))
        return self._made


def _key(tenant: TenantId, name: str) -> str:
    return f"{tenant}/{name}"
