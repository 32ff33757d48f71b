"""The latest preview of a full sync of each tenant, as a row."""

import zlib
from base64 import b64decode, b64encode
from dataclasses import replace

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.latest_rows import WEEK, latest, save_latest
from funnel.adapters.dynamodb.models import ChangeRow, bound
from funnel.adapters.dynamodb.requests import Dynamo
from funnel.adapters.dynamodb.tables import Tables
from funnel.domain.ids import TenantId
from funnel.domain.sync.sync_previews import SyncPreview

PREVIEW = "preview"


class DynamoPreviews(Access):
    """`PreviewStore` in DynamoDB. Bodies are packed: windows are many, and much alike."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._previews: type[ChangeRow] = bound(ChangeRow, tables.changes, dynamo.client)

    def sync_preview(self, tenant: TenantId) -> SyncPreview | None:
        """The latest one."""
        found = latest(self._dynamo, self._previews, tenant, PREVIEW)
        if found is None:
            return None
        text = zlib.decompress(b64decode(found[0])).decode()
        return replace(from_text(SyncPreview, text), version=found[1])

    def save_sync_preview(self, preview: SyncPreview) -> SyncPreview:
        """Write it if the version of the latest still stands. Raises `Conflict`."""
        body = b64encode(zlib.compress(to_text(preview).encode())).decode()
        rows, tenant = self._previews, preview.tenant
        version = save_latest(self._dynamo, rows, tenant, PREVIEW, body, preview.version, WEEK)
        return replace(preview, version=version)
