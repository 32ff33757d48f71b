"""Forms that were kept aside, beyond a day's new people: let through or dropped by an admin."""

from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.forms.forms_aside import Decision, decide_aside
from funnel.usecases.tracking.view_sites import SiteView, one_site
from funnel.web.asked import Asked
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class WantedDecision:
    """Whether the forms that are kept aside are taken or dropped."""

    decision: Decision


@room.page("POST", "/app/tracking/<key>/aside")
def on_decision(asked: Asked, key: str) -> Reply:
    """Let them through, or drop them."""
    try:
        decision = Decision(asked.form_value("decision"))
    except ValueError:
        raise InputInvalid("Choose what becomes of them.", field="decision") from None
    decide_aside(asked.app, asked.tenant, SiteKey(key), decision)
    return see_other(f"/app/tracking/{key}?saved=decided")


@room.api(
    "POST",
    "/api/app/sites/<key>/aside",
    "Let the forms through that were kept aside, or drop them; 500 at a time",
    SiteView,
    body=WantedDecision,
)
def decide(asked: Asked, key: str) -> SiteView:
    """The site after it."""
    decide_aside(asked.app, asked.tenant, SiteKey(key), asked.json(WantedDecision).decision)
    return one_site(asked.app, asked.tenant, SiteKey(key), asked.own_address)
