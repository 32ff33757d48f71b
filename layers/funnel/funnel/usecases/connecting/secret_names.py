"""What secrets are called, so that each function can be granted the kinds it needs and no others.

`template.yaml` grants by these beginnings; the token got with credentials is `token-` and their
name.
"""

from funnel.ports.system import Ids

SUGAR = "sugar-"
"""The credentials that Funnel signs in to a Sugar with."""

SIGN_IN = "sign-in-"
"""What a person entered to sign in here, until Sugar is asked."""

SIGNING = "signing-"
"""The keys that a Sugar signs webhooks with."""

LINKS = "links-"
"""The keys that a site's links to known people are signed with."""


def sugar_name(ids: Ids) -> str:
    """A new name for credentials of a Sugar."""
    return f"{SUGAR}{ids.new_id()}"


def sign_in_name(job_id: str) -> str:
    """The name of what was entered for one try to sign in."""
    return f"{SIGN_IN}{job_id}"


def links_name(site_key: str) -> str:
    """The name of the key of a site's links."""
    return f"{LINKS}{site_key}"


def signing_name(kid: str) -> str:
    """The name of a signing key."""
    return f"{SIGNING}{kid}"
