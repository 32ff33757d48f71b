"""Which SOAP endpoint a site serves, and what the server says it is."""

import json
import re
from typing import Any

from funnel.adapters.sugar_http.detect import Answer, Looking
from funnel.adapters.sugar_soap import protocol
from funnel.adapters.sugar_soap.dialects import BEST_FIRST, TRAITS
from funnel.domain.crm import Dialect, Endpoint
from funnel.domain.errors import FunnelError, SugarRefused, Transient

SUITE = "SuiteCRM"
_JSON_FACE = "/service/v4_1/rest.php"
_JSON_QUESTION = b"method=get_server_info&input_type=JSON&response_type=JSON&rest_data=%7B%7D"
_JSON_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}[A-Za-z0-9.-]{0,20}", re.ASCII)
_SUITE_MARKS = (b"suitecrm", b"suitep")
_QUESTION = dict.fromkeys(BEST_FIRST, "get_server_info") | {Dialect.SOAP_5: "get_server_version"}

SOAP_5_CANNOT = (
    "add Leads and Contacts to Target Lists",
    "tell for certain which Leads and Contacts are on a Target List",
    "tell which people's email addresses changed, unless the record itself was changed",
    "tell who opted out of email, or be told who unsubscribed here",
    "tell what our user may write before it is tried",
)
NO_RANGES = "read ranges of a Target List: each is read whole, in one request"


def probe_soap(looking: Looking) -> Endpoint | None:
    """The newest SOAP endpoint; see `Probe`."""
    for dialect in BEST_FIRST:
        told = _told(dialect, _QUESTION[dialect], _ask(looking, dialect, _QUESTION[dialect]))
        if told:
            return _endpoint(looking, dialect, told)
    return None


def _ask(looking: Looking, dialect: Dialect, method: str) -> Answer:
    traits = TRAITS[dialect]
    action = f'"{looking.site.url}{traits.path}/{method}"'
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": action}
    return looking.ask("POST", traits.path, protocol.request(traits.wsdl, method), headers)


def _endpoint(looking: Looking, dialect: Dialect, told: Any) -> Endpoint:
    if dialect is Dialect.SOAP_5:
        version = str(told)
        flavor = _ask(looking, dialect, "get_sugar_flavor")
        edition = str(_told(dialect, "get_sugar_flavor", flavor) or "")
    else:
        version, edition = str(told.version), str(told.flavor or "")
    product = _product(looking)
    return Endpoint(
        url=looking.site.url + TRAITS[dialect].path,
        site_url=looking.site.url,
        dialect=dialect,
        version=version,
        edition=edition,
        product=product,
        warnings=looking.warnings,
        cannot=_cannot(dialect),
        own_version=_own_version(looking) if product == SUITE else "",
    )


def _product(looking: Looking) -> str:
    """By the sign-in page: SuiteCRM's services say they were SugarCRM 6.5."""
    try:
        page = looking.fetch("GET", "/index.php", query="module=Users&action=Login")
    except (Transient, SugarRefused):
        return ""
    if page.status != 200:
        return ""
    shown = page.body.lower()
    return SUITE if any(mark in shown for mark in _SUITE_MARKS) else "SugarCRM"


def _own_version(looking: Looking) -> str:
    """SuiteCRM's own, which of all its services only the JSON face of v4_1 tells (7.14.6, recorded)."""
    try:
        answer = looking.fetch("POST", _JSON_FACE, _JSON_QUESTION, _JSON_HEADERS)
        told = json.loads(answer.body) if answer.status == 200 else None
    except (Transient, SugarRefused, ValueError, RecursionError):
        return ""
    found = told.get("suitecrm_version") if isinstance(told, dict) else None
    return found if isinstance(found, str) and _VERSION.fullmatch(found) else ""


def _cannot(dialect: Dialect) -> tuple[str, ...]:
    ranges = () if TRAITS[dialect].ranges else (NO_RANGES,)
    return (*SOAP_5_CANNOT, *ranges) if dialect is Dialect.SOAP_5 else ranges


def _told(dialect: Dialect, method: str, answer: Answer) -> Any:
    """What a Sugar answers; None for whatever else comes back."""
    if answer.status != 200 or not answer.is_soap:
        return None
    try:
        told = protocol.result(TRAITS[dialect].wsdl, method, 200, [answer.body])
    except FunnelError:
        return None
    if dialect is Dialect.SOAP_5:
        return told if told and told != "-1" else None
    return told if getattr(told, "version", None) else None
