"""Links that say who opens them: `<person>.<end>.<signature>` in the parameter `fnl`.

The signature is HMAC-SHA256 over tenant, person and end (seconds since 1970), by a key of the site
that it leads to. Whoever has the link can open it, so it proves no more than a mail that arrived.
"""

import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.hit_reading import LINK_TOKEN

_DIGITS = 11


def link_token(key: str, tenant: TenantId, person_id: PersonId, ends_at: datetime) -> str:
    """The token of a person's links, good until then."""
    end = str(int(ends_at.timestamp()))
    return f"{person_id}.{end}.{_signature(key, tenant, person_id, end)}"


def person_of_token(key: str, tenant: TenantId, token: str, at: datetime) -> PersonId | None:
    """Whose token it is; None for one that is not ours, or had ended by that moment."""
    person_id, _, rest = token.partition(".")
    end, _, signature = rest.partition(".")
    wanted = _signature(key, tenant, PersonId(person_id), end)
    if not hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace")):
        return None
    if not (end.isascii() and end.isdigit() and len(end) <= _DIGITS):
        return None
    return PersonId(person_id) if at < datetime.fromtimestamp(int(end), UTC) else None


def with_link_token(url: str, token: str) -> str:
    """The address with the token, before its fragment."""
    parts = urlsplit(url)
    more = urlencode({LINK_TOKEN: token})
    return urlunsplit(parts._replace(query=f"{parts.query}&{more}" if parts.query else more))


def _signature(key: str, tenant: TenantId, person_id: PersonId, end: str) -> str:
    text = f"funnel link {tenant} {person_id} {end}"
    return hmac.new(key.encode(), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
