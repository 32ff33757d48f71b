"""Where a visit comes from: a campaign, an email, a search engine, another site, or nowhere."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlsplit

from funnel.domain.tracking.hit_reading import clean, host_of
from funnel.domain.tracking.hits import Hit
from funnel.domain.tracking.sites import is_of_site

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
EMAIL, CAMPAIGN, SEARCH, REFERRAL, DIRECT = "email", "campaign", "search", "referral", "direct"
_LONGEST = 100

_ENGINES: Mapping[str, tuple[str, ...]] = {
    "google": ("q",),
    "bing": ("q",),
    "duckduckgo": ("q",),
    "yahoo": ("p", "q"),
    "ecosia": ("q",),
    "qwant": ("q",),
    "startpage": ("query", "q"),
    "yandex": ("text",),
    "baidu": ("wd", "word"),
    "brave": ("q",),
    "seznam": ("q",),
    "naver": ("query",),
}
"""Search engines by a label of their host, and the parameters a term stands in, where it is given.

Most send only their host since 2011, by their referrer policy.
"""
_NOT_SEARCH = ("mail", "docs", "drive", "accounts", "calendar", "meet", "play", "sites", "groups")


def source_of(hit: Hit, domains: Iterable[str]) -> dict[str, str]:
    """What a hit says of where its visitor came from, by name; empty for one from the site itself.

    `source` is the kind; `referrer` and `referrer_host`, `engine` and `term`, and the UTM parameters
    stand beside it where they are given.
    """
    host = host_of(hit.referrer)
    utm = _utm(hit.url)
    own = is_of_site(host, domains)
    if own and not utm and not hit.token:
        return {}
    found = {} if own or not host else {"referrer": hit.referrer, "referrer_host": host}
    searched = {} if own else _search(host, hit.referrer)
    return {"source": _kind(hit, utm, searched, found), **found, **searched, **utm}


def _kind(
    hit: Hit, utm: Mapping[str, str], searched: Mapping[str, str], found: Mapping[str, str]
) -> str:
    if hit.token or utm.get("utm_medium", "").casefold() in ("email", "e-mail"):
        return EMAIL
    if utm:
        return CAMPAIGN
    if searched:
        return SEARCH
    return REFERRAL if found else DIRECT


def _utm(url: str) -> dict[str, str]:
    given = _parameters(url)
    texts = {name: clean(given.get(name), _LONGEST) for name in UTM}
    return {name: text for name, text in texts.items() if text}


def _search(host: str, referrer: str) -> dict[str, str]:
    labels = host.split(".")
    engine = next((one for one in labels[:-1] if one in _ENGINES), "")
    if not engine or labels[0] in _NOT_SEARCH:
        return {}
    given = _parameters(referrer)
    term = next((given[name] for name in _ENGINES[engine] if given.get(name)), "")
    cut = clean(term, _LONGEST)
    return {"engine": engine, **({"term": cut} if cut else {})}


def _parameters(url: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(urlsplit(url).query, max_num_fields=200))
    except ValueError:
        return {}
