"""What a CRM is to us: endpoints, rights, fields, windows and the rows read from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from funnel.domain.ids import Module, RecordKey, SugarId

Value = str | int | float | bool | None
"""A typed value. Decimals stay exact as text (`"50000.00"`), dates are `2026-11-24`, moments
`2026-11-24T10:42:00Z`; what Sugar leaves empty is None."""


class Dialect(StrEnum):
    """How an endpoint speaks, by the path Sugar serves it at; best last.

    `REST_11` stands for v11 and all of v11_1, v11_24 and so on.
    """

    SOAP_5 = "soap.php"
    V2 = "v2"
    V2_1 = "v2_1"
    V3 = "v3"
    V3_1 = "v3_1"
    V4 = "v4"
    V4_1 = "v4_1"
    REST_10 = "rest/v10"
    REST_11 = "rest/v11"

    @property
    def is_rest(self) -> bool:
        """Whether it is REST; all others are SOAP."""
        return self in (Dialect.REST_10, Dialect.REST_11)

    @property
    def fills_target_lists(self) -> bool:
        """Whether Leads and Contacts can be put on Target Lists; `soap.php` dies over that."""
        return self is not Dialect.SOAP_5


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address that serves one dialect, as found by probing.

    `url` has no query; `site_url` is the site's root without a slash at its end, from which
    links to records are built. `product` is "SugarCRM" or "SuiteCRM" where it can be told. `version`
    is what its API answers as: of a SuiteCRM that of the Sugar it comes from, and `own_version` its
    own, "" where it does not tell.
    `cannot` says in plain words what this endpoint cannot do.
    """

    url: str
    site_url: str
    dialect: Dialect
    version: str
    edition: str
    product: str
    warnings: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    own_version: str = ""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signs us in. The repr hides the password, so that it reaches no log."""

    user_name: str
    password: str = field(repr=False)
    origin: str = ""
    """The scheme, host and port they are for; they are sent to no other."""


@dataclass(frozen=True, slots=True)
class Token:
    """What Sugar's REST gives for a password. The repr hides it, so that it reaches no log.

    Sugar keeps one for each user and platform: a new one ends the one before.
    """

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who we are to Sugar after signing in. `is_admin` is None where the endpoint can't tell."""

    user_id: SugarId
    is_admin: bool | None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that Sugar's SOAP gave for a password. The repr hides it, so that it reaches no log.

    Sugar binds it to the network of the caller, so one execution environment has it for itself.
    """

    session_id: str = field(repr=False)
    user: SignedIn


class Access(StrEnum):
    """An answer about one right."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Right:
    """What the user may do with one module, by Sugar's name (Tasks, ProspectLists, ... too)."""

    module: str
    read: Access
    write: Access
    note: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A record as Sugar holds it: fields as text, "" for what is empty."""

    deleted: bool
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldDef:
    """One field of a module. `options` maps a dropdown's keys to labels."""

    name: str
    type: str
    label: str
    required: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a module that is read whole.

    `since` is inclusive, `until` exclusive; None leaves that end open. `dated` covers rows with a
    `date_modified` in that range, `undated` those where it is null. `id_from` (inclusive) and
    `id_until` (exclusive) cut a second that has more rows than a page, in the server's collation.
    Times are UTC, whole seconds. Deleted records belong to a window like live ones.
    """

    since: datetime | None = None
    until: datetime | None = None
    dated: bool = True
    undated: bool = False
    id_from: str | None = None
    id_until: str | None = None


class Operator(StrEnum):
    """How a filter compares."""

    IS = "is"
    IS_NOT = "is not"
    IS_EMPTY = "is empty"
    IS_NOT_EMPTY = "is not empty"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a module's filter; all of a module's conditions must hold.

    IS and IS_NOT compare with any of `values`.
    """

    field: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that could not be read as its field's type. `raw` is cut at 200 characters."""

    field: str
    raw: str
    reason: str


@dataclass(slots=True)
class CrmRow:
    """One record as read: HTML-decoded once and typed. `date_modified` is UTC or None.

    `contact_ids` are filled for Opportunities only. Fields the user asked for that the server
    left out are absent from `fields`, which is not the same as None (empty).
    """

    module: Module
    sugar_id: SugarId
    date_modified: datetime | None
    deleted: bool
    fields: dict[str, Value]
    contact_ids: tuple[SugarId, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> RecordKey:
        """The record's key."""
        return RecordKey(self.module, self.sugar_id)


@dataclass(slots=True)
class Page:
    """Rows of one read, and the interval of our clock in which they were read."""

    rows: list[CrmRow]
    began: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class TargetList:
    """A Target List of Sugar (ProspectLists) as read. `list_type` is Sugar's key, such as `exempt`."""

    sugar_id: SugarId
    name: str
    list_type: str
    date_modified: datetime | None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class IdRange:
    """Ids from `since` (inclusive) to `until` (exclusive); None leaves that end open."""

    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """The live members of a Target List in a range, of one module.

    `dates` maps an id to the record's `date_modified`, which is only told for Prospects. With
    `whole` unset there are more than were asked for.
    """

    dates: Mapping[SugarId, datetime | None]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An address's own record in Sugar, shared by all who have it. None is unknown."""

    sugar_id: SugarId
    email: str
    opt_out: bool | None = None
    invalid: bool | None = None
    date_modified: datetime | None = None
