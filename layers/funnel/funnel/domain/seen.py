"""A hit as the activity that is kept of it."""

from urllib.parse import urlsplit

from funnel.domain.activities import Activity, Signal, SubjectId
from funnel.domain.hits import Hit, HitBatch
from funnel.domain.sites import Site
from funnel.domain.sources import source_of


def seen_activity(
    site: Site,
    batch: HitBatch,
    hit: Hit,
    subject: SubjectId,
    visit_id: str,
    label: tuple[Signal, str],
) -> Activity:
    """What was done; with neither the IP address nor what was typed into a form.

    A hit that comes again gives the same id, moment and subject.
    """
    about = {
        "site": site.key,
        "url": hit.url,
        "path": urlsplit(hit.url).path or "/",
        "title": hit.title,
        "visit": visit_id,
        "form": hit.form,
        "user_agent": batch.user_agent,
        **source_of(hit, site.domains),
    }
    signal, why = label
    kept = {name: text for name, text in about.items() if text}
    return Activity(site.tenant, subject, hit.hit_id, hit.kind, hit.at, kept, signal, why)
