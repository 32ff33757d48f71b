"""Addresses and other header values, as they can stand in a mail: nothing that begins a new line."""

import re

from funnel.domain.errors import InputInvalid
from funnel.domain.text import is_text

LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 255
_LONGEST_LOCAL = 64
_LOCAL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.IGNORECASE | re.ASCII
)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def wire_address(address: str, field: str = "address") -> str:
    """The address as it travels: international domains in their ASCII form.

    Raises `InputInvalid` for what is none, or has letters beyond ASCII before the @, which
    the mail service does not take.
    """
    local, _, domain = address.strip().rpartition("@")
    if not _LOCAL.fullmatch(local) or len(local) > _LONGEST_LOCAL:
        raise InputInvalid("This is no email address that mail can be sent to.", field=field)
    found = f"{local}@{wire_domain(domain, field)}"
    if len(found) > LONGEST_ADDRESS:
        raise InputInvalid("This email address is too long.", field=field)
    return found


def wire_domain(domain: str, field: str = "domain") -> str:
    """A domain in its ASCII form, in lower case. Raises `InputInvalid`."""
    folded = domain.strip().casefold().rstrip(".")
    try:
        wire = folded.encode("idna").decode().casefold()
    except UnicodeError:
        wire = ""
    if "." not in wire or not all(_LABEL.fullmatch(one) for one in wire.split(".")):
        raise InputInvalid("This is no domain, such as example.com.", field=field)
    return wire


def domain_of(address: str) -> str:
    """The domain of an address in its ASCII form; "" if it has none that can be."""
    try:
        return wire_domain(address.rpartition("@")[2])
    except InputInvalid:
        return ""


def checked_header(text: str, field: str, longest: int) -> str:
    """A name or subject without space around it. Raises `InputInvalid` for one with a line break."""
    found = text.strip()
    if _BREAK.search(found) or not is_text(found):
        raise InputInvalid("Write this on one line, without control characters.", field=field)
    if len(found) > longest:
        raise InputInvalid(f"At most {longest} characters.", field=field)
    return found
