"""Sites of a customer, whose visitors are followed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import SiteKey

MOST_SITES = 50
MOST_DOMAINS = 20
LONGEST_NAME = 100
DEFAULT_BUDGET, LARGEST_BUDGET = 50_000, 10_000_000

MOST_NEW_PEOPLE = 500
"""People whom forms of one site make in a day; what comes beyond is kept aside."""

ASIDE_KEPT = timedelta(days=30)

_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_LONGEST_DOMAIN = 253


class ConsentMode(StrEnum):
    """When a visitor is followed."""

    ASK = "ask"
    """Not before the site says that the visitor agrees."""
    AT_ONCE = "at once"
    """Until the site says that the visitor does not."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site. Its key is public: it stands in every page.

    `domains` are hosts whose pages may send hits, each with its subdomains. `daily_budget` is how
    many hits of a day (UTC) are written down, and how many forms beside them. A site that is not
    `active` takes none.
    """

    tenant: TenantId
    key: SiteKey
    name: str
    domains: tuple[str, ...]
    created_at: datetime
    created_by: str = ""
    daily_budget: int = DEFAULT_BUDGET
    consent: ConsentMode = ConsentMode.ASK
    honour_do_not_track: bool = True
    active: bool = True
    version: int = 0


def for_forms(site: Site) -> Site:
    """By which the forms of a site are counted, as many a day as its other hits, and apart from these.

    A busy day, or whoever sends hits without end, takes nothing from them.
    """
    return replace(site, key=SiteKey(f"{site.key}#forms"))


@dataclass(frozen=True, slots=True)
class HitCounts:
    """Hits of a day: written down, and refused because the day's budget was used up."""

    accepted: int = 0
    refused: int = 0


def is_site_key(text: str) -> bool:
    """Whether a site could have this key."""
    return _KEY.fullmatch(text) is not None


def own_site(found: Site | None, tenant: TenantId) -> Site:
    """What was found under a key. Raises `NotFound`, also where it is another tenant's."""
    if found is None or found.tenant != tenant:
        raise NotFound("There is no such site.")
    return found


def is_of_site(host: str, domains: Iterable[str]) -> bool:
    """Whether a host is one of these domains, or a subdomain of one."""
    folded = host.casefold().rstrip(".")
    return any(folded == domain or folded.endswith(f".{domain}") for domain in domains)


def checked_name(name: str) -> str:
    """A site's name. Raises `InputInvalid`."""
    found = " ".join(name.split())
    if not found:
        raise InputInvalid("Give the site a name.", field="name")
    if len(found) > LONGEST_NAME:
        raise InputInvalid(f"At most {LONGEST_NAME} characters.", field="name")
    return found


def checked_domains(domains: Iterable[str]) -> tuple[str, ...]:
    """The domains, each once, without what people paste along. Raises `InputInvalid`."""
    found = tuple(dict.fromkeys(_domain(one) for one in domains if one.strip()))
    if not found:
        raise InputInvalid(
            "Name at least one domain.", mend="Such as example.com.", field="domains"
        )
    if len(found) > MOST_DOMAINS:
        raise InputInvalid(f"At most {MOST_DOMAINS} domains.", field="domains")
    return found


def checked_budget(hits: int) -> int:
    """Hits a day. Raises `InputInvalid`."""
    if not 1 <= hits <= LARGEST_BUDGET:
        raise InputInvalid(
            f"Choose between 1 and {LARGEST_BUDGET} hits a day.", field="daily_budget"
        )
    return hits


def _domain(text: str) -> str:
    host = text.strip().casefold()
    host = host.partition("://")[2] if "://" in host else host
    host = host.partition("/")[0].removeprefix("*.").rstrip(".")
    host = host if host.startswith("[") else host.partition(":")[0]
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        raise _no_domain(text) from None
    if len(host) > _LONGEST_DOMAIN or not all(_LABEL.fullmatch(one) for one in host.split(".")):
        raise _no_domain(text)
    return host


def _no_domain(text: str) -> InputInvalid:
    return InputInvalid(
        f"“{text.strip()[:80]}” is not a domain.", mend="Such as example.com.", field="domains"
    )
