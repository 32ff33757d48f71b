"""Tracking: the sites whose visitors are followed, and one site with its snippet and settings."""

from funnel.domain.errors import FunnelError, InputInvalid
from funnel.domain.problems import Problems
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import MOST_NEW_PEOPLE, ConsentMode
from funnel.usecases.tracking.keep_sites import SiteChanges, add_site, change_site, checked_changes
from funnel.usecases.tracking.view_sites import list_sites, one_site
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

DONE = {
    "added": "tracking.added",
    "changed": "tracking.changed",
    "decided": "tracking.aside.decided",
}


@room.page("GET", "/app/tracking")
def show_all(asked: Asked) -> Reply:
    """All sites, and the form for a new one."""
    return _all(asked)


@room.page("POST", "/app/tracking")
def add(asked: Asked) -> Reply:
    """Add a site, and go there."""
    try:
        name, domains = asked.form_value("name"), _domains(asked.form_value("domains"))
        site = add_site(asked.app, asked.tenant, name, domains, asked.who.user_name)
    except FunnelError as error:
        return _all(asked, error)
    return see_other(f"/app/tracking/{site.key}?saved=added")


@room.page("GET", "/app/tracking/<key>")
def show_one(asked: Asked, key: str) -> Reply:
    """One site."""
    return _one(asked, SiteKey(key))


@room.page("POST", "/app/tracking/<key>")
def change(asked: Asked, key: str) -> Reply:
    """Save a site's settings."""
    try:
        change_site(asked.app, asked.tenant, SiteKey(key), _changes(asked))
    except InputInvalid as error:
        return _one(asked, SiteKey(key), error)
    return see_other(f"/app/tracking/{key}?saved=changed")


@room.page("POST", "/app/tracking/<key>/active")
def switch(asked: Asked, key: str) -> Reply:
    """Follow the site's visitors, or stop."""
    wanted = SiteChanges(active=asked.form_value("active") == "yes")
    change_site(asked.app, asked.tenant, SiteKey(key), wanted)
    return see_other(f"/app/tracking/{key}?saved=changed")


def _changes(asked: Asked) -> SiteChanges:
    """What the form asks for. Raises `InputInvalid` with all that is wrong."""
    value, wrong = asked.form_value, Problems()
    budget: int | None = None
    name, domains = value("name"), _domains(value("domains"))
    with wrong.found():
        checked_changes(SiteChanges(name, domains))
    with wrong.found():
        budget = _whole_number(value("daily_budget"))
        checked_changes(SiteChanges(daily_budget=budget))
    wrong.raise_all()
    return SiteChanges(
        name=name,
        domains=domains,
        daily_budget=budget,
        consent=ConsentMode.ASK if value("consent") == ConsentMode.ASK else ConsentMode.AT_ONCE,
        honour_do_not_track=value("honour_do_not_track") == "yes",
    )


def _whole_number(text: str) -> int:
    try:
        return int(text.replace(",", "").strip())
    except ValueError:
        raise InputInvalid("Enter a whole number.", field="daily_budget") from None


def _domains(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _all(asked: Asked, error: FunnelError | None = None) -> Reply:
    return page(
        asked,
        "tracking/all.html",
        title=asked.texts("tracking.title"),
        status=status_of(error) if error else 200,
        sites=list_sites(asked.app, asked.tenant, asked.own_address).items,
        sent=_sent(asked, error),
        error=form_error(error) if error else None,
    )


def _one(asked: Asked, key: SiteKey, error: FunnelError | None = None) -> Reply:
    site = one_site(asked.app, asked.tenant, key, asked.own_address)
    done = DONE.get(asked.query("saved")) if not error else None
    return page(
        asked,
        "tracking/one.html",
        title=site.name,
        status=status_of(error) if error else 200,
        site=site,
        modes=tuple(ConsentMode),
        most_new=MOST_NEW_PEOPLE,
        sent=_sent(asked, error),
        error=form_error(error) if error else None,
        flash=asked.texts(done) if done else "",
    )


def _sent(asked: Asked, error: FunnelError | None) -> dict[str, str]:
    """What was typed, to be typed no second time."""
    return {name: values[0] for name, values in asked.form().items()} if error else {}
