"""The web address of a record in Sugar, by what the server is.

Up to Sugar 6, and in SuiteCRM 7, a record is a page of `index.php`. From Sugar 7 on the pages are
Sidecar's, addressed behind `#`; Users are still the old pages in its frame (`#bwc`).
"""

from urllib.parse import quote

from funnel.domain.crm import Endpoint
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule

SIDECAR_SINCE = 7


def record_url(endpoint: Endpoint, key: RecordKey) -> str:
    """Where a person opens the record in Sugar."""
    return _url(endpoint, key.module, key.sugar_id)


def written_url(endpoint: Endpoint, module: WrittenModule, sugar_id: SugarId) -> str:
    """Where a person opens a record that we create, such as a Task."""
    return _url(endpoint, module, sugar_id)


def list_url(endpoint: Endpoint, sugar_id: SugarId) -> str:
    """Where a person opens the Target List in Sugar."""
    return _url(endpoint, "ProspectLists", sugar_id)


def _url(endpoint: Endpoint, module: str, sugar_id: str) -> str:
    record = quote(sugar_id, safe="")
    page = f"index.php?module={module}&action=DetailView&record={record}"
    if not _is_sidecar(endpoint):
        return f"{endpoint.site_url}/{page}"
    if module == Module.USERS:
        return f"{endpoint.site_url}/#bwc/{page}"
    return f"{endpoint.site_url}/#{module}/{record}"


def _is_sidecar(endpoint: Endpoint) -> bool:
    """Whether the server is Sugar 7 or later; SuiteCRM 7 is not, though its name says 7."""
    major = endpoint.version.partition(".")[0]
    return endpoint.product != "SuiteCRM" and major.isdigit() and int(major) >= SIDECAR_SINCE
