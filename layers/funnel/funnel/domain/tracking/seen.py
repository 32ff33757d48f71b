"""A hit as the activity that is kept of it."""

from urllib.parse import urlsplit

from funnel.domain.tracking.activities import Activity, Signal, SubjectId
from funnel.domain.tracking.hits import Hit, HitBatch
from funnel.domain.tracking.signals import Seen, classify, network_of
from funnel.domain.tracking.sites import Site
from funnel.domain.tracking.sources import source_of


def seen_activity(
    site: Site, batch: HitBatch, hit: Hit, subject: SubjectId, visit_id: str = "", company: str = ""
) -> Activity:
    """What was done, and by whom as far as it tells by itself: a person or a machine.

    Neither the IP address is in it nor what was typed into a form; `company` is whose network it
    came from, for a visitor whom nobody knows. A hit that comes again gives the same id, moment and
    subject.
    """
    about = {
        "site": site.key,
        "url": hit.url,
        "path": urlsplit(hit.url).path or "/",
        "title": hit.title,
        "visit": visit_id,
        "form": hit.form,
        "user_agent": batch.user_agent,
        "network": network_of(batch.ip),
        "company": company,
        **source_of(hit, site.domains),
    }
    signal, why = label_of(batch, hit)
    kept = {name: text for name, text in about.items() if text}
    return Activity(site.tenant, subject, hit.hit_id, hit.kind, hit.at, kept, signal, why)


def label_of(batch: HitBatch, hit: Hit) -> tuple[Signal, str]:
    """Who it was, as far as a hit tells by itself, and why."""
    return classify(Seen(hit.kind, batch.user_agent, batch.ip))
