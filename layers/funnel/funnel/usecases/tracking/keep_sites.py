"""Add a site, and change its settings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.problems import Problems
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import (
    MOST_SITES,
    ConsentMode,
    Site,
    checked_budget,
    checked_domains,
    checked_name,
    own_site,
)
from funnel.usecases.app import App
from funnel.usecases.tracking.sign_links import keep_link_key

_TRIES = 4


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What is to change; None leaves it as it is."""

    name: str | None = None
    domains: tuple[str, ...] | None = None
    daily_budget: int | None = None
    consent: ConsentMode | None = None
    honour_do_not_track: bool | None = None
    active: bool | None = None


def add_site(app: App, tenant: TenantId, name: str, domains: Sequence[str], by: str) -> Site:
    """A new site, with a key that nobody had before. Raises `InputInvalid` with all that is wrong."""
    asked = checked_changes(SiteChanges(name, tuple(domains)))
    if len(app.sites.sites(tenant)) >= MOST_SITES:
        raise InputInvalid(f"There are {MOST_SITES} sites already, which is all there can be.")
    site = Site(
        tenant,
        SiteKey(app.ids.new_id().replace("-", "")),
        asked.name or "",
        asked.domains or (),
        app.clock.now(),
        by,
    )
    keep_link_key(app, site)
    return app.sites.save_site(site)


def change_site(app: App, tenant: TenantId, key: SiteKey, changes: SiteChanges) -> Site:
    """Change settings; the site as it is then. Raises `NotFound`, `InputInvalid`, `Conflict`."""
    own_site(app.sites.site(key), tenant)
    asked = checked_changes(changes)
    for last in range(_TRIES):
        site = own_site(app.sites.site(key), tenant)
        after = _changed(site, asked)
        if after == site:
            return site
        try:
            return app.sites.save_site(after)
        except Conflict:
            if last == _TRIES - 1:
                raise
    raise AssertionError


def checked_changes(changes: SiteChanges) -> SiteChanges:
    """The same as it can be kept. Raises `InputInvalid` with all that is wrong, each naming its field."""
    wrong, found = Problems(), changes
    with wrong.found():
        if changes.name is not None:
            found = replace(found, name=checked_name(changes.name))
    with wrong.found():
        if changes.domains is not None:
            found = replace(found, domains=checked_domains(changes.domains))
    with wrong.found():
        if changes.daily_budget is not None:
            found = replace(found, daily_budget=checked_budget(changes.daily_budget))
    wrong.raise_all()
    return found


def _changed(site: Site, to: SiteChanges) -> Site:
    return replace(
        site,
        name=site.name if to.name is None else to.name,
        domains=site.domains if to.domains is None else to.domains,
        daily_budget=site.daily_budget if to.daily_budget is None else to.daily_budget,
        consent=site.consent if to.consent is None else to.consent,
        honour_do_not_track=site.honour_do_not_track
        if to.honour_do_not_track is None
        else to.honour_do_not_track,
        active=site.active if to.active is None else to.active,
    )
