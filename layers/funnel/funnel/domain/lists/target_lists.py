"""Target Lists of Sugar: in which parts their members are read, and what a part held last.

Sugar is asked for ranges of ids, in its own collation. A range is only cut before the beginning of
an id of Sugar's usual form, because all collations put ids of that form in the same order. Ids of
any other form are *odd*: where a module is cut, they are compared over all its parts together.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from funnel.domain.crm import IdRange
from funnel.domain.ids import ConnectionId, ListId, Module, SugarId, TenantId
from funnel.domain.sync.runs import Note

MEMBER_MODULES = (Module.LEADS, Module.CONTACTS, Module.PROSPECTS)
"""Whose records count as members."""

SKIPPED_MODULES = (Module.USERS, Module.ACCOUNTS)
"""Whose records Sugar lets on a Target List, and that are only counted here."""

EVERY = timedelta(minutes=30)
"""How often each list is read."""

TICK_AFTER = timedelta(minutes=7)
"""How long after a quarter of an hour has begun its rounds are asked for; `template.yaml` has it."""

MOST_MEMBERS = 5_000
"""Of one part: what one request is asked for, and what is held in memory."""

MOST_ODD = 500
"""Odd ids that are compared apart; a module with more is read in one request."""

_USUAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MODULUS = 1 << 128


@dataclass(frozen=True, slots=True)
class Part:
    """A range of ids of one module, and how many members of which digest it had."""

    module: Module
    ids: IdRange = IdRange()
    count: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class ListReading:
    """How far one Target List has been compared with ours.

    `parts` cover each module that was read, in order. `odd` are the odd members of the modules that
    are cut. `skipped` counts members that are no people, by module. `waiting` are the first members
    whose record is not here yet, `waiting_more` how many further ones. `changed_at` is when a
    difference was last found, `compared_at` when every member was, digests or not. `seconds` is how
    long the last reading took that outlasted its turn, and `due_at` when it is read again for that.
    A worker that has found a difference holds the lease; `note` says why the list could not be read.
    """

    tenant: TenantId
    list_id: ListId
    parts: tuple[Part, ...] = ()
    odd: Mapping[Module, tuple[SugarId, ...]] = field(default_factory=dict)
    skipped: Mapping[Module, int] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    waiting_more: int = 0
    changed_at: datetime | None = None
    compared_at: datetime | None = None
    seconds: float = 0
    due_at: datetime | None = None
    lease_owner: str = ""
    lease_until: datetime | None = None
    note: Note | None = None
    version: int = 0

    @property
    def members(self) -> int:
        """How many members the parts had."""
        return sum(part.count for part in self.parts)

    @property
    def digest(self) -> str:
        """Stands for all members, as they were read last."""
        return _sum(part.digest for part in self.parts)

    def of(self, module: Module) -> tuple[Part, ...]:
        """The module's parts; all of it, never read, where there are none."""
        return tuple(p for p in self.parts if p.module is module) or (Part(module),)

    def with_parts(self, module: Module, parts: Sequence[Part]) -> "ListReading":
        """With these in place of the module's."""
        others = {m: self.of(m) for m in MEMBER_MODULES if any(p.module is m for p in self.parts)}
        others[module] = tuple(parts)
        return replace(self, parts=tuple(p for m in MEMBER_MODULES for p in others.get(m, ())))


@dataclass(frozen=True, slots=True)
class ListsRound:
    """The last time a tenant's Target Lists were asked for.

    `lists` are how many Sugar has; `asked_by` is a person's name, or "schedule". `connection_id` is
    that of the Sugar whose lists were last brought in step with ours. `swept_at` is when the
    Targets that are here were last begun to be looked at by their ids, `sweep_cursor` where that
    goes on. Targets whose address changed before `addresses_until`, by Sugar's clock, have been
    read since.
    """

    tenant: TenantId
    began_at: datetime
    asked_by: str = ""
    lists: int = 0
    finished_at: datetime | None = None
    note: Note | None = None
    connection_id: ConnectionId = ConnectionId("")
    swept_at: datetime | None = None
    sweep_cursor: str = ""
    addresses_until: datetime | None = None
    version: int = 0


def suppresses_mail(list_type: str) -> bool:
    """Whether Sugar sends no mail to who is on a list of this type."""
    return list_type.startswith("exempt")


def is_odd(sugar_id: str) -> bool:
    """Whether collations may disagree about the place of this id."""
    return _USUAL.fullmatch(sugar_id) is None


def digest_of(members: Mapping[SugarId, datetime | None]) -> str:
    """Stands for a set of members, in whatever order they came.

    The digest of two sets without a common member is the sum of theirs.
    """
    total = 0
    for sugar_id, moment in members.items():
        text = f"{sugar_id}\x1f{moment.isoformat() if moment else ''}"
        one = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        total += int.from_bytes(one, "big")
    return f"{total % _MODULUS:032x}"


def cut(part: Part, seen: Iterable[str]) -> tuple[Part, Part] | None:
    """The part as two, by the ids seen of it; None where they give no place to cut."""
    usual = sorted(one for one in seen if not is_odd(one))
    if len(usual) < 2:
        return None
    before, middle = usual[len(usual) // 2 - 1 : len(usual) // 2 + 1]
    place = next(middle[:n] for n in range(1, len(middle) + 1) if middle[:n] > before)
    if place <= (part.ids.since or "") or (part.ids.until and place >= part.ids.until):
        return None
    return (
        Part(part.module, IdRange(part.ids.since, place)),
        Part(part.module, IdRange(place, part.ids.until)),
    )


def joined(parts: Sequence[Part], most: int) -> tuple[Part, ...]:
    """Neighbours that together have a third of `most` members at most, as one."""
    out: list[Part] = []
    for part in parts:
        before = out[-1] if out else None
        if before and before.digest and part.digest and before.count + part.count <= most // 3:
            ids = IdRange(before.ids.since, part.ids.until)
            digest = _sum([before.digest, part.digest])
            out[-1] = Part(part.module, ids, before.count + part.count, digest)
        else:
            out.append(part)
    return tuple(out)


def next_round(now: datetime, quarter: int, offset_seconds: int) -> datetime:
    """When the next scheduled round of a connection begins, by its quarter and place in it."""
    hour = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    first = hour + TICK_AFTER + timedelta(minutes=15 * (quarter % 2), seconds=offset_seconds)
    return first + EVERY * ((now - first) // EVERY + 1)


def next_due(began: datetime, ended: datetime) -> datetime | None:
    """When a list is read again whose reading outlasted its turn; None where it did not."""
    turns = -(-(ended - began) // EVERY)
    return began + turns * EVERY if turns > 1 else None


def _sum(digests: Iterable[str]) -> str:
    return f"{sum(int(one or '0', 16) for one in digests) % _MODULUS:032x}"
