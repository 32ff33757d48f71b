"""Links to a customer's site that say who opens them: made for one person, and read."""

from datetime import datetime, timedelta

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.hit_reading import LONGEST_URL, host_of
from funnel.domain.tracking.signed_links import link_token, person_of_token, with_link_token
from funnel.domain.tracking.sites import Site, is_of_site
from funnel.usecases.app import App
from funnel.usecases.connecting.secret_names import links_name
from funnel.usecases.living import living

LONGEST_DAYS = 400


def keep_link_key(app: App, site: Site) -> None:
    """Keep a new key that signs links to a new site."""
    app.secrets.put_key(site.tenant, links_name(site.key), app.ids.new_token())


def sign_link(app: App, tenant: TenantId, person_id: PersonId, url: str, days: int) -> str:
    """The address, so that whoever opens it is known as this person, for so many days.

    Raises `NotFound` without such a person or for one that was erased, `InputInvalid` for an address on none of the sites or
    a time that is none.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise InputInvalid(f"Between 1 and {LONGEST_DAYS} days.", field="days")
    if living(app, tenant, person_id) is None:
        raise NotFound("There is no such person.")
    # Browsers end the host at a backslash, where nobody else does.
    host = "" if "\\" in url else host_of(url)
    site = next((one for one in app.sites.sites(tenant) if is_of_site(host, one.domains)), None)
    if site is None or len(url) > LONGEST_URL:
        raise InputInvalid("This is no page of one of your sites.", field="url")
    return signed_for(app, site, person_id, url, app.clock.now() + timedelta(days=days))


def signed_for(app: App, site: Site, person_id: PersonId, url: str, ends_at: datetime) -> str:
    """An address of the site that says until then that this person opens it."""
    key = app.secrets.get_key(site.tenant, app.secrets.ref(site.tenant, links_name(site.key)))
    return with_link_token(url, link_token(key, site.tenant, person_id, ends_at))


def person_of_link(app: App, site: Site, url: str, token: str, at: datetime) -> PersonId | None:
    """Who opened a signed link to this page of the site at that moment: the person it is now.

    Sites may share a domain, and the link may be signed for another of those. None for a token that
    is not ours or had ended, and for a person who is gone or was erased.
    """
    found = _person_of(app, site, token, at)
    if found is None:
        host = host_of(url)
        others = [one for one in app.sites.sites(site.tenant) if is_of_site(host, one.domains)]
        told = (_person_of(app, one, token, at) for one in others if one.key != site.key)
        found = next((one for one in told if one), None)
    person = living(app, site.tenant, found) if found else None
    return person.person_id if person else None


def _person_of(app: App, site: Site, token: str, at: datetime) -> PersonId | None:
    try:
        key = app.secrets.get_key(site.tenant, app.secrets.ref(site.tenant, links_name(site.key)))
    except NotFound:
        return None
    return person_of_token(key, site.tenant, token, at)
