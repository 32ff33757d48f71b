"""Which scope a key of a machine needs for each function of the API.

A subject is the beginning of a path; the longest one counts. GET needs `<area>:read` and whatever
changes something `<area>:write`, but for what only looks and is asked by POST because it takes long
or is told much.
"""

import re

_SUBJECTS = {
    "/api/app/accounts": "records",
    "/api/app/opportunities": "records",
    "/api/app/users": "records",
    "/api/app/people": "people",
    "/api/app/people/*/activities": "activities",
    "/api/app/people/*/campaigns": "campaigns",
    "/api/app/people/*/lists": "lists",
    "/api/app/people/*/mails": "emails",
    "/api/app/people/*/push": "pushes",
    "/api/app/people/*/pushes": "pushes",
    "/api/app/people/*/score": "pushes",
    "/api/app/people/*/done-by-hand": "consent",
    "/api/app/people/*/take-back": "consent",
    "/api/app/people/*/unsubscribe": "consent",
    "/api/app/people/*/erase": "erasures",
    "/api/app/erasures": "erasures",
    "/api/app/exports": "people",
    "/api/app/found": "people",
    "/api/app/imports": "people",
    "/api/app/lists": "lists",
    "/api/app/target-lists": "lists",
    "/api/app/segments": "segments",
    "/api/app/segment-fields": "segments",
    "/api/app/scoring": "scoring",
    "/api/app/emails": "emails",
    "/api/app/mails": "emails",
    "/api/app/broadcasts": "broadcasts",
    "/api/app/campaigns": "campaigns",
    "/api/app/forms": "forms",
    "/api/app/form-choices": "forms",
    "/api/app/sites": "tracking",
    "/api/app/companies": "tracking",
    "/api/app/pushes": "pushes",
    "/api/app/push-choices": "pushes",
    "/api/setup/comparison": "sync",
    "/api/setup/comparison.csv": "sync",
    "/api/setup/errors": "sync",
    "/api/setup/errors.csv": "sync",
    "/api/setup/jobs": "sync",
    "/api/setup/runs": "sync",
    "/api/setup/sync": "sync",
    "/api/setup/connection": "settings",
    "/api/setup/custom-fields": "settings",
    "/api/setup/hooks": "settings",
    "/api/setup/lists": "settings",
    "/api/setup/mail": "settings",
    "/api/setup/mappings": "settings",
    "/api/setup/module.zip": "settings",
    "/api/setup/outgoing-addresses": "settings",
}
"""What a path is about, by its beginning; `*` stands for one name in it."""

CLOSED = {
    ("GET", "/api/setup/keys"),
    ("POST", "/api/setup/keys"),
    ("DELETE", "/api/setup/keys/*"),
    ("POST", "/api/setup/connection"),
    ("POST", "/api/setup/connection/save"),
    ("POST", "/api/setup/connection/password"),
    ("POST", "/api/setup/hooks/key"),
}
"""No key opens these: they make keys, or take the password of another Sugar."""

HURRIES = "sync:write"
"""What it takes to have a Sugar that is left alone for now asked at once."""

_LOOKS = {
    "/api/app/exports",
    "/api/app/found",
    "/api/app/segments/look",
    "/api/app/emails/preview",
    "/api/app/emails/*/links",
    "/api/app/people/*/push/look",
    "/api/app/people/*/mails/look",
    "/api/app/campaigns/*/effects",
    "/api/app/campaigns/*/sugar/looks",
    "/api/app/broadcasts/*/count",
    "/api/app/broadcasts/*/people/export",
    "/api/setup/comparison",
    "/api/setup/sync/preview",
    "/api/setup/mappings/*/preview",
}
"""What is asked by POST and changes nothing that anybody sees."""


_OF_PEOPLE = {
    "/api/app/segments/look": "people:read",
    "/api/app/emails/preview": "people:read",
    "/api/app/found/*/on-list": "lists:write",
}
"""What is about something else by its path, and shows people or puts them on lists."""


def scope_of(method: str, rule: str) -> str:
    """The scope a key needs for a function of the API; "" where no key is let in."""
    path = re.sub(r"<\w+>", "*", rule)
    if (method, path) in CLOSED:
        return ""
    if path in _OF_PEOPLE:
        return _OF_PEOPLE[path]
    parts = path.split("/")
    starts = ("/".join(parts[:n]) for n in range(len(parts), 2, -1))
    area = next((_SUBJECTS[one] for one in starts if one in _SUBJECTS), "")
    reads = method == "GET" or (method == "POST" and path in _LOOKS)
    return f"{area}:{'read' if reads else 'write'}" if area else ""
