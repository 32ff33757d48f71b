"""What a browser says was done on a site: batches of hits, as they come in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from funnel.domain.ids import derived_id
from funnel.domain.tracking.activities import ActivityKind

SiteKey = NewType("SiteKey", str)
"""Names a site to the world; whoever has it can send hits for that site, and nothing else."""

BrowserId = NewType("BrowserId", str)
"""What a browser calls itself on a site; made there at random, so it proves nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was seen, or a form that was sent.

    `hit_id` is made in the browser and the same when the hit comes again. `form` is the name of a
    form, `fields` what was filled in: `email`, `first_name`, `last_name`, and more where it is one that a
    marketer built, whose id is `form_id`. `token` is that of a
    signed link which led to the page. `hosted` is whether the form was one of ours, whose address says
    which browser it was reached from.
    """

    hit_id: str
    kind: ActivityKind
    at: datetime
    url: str
    title: str = ""
    referrer: str = ""
    form: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    hosted: bool = False
    form_id: str = ""


@dataclass(frozen=True, slots=True)
class HitBatch:
    """Hits of one browser on one site; of no other where it cannot be told which it is."""

    site: SiteKey
    browser: BrowserId
    received_at: datetime
    ip: str
    user_agent: str
    hits: tuple[Hit, ...]


def browser_for_once(hit_id: str) -> BrowserId:
    """Stands for a browser that does not say who it is: for one hit, and the same when it comes again."""
    return BrowserId("once" + derived_id("browser", hit_id).replace("-", ""))
