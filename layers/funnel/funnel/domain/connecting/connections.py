"""The connection of a tenant to its Sugar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from funnel.domain.connecting.signing import SigningKey
from funnel.domain.crm import Condition, Endpoint, FieldDef
from funnel.domain.ids import PULLED_MODULES, ConnectionId, Module, SugarId, TenantId
from funnel.domain.mapping.fields import CustomField
from funnel.domain.mapping.mapping import FieldMapping, Mappings

_A_DAY_AND_MORE = 26
"""Hours looked through for one that is not quiet."""


class PauseReason(StrEnum):
    """Why a connection is paused."""

    ADMIN = "admin"
    SIGN_IN_REFUSED = "sign-in refused"


@dataclass(frozen=True, slots=True)
class Pause:
    """Since when, why and by whom (an admin's name, or empty) a connection is paused."""

    reason: PauseReason
    since: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours in which no scheduled run starts, UTC. `start` after `end` spans midnight."""

    start: time
    end: time

    def cover(self, moment: datetime) -> bool:
        """Whether the moment (UTC) lies in them; `start` inclusive, `end` exclusive."""
        at = moment.time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class FieldsSeen:
    """Which of the fields `asked` for a module had when its field list was read `at` a time."""

    at: datetime
    asked: tuple[str, ...]
    there: tuple[FieldDef, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """A tenant's connection to its Sugar; a tenant has one.

    `secret_ref` names the secret with the credentials, never the credentials. `synced_until` is, by
    module, the server's time from which the next run has to read; a module that is absent was never
    read whole. `generations` counts the changes of each module's mapping and filter. `clock_skew`
    is Sugar's clock minus ours in seconds. `failures` in a row open the circuit until `open_until`.
    `user_id` is the integration user's id in Sugar, "" where it is not known. The defaults stand in
    for a Last Name or Company that a push needs and a person lacks. `signing_keys` name the keys of
    what Sugar sends. `page_sizes` are what the server last proved to bear, by module.
    `score_fields` are those of a module that take the lead score, where they are not the usual one.
    `write_size` is how many records the server last proved to save at once, `write_rate` how many a
    second, `score_fields_seen` what it was last found to have for scores. All scores were looked through at `scores_swept_at`; `scores_cursor` is where to go on.
    second. `frame_origins` are those of Sugar's pages beside the endpoint's own. All scores were
    looked through at `scores_swept_at`; `scores_cursor` is where to go on. Since a restore at
    `held_since` nothing is written before both sides have been compared.
    """

    tenant: TenantId
    connection_id: ConnectionId
    endpoint: Endpoint
    user_name: str
    secret_ref: str
    credential_version: int
    created_at: datetime
    read_only: bool = True
    pause: Pause | None = None
    quiet_hours: QuietHours | None = None
    modules: tuple[Module, ...] = PULLED_MODULES
    conditions: Mapping[Module, tuple[Condition, ...]] = field(default_factory=dict)
    mappings: Mapping[Module, tuple[FieldMapping, ...]] = field(default_factory=dict)
    custom_fields: tuple[CustomField, ...] = ()
    generations: Mapping[Module, int] = field(default_factory=dict)
    synced_until: Mapping[Module, datetime] = field(default_factory=dict)
    synced_at: Mapping[Module, datetime] = field(default_factory=dict)
    page_sizes: Mapping[Module, int] = field(default_factory=dict)
    requests_per_second: float = 10
    overlap_seconds: int = 300
    clock_skew: float = 0
    failures: int = 0
    open_until: datetime | None = None
    missing_fields: Mapping[Module, tuple[str, ...]] = field(default_factory=dict)
    swept_at: Mapping[Module, datetime] = field(default_factory=dict)
    links_read_at: Mapping[Module, datetime] = field(default_factory=dict)
    errors_looked_at: datetime | None = None
    user_id: SugarId = SugarId("")
    default_last_name: str = ""
    default_company: str = ""
    signing_keys: tuple[SigningKey, ...] = ()
    score_fields: Mapping[Module, tuple[str, ...]] = field(default_factory=dict)
    write_size: int = 100
    write_rate: float = 20
    score_fields_seen: Mapping[Module, FieldsSeen] = field(default_factory=dict)
    frame_origins: tuple[str, ...] = ()
    scores_swept_at: datetime | None = None
    scores_cursor: str = ""
    held_since: datetime | None = None
    version: int = 0

    def all_mappings(self) -> Mappings:
        """The mappings of all modules, ready for use."""
        return Mappings(self.mappings, self.custom_fields, self.score_fields)

    @property
    def quarter(self) -> int:
        """The quarter of the hour in which its hourly run starts, 0 to 3."""
        return int(self.connection_id.replace("-", "")[:8], 16) % 4

    @property
    def offset_seconds(self) -> int:
        """Where in its quarter the run starts, 0 to 899."""
        return int(self.connection_id.replace("-", "")[8:16], 16) % 900

    def next_hourly(self, after: datetime) -> datetime:
        """When the first hourly run at or after this moment starts, quiet hours left out."""
        own = timedelta(seconds=self.quarter * 900 + self.offset_seconds)
        start = after.replace(minute=0, second=0, microsecond=0) + own
        starts = [start + timedelta(hours=n) for n in range(_A_DAY_AND_MORE)]
        ahead = [one for one in starts if one >= after]
        quiet = self.quiet_hours
        return next((one for one in ahead if not (quiet and quiet.cover(one))), ahead[0])
