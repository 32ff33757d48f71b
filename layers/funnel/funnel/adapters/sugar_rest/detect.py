"""Which version of REST a site serves, and what the server says it is.

Sources: Sugar Developer Guide 13.0, `/ping GET`, which wants a token, `/metadata/public GET`, which
wants none, and API Exceptions (`incorrect_version` for a version the server does not know). A
server takes every version up to
its own, so v11 stands for all of v11_1, v11_24 and so on: what it answers stays the same when the
server is upgraded.
"""

import json
from typing import Any

from funnel.adapters.sugar_http.detect import Answer, Looking
from funnel.domain.crm import Dialect, Endpoint

PATHS = {Dialect.REST_11: "/rest/v11", Dialect.REST_10: "/rest/v10"}
_NOT_HERE = frozenset((None, "incorrect_version", "no_method", "not_found"))
UNPROVEN = (
    "Funnel speaks this Sugar's REST by Sugar's documentation; it is unproven on a live Sugar."
    " Compare the numbers of records after the first sync."
)
REST_CANNOT = ("tell which people's email addresses changed, unless the record itself was changed",)


def probe_rest(looking: Looking) -> Endpoint | None:
    """The endpoint of the newest version we know; see `Probe`."""
    for dialect, path in PATHS.items():
        if _speaks(looking.ask("GET", f"{path}/ping")):
            public = looking.ask("GET", f"{path}/metadata/public", query="type_filter=server_info")
            return _endpoint(looking, dialect, _info(public))
    return None


def _endpoint(looking: Looking, dialect: Dialect, info: dict[str, Any]) -> Endpoint:
    return Endpoint(
        url=looking.site.url + PATHS[dialect],
        site_url=looking.site.url,
        dialect=dialect,
        version=str(info.get("version") or ""),
        edition=str(info.get("flavor") or ""),
        product="SugarCRM",
        warnings=(*looking.warnings, UNPROVEN),
        cannot=REST_CANNOT,
    )


def _said(answer: Answer) -> Any:
    """What JSON holds; None for whatever else comes back."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _info(answer: Answer) -> dict[str, Any]:
    """Version and edition; empty where the server keeps them to itself."""
    told = _said(answer)
    info = told.get("server_info") if isinstance(told, dict) else None
    return info if isinstance(info, dict) else {}


def _speaks(answer: Answer) -> bool:
    """Whether `/ping` was answered by a Sugar: "pong", or that one has to sign in first."""
    told = _said(answer)
    if not isinstance(told, dict):
        return bool(told == "pong")
    return "error_message" in told and told.get("error") not in _NOT_HERE
