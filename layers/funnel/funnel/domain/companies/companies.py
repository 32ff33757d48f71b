"""Whose network a visitor came from: a company that a rep may want to know of, or an Internet provider.

Databases of IP addresses say something of it, each in its own words; an adapter brings these into
one form (`NetworkRecord`). What is decided here, and by what, in this order: what somebody of the
tenant said; the organisation that the range of addresses itself belongs to; the kind of network
that announces the range (its ASN); and last its name (`network_names.py`). The rules, with what they
rest on: `docs/companies.md`.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from funnel.domain.companies.network_names import NetworkKind, kind_by_name
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.text import fold_name, is_text
from funnel.domain.tracking.hit_reading import clean

CompanyKey = NewType("CompanyKey", str)
"""Stands for an organisation's name; the same for each spelling that is folded to the same."""

LONGEST_NAME = 100
MOST_SAID = 20
"""Corrections that are remembered of one network, the latest."""

_KEY = re.compile(r"[0-9a-f]{20}", re.ASCII)
_LEGAL_FORM = re.compile(
    r"(?:[\s,]+(?:inc|incorporated|corp|corporation|co|company|llc|ltd|limited|plc|llp|lp|gmbh|ag|se"
    r"|kg|ohg|ug|e ?k|gmbh & co kg|s ?a|s ?a ?s|sarl|sas|sa|srl|s ?r ?l|spa|s ?p ?a|bv|b ?v|nv|n ?v"
    r"|ab|as|a ?s|aps|oy|oyj|sp z ?o ?o|pty|pte|kk|lda|ltda))+$"
)


SHOWN = frozenset({NetworkKind.COMPANY, NetworkKind.EDUCATION})
"""Whose visits a rep is shown. Behind the others is anybody."""


class Evidence(StrEnum):
    """What a verdict rests on; a word of the catalogue says it."""

    SAID = "said"
    RANGE = "range"
    ASN = "asn"
    NAME = "name"
    NOTHING_ELSE = "nothing else"
    NO_INFORMATION = "no information"


@dataclass(frozen=True, slots=True)
class NetworkRecord:
    """What the databases say of one address; "" and None where they say nothing.

    `organisation` is whose the range is and `organisation_kind` what that is; `network` and
    `network_kind` say the same of whoever announces it, by `asn`. `provider` is whom the
    organisation has its connection from.
    """

    organisation: str = ""
    organisation_kind: NetworkKind | None = None
    network: str = ""
    network_kind: NetworkKind | None = None
    asn: int | None = None
    provider: str = ""
    domain: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class NetworkOwner:
    """Whose network an address is of: its name, what it is, and why that is thought.

    `because` is a word of the name, or how the database called it, where it was decided by one.
    """

    organisation: str
    kind: NetworkKind
    evidence: Evidence
    because: str = ""
    asn: int | None = None
    domain: str = ""
    city: str = ""
    country: str = ""

    @property
    def key(self) -> CompanyKey:
        """Under which its visits are kept."""
        return company_key(self.organisation)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a network; `kind` None takes back what was said before.

    `name` is what it is called, "" for as in the database.
    """

    at: datetime
    by: str
    kind: NetworkKind | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was said of a network by people of the tenant, the last one last; that one counts."""

    tenant: TenantId
    key: CompanyKey
    organisation: str
    said: tuple[Said, ...] = ()
    version: int = 0

    @property
    def counts(self) -> Said | None:
        """What counts now; None where nothing is said, or it was taken back."""
        last = self.said[-1] if self.said else None
        return last if last and (last.kind or last.name) else None


def owner_of(record: NetworkRecord) -> NetworkOwner | None:
    """Whose network it is by what the databases say; None where they know no name."""
    name = clean_name(record.organisation or record.network or record.provider)
    if not name:
        return None
    kind, evidence, because = _verdict(record)
    return NetworkOwner(
        name, kind, evidence, because, record.asn,
        clean(record.domain, LONGEST_NAME), clean(record.city, LONGEST_NAME),
        clean(record.country, LONGEST_NAME),
    )  # fmt: skip


def _verdict(record: NetworkRecord) -> tuple[NetworkKind, Evidence, str]:
    own = bool(record.organisation) and not _same(record.organisation, record.provider)
    if record.organisation_kind is not None:
        return record.organisation_kind, Evidence.RANGE, record.organisation_kind.value
    if own:
        found = kind_by_name(record.organisation)
        if found:
            return found[0], Evidence.NAME, found[1]
        if not _same(record.organisation, record.network):
            # Somebody has a range of its own in another's network: a company's line.
            return NetworkKind.COMPANY, Evidence.RANGE, ""
    if record.network_kind is not None:
        return record.network_kind, Evidence.ASN, record.network_kind.value
    for name in (record.organisation, record.network, record.provider):
        if name and (found := kind_by_name(name)):
            return found[0], Evidence.NAME, found[1]
    if record.organisation or record.network:
        return NetworkKind.COMPANY, Evidence.NOTHING_ELSE, ""
    return NetworkKind.UNKNOWN, Evidence.NO_INFORMATION, ""


def company_key(name: str) -> CompanyKey:
    """Under which what visitors of this organisation did is kept."""
    return CompanyKey(hashlib.blake2b(fold_name(name).encode(), digest_size=10).hexdigest())


def is_company_key(text: str) -> bool:
    """Whether it could be one."""
    return _KEY.fullmatch(text) is not None


def fold_company(name: str) -> str:
    """A company's name for comparing with an Account's: no marks, no case, no legal form."""
    plain = " ".join(re.sub(r"[^\w&]+", " ", fold_name(name).replace(".", "")).split())
    return _LEGAL_FORM.sub("", plain) or plain


def clean_name(name: str) -> str:
    """An organisation's name in one line, cut."""
    return clean(name, LONGEST_NAME)


def checked_said(kind: NetworkKind | None, name: str, at: datetime, by: str) -> Said:
    """What somebody says. Raises `InputInvalid` for a name that is none."""
    plain = " ".join(name.split())
    if len(plain) > LONGEST_NAME or not is_text(plain):
        raise InputInvalid(f"At most {LONGEST_NAME} characters.", field="name")
    return Said(at, by, kind, plain)


def said_again(correction: Correction, said: Said) -> Correction:
    """The correction with what is said now; the same where that counts already."""
    now = correction.counts
    if (now.kind, now.name) == (said.kind, said.name) if now else not (said.kind or said.name):
        return correction
    kept = (*correction.said, said)[-MOST_SAID:]
    return Correction(
        correction.tenant, correction.key, correction.organisation, kept, correction.version
    )


def place_of(parts: Iterable[str]) -> str:
    """City and country as one text."""
    return ", ".join(one for one in parts if one)


def _same(one: str, other: str) -> bool:
    return bool(one) and fold_company(one) == fold_company(other)
