"""Sites by JSON: what the pages of tracking show and do."""

from dataclasses import dataclass

from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.tracking import view_sites
from funnel.usecases.tracking.keep_sites import SiteChanges, add_site, change_site
from funnel.usecases.tracking.sign_links import sign_link
from funnel.usecases.tracking.view_sites import SitesView, SiteView
from funnel.web.asked import Asked
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site by name, with the domains its pages are on."""

    name: str
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedLink:
    """A page of one of the sites, and for how many days the link to it says who opens it."""

    url: str
    days: int = 90


@dataclass(frozen=True, slots=True)
class SignedLink:
    """An address to send to one person, and to nobody else."""

    url: str


@room.api("GET", "/api/app/sites", "The sites whose visitors are followed", SitesView)
def sites(asked: Asked) -> SitesView:
    """All sites."""
    return view_sites.list_sites(asked.app, asked.tenant, asked.own_address)


@room.api("POST", "/api/app/sites", "Add a site", SiteView, body=NewSite, status=201)
def add(asked: Asked) -> SiteView:
    """A new site."""
    new = asked.json(NewSite)
    site = add_site(asked.app, asked.tenant, new.name, new.domains, asked.who.user_name)
    return view_sites.view_of(asked.app, site, asked.own_address)


@room.api("GET", "/api/app/sites/<key>", "One site, with the hits of seven days", SiteView)
def one(asked: Asked, key: str) -> SiteView:
    """One site."""
    return view_sites.one_site(asked.app, asked.tenant, SiteKey(key), asked.own_address)


@room.api(
    "PATCH",
    "/api/app/sites/<key>",
    "Change a site's settings; what is null or left out stays",
    SiteView,
    body=SiteChanges,
)
def change(asked: Asked, key: str) -> SiteView:
    """Change what the body names."""
    site = change_site(asked.app, asked.tenant, SiteKey(key), asked.json(SiteChanges))
    return view_sites.view_of(asked.app, site, asked.own_address)


@room.api(
    "POST",
    "/api/app/people/<person_id>/links",
    "Sign a link to a page of a site, by which whoever opens it is known as this person",
    SignedLink,
    body=WantedLink,
)
def sign(asked: Asked, person_id: str) -> SignedLink:
    """The address with the person's token."""
    wanted = asked.json(WantedLink)
    person = PersonId(person_id)
    return SignedLink(sign_link(asked.app, asked.tenant, person, wanted.url, wanted.days))
