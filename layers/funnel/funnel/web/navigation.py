"""The menu of every page: its groups in order, and which of its links is the page that is looked at."""

from dataclasses import dataclass

HOME = "/app"


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the menu. `name` names its text and icon; pages under `href` or `also` belong to it."""

    name: str
    href: str
    also: tuple[str, ...] = ()

    def current(self, here: str) -> str:
        """`aria-current` on the page `here`: the page itself, one that belongs to it, or "" for neither."""
        if here == self.href:
            return "page"
        own = () if self.href == HOME else (self.href, *self.also)
        return "true" if any(here.startswith(f"{one}/") or here in self.also for one in own) else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Links that belong together under a heading; "" has none."""

    name: str
    links: tuple[Link, ...]


_ABOUT_PEOPLE = ("/app/found", "/app/imports", "/app/exports", "/app/erasures")

_MARKETER = (
    Group("", (Link("overview", HOME),)),
    Group(
        "audience",
        (
            Link("people", "/app/people", _ABOUT_PEOPLE),
            Link("segments", "/app/segments"),
            Link("lists", "/app/lists"),
            Link("target_lists", "/app/target-lists"),
        ),
    ),
    Group(
        "marketing",
        (
            Link("campaigns", "/app/campaigns"),
            Link("broadcasts", "/app/broadcasts"),
            Link("emails", "/app/emails"),
            Link("forms", "/app/forms"),
        ),
    ),
    Group(
        "interest",
        (
            Link("scoring", "/app/scoring"),
            Link("tracking", "/app/tracking"),
            Link("companies", "/app/companies"),
        ),
    ),
    Group(
        "records",
        (
            Link("accounts", "/app/accounts"),
            Link("opportunities", "/app/opportunities"),
            Link("users", "/app/users"),
        ),
    ),
)
_ADMIN = Group(
    "admin",
    (
        Link("sync", "/setup/sync"),
        Link("errors", "/setup/errors"),
        Link("connection", "/setup/connection", ("/setup/connect", "/setup/jobs")),
        Link("mappings", "/setup/mappings"),
        Link("list_fields", "/setup/lists"),
        Link("mail", "/setup/mail"),
        Link("api_keys", "/setup/keys"),
    ),
)


def menu(*, is_admin: bool) -> tuple[Group, ...]:
    """The groups that somebody sees."""
    return (*_MARKETER, _ADMIN) if is_admin else _MARKETER
