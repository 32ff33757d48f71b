"""Take hits of a browser: check them, count them, and pass them on to be written down."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from funnel.domain.errors import InputInvalid, NotAllowed, NotFound, TooLarge, TooManyTries
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hit_reading import LONGEST_AGENT, MOST_BYTES, clean, host_of, read_hits
from funnel.domain.tracking.hits import BrowserId, Hit, HitBatch, SiteKey
from funnel.domain.tracking.sites import Site, is_of_site, is_site_key
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.app import App
from funnel.usecases.forms.limit_forms import Forms, count_forms

_SENT_AGAIN = timedelta(days=2)
"""A hit is taken for a day."""

_REFUSALS = {
    Forms.REFUSED: ("Very many forms come from your network.", "Try again in ten minutes."),
    Forms.SPENT: (
        "This form takes no more today.",
        "Come back tomorrow, or write to us instead.",
    ),
}
"""What is said to whoever sent one that is not taken, and what helps."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent hits, as the network and the browser say. `origin` is the page's own."""

    ip: str
    user_agent: str
    origin: str = ""


def accept_hits(app: App, key: str, sender: Sender, body: bytes) -> bool:
    """Pass the hits on; False if the day's budget is used up, and they were only counted.

    Forms have a budget of their own, and are passed on where that of the others is used up. Raises
    `TooLarge` over 16 KB, `TooManyTries` where very many forms come from the network or to the site
    (what else came is passed on), `NotFound` for a key that no site in use has, `NotAllowed` for a page of
    another site, and `InputInvalid` naming what is wrong.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge(f"At most {MOST_BYTES // 1024} KB at once.")
    site = open_site(app, key)
    if not is_of_site(host_of(sender.origin), site.domains):
        raise NotAllowed(
            "The page that sent this is on none of the site's domains.",
            mend="Add its domain to the site's settings.",
        )
    now = app.clock.now()
    browser, hits = read_hits(_json(body), now, site.domains)
    views = [hit for hit in hits if hit.kind is not ActivityKind.FORM]
    if views and not app.sites.count_hits(site, now.date(), len(views)):
        hits = tuple(hit for hit in hits if hit.kind is ActivityKind.FORM)
    if not hits:
        return False
    pass_on(app, site, batch_of(site, browser, now, sender, _as_first_sent(app, site, hits)))
    return True


def _as_first_sent(app: App, site: Site, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits, each form at the time it was said to be of first.

    A browser sends a form again that nobody said was taken, and its clock may be read otherwise then.
    """

    def first(hit: Hit) -> Hit:
        if hit.kind is not ActivityKind.FORM:
            return hit
        at = app.sites.first_sent(site.tenant, hit.hit_id, hit.at, hit.at + _SENT_AGAIN)
        return replace(hit, at=at)

    return tuple(map(first, hits))


def open_site(app: App, key: str) -> Site:
    """The site in use that has this key. Raises `NotFound`."""
    site = app.sites.site(SiteKey(key)) if is_site_key(key) else None
    if site is None or not site.active:
        raise NotFound("There is no such site.")
    return site


def batch_of(
    site: Site, browser: BrowserId, now: datetime, sender: Sender, hits: tuple[Hit, ...]
) -> HitBatch:
    """A batch of hits that came now."""
    agent = clean(sender.user_agent, LONGEST_AGENT)
    return HitBatch(site.key, browser, now, sender.ip, agent, hits)


def pass_on(app: App, site: Site, batch: HitBatch) -> None:
    """Pass hits on that were counted, but for the forms among them, which are counted here.

    Raises `TooManyTries` where very many forms come from the network, or the site's budget of them is
    used up for the day: these are left out, and nothing else.
    """
    rest = tuple(hit for hit in batch.hits if hit.kind is not ActivityKind.FORM)
    verdict, forms = Forms.TAKEN, len(batch.hits) - len(rest)
    if forms:
        verdict = count_forms(app, site, batch.ip, batch.browser, forms, batch.received_at)
    if verdict in _REFUSALS:
        batch = replace(batch, hits=rest)
    if batch.hits:
        app.queue.send(RecordHits(site.tenant, batch, crowded=verdict is Forms.CROWDED))
    if verdict in _REFUSALS:
        text, mend = _REFUSALS[verdict]
        raise TooManyTries(text, mend=mend)


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise InputInvalid("The body is not JSON.") from None
