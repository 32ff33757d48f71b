"""Hits out of what a browser sent: nothing in it is believed, and no more than is needed is kept."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from funnel.domain.errors import InputInvalid, TooLarge
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import BrowserId, Hit
from funnel.domain.tracking.sites import is_of_site

MOST_BYTES = 16 * 1024
MOST_HITS = 50
LONGEST_URL, LONGEST_TITLE, LONGEST_FIELD, LONGEST_AGENT = 1000, 200, 200, 300
LINK_TOKEN = "fnl"  # noqa: S105 - a parameter's name
FORM_FIELDS = ("email", "first_name", "last_name")

_KINDS = {kind.value: kind for kind in (ActivityKind.PAGE_VIEW, ActivityKind.FORM)}
_BROWSER = re.compile(r"[0-9a-z]{16,40}", re.ASCII)
_HIT = re.compile(r"[0-9A-Za-z_-]{8,64}", re.ASCII)
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STEP = timedelta(minutes=1)
_OLDEST = timedelta(days=1)


def read_hits(
    body: object, received_at: datetime, domains: Iterable[str]
) -> tuple[BrowserId, tuple[Hit, ...]]:
    """The browser, and its hits.

    The body is `{"browser", "sent", "hits": [{"id", "kind", "at", "url", "title", "referrer",
    "form", "fields"}, ...]}`, with times in milliseconds since 1970 by the browser's own clock.
    Raises `InputInvalid` naming what is wrong, `TooLarge` for more than 50 hits.
    """
    whole = _object(body, "")
    browser = whole.get("browser")
    if not isinstance(browser, str) or not _BROWSER.fullmatch(browser):
        raise InputInvalid("This is no name of a browser.", field="browser")
    ahead = _ahead(_moment(whole.get("sent"), "sent"), received_at)
    hits = whole.get("hits")
    if not isinstance(hits, list) or not hits:
        raise InputInvalid("“hits” has to be a list with something in it.", field="hits")
    if len(hits) > MOST_HITS:
        raise TooLarge(f"At most {MOST_HITS} hits at once.", field="hits")
    known = tuple(domains)
    found = [_hit(one, f"hits.{at}", ahead, received_at, known) for at, one in enumerate(hits)]
    return BrowserId(browser), tuple(found)


def browser_of(text: str) -> BrowserId:
    """The browser that calls itself so; "" for what is no such name."""
    return BrowserId(text if _BROWSER.fullmatch(text) else "")


def form_fields(sent: Mapping[str, object]) -> dict[str, str]:
    """What is kept of a form: the fields we know, as clean text."""
    texts = {name: clean(sent.get(name), LONGEST_FIELD) for name in FORM_FIELDS}
    return {name: text for name, text in texts.items() if text}


def clean(value: object, longest: int) -> str:
    """Text without control characters and space around it, cut; "" for what is no text."""
    return _UNFIT.sub("", value).strip()[:longest].rstrip() if isinstance(value, str) else ""


def without_token(url: str) -> tuple[str, str]:
    """An address without the token of a signed link, and that token, "" for none."""
    if LINK_TOKEN not in url:
        return url, ""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    token = next((value for name, value in pairs if name == LINK_TOKEN), "")
    kept = urlencode([pair for pair in pairs if pair[0] != LINK_TOKEN])
    return urlunsplit(parts._replace(query=kept)) if token else url, token


def host_of(url: str) -> str:
    """The host of a web address; "" for what is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").rstrip(".") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _hit(
    value: object, at: str, ahead: timedelta, received_at: datetime, domains: Sequence[str]
) -> Hit:
    one = _object(value, at)
    hit_id, kind = one.get("id"), one.get("kind")
    if not isinstance(hit_id, str) or not _HIT.fullmatch(hit_id):
        raise InputInvalid("This is no id of a hit.", field=f"{at}.id")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise InputInvalid(f"The kind is one of {', '.join(_KINDS)}.", field=f"{at}.kind")
    moment = _moment(one.get("at"), f"{at}.at") - ahead
    if not received_at - _OLDEST <= moment <= received_at + _STEP:
        raise InputInvalid("This was not done in the last 24 hours.", field=f"{at}.at")
    url, token = _url(one.get("url"), f"{at}.url", domains)
    fields = one.get("fields", {})
    return Hit(
        hit_id,
        _KINDS[kind],
        moment,
        url[:LONGEST_URL],
        clean(one.get("title"), LONGEST_TITLE),
        _referrer(one.get("referrer")),
        clean(one.get("form"), LONGEST_FIELD),
        form_fields(_object(fields, f"{at}.fields")),
        token[:LONGEST_URL],
    )


def _url(value: object, at: str, domains: Sequence[str]) -> tuple[str, str]:
    text = clean(value, MOST_BYTES)
    host = host_of(text)
    if not host:
        raise InputInvalid("This is no address of a page.", field=at)
    if not is_of_site(host, domains):
        raise InputInvalid(f"{host} is none of this site's domains.", field=at)
    try:
        return without_token(text)
    except ValueError:
        raise InputInvalid("This is no address of a page.", field=at) from None


def _referrer(value: object) -> str:
    text = clean(value, LONGEST_URL)
    try:
        return without_token(text)[0] if host_of(text) else ""
    except ValueError:
        return ""


def _ahead(sent: datetime, received_at: datetime) -> timedelta:
    """By how much the browser's clock is ahead, in whole minutes.

    Most are right to the second, so that this is nothing, and a hit that comes twice has one time.
    One that is sent anew, half a minute off, may be rounded the other way: then it has two.
    """
    return _STEP * round((sent - received_at) / _STEP)


def _moment(value: object, at: str) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**14:
        raise InputInvalid("Milliseconds since 1970 are wanted here.", field=at)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)


def _object(value: object, at: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise InputInvalid("An object is wanted here.", field=at)
    return value
