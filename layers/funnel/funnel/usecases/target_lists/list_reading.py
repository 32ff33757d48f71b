"""One worker's reading of one Target List: its lease, what it writes, and who still waits."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import timedelta

from funnel.domain.errors import Conflict, FunnelError, LeaseLost, NotFound
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.lists.lists import PeopleList
from funnel.domain.lists.target_lists import ListReading
from funnel.domain.sync.records import State
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.target_lists.list_members import ListMembers
from funnel.usecases.target_lists.read_targets import Targets

LEASE = timedelta(seconds=240)
"""Longer than one request to Sugar and the writing of what it brought."""

MOST_WAITING = 1_000


class NotThere(NotFound):
    """Sugar does not show the list any more: nobody is taken off it for that."""


@dataclass(slots=True)
class Waiting:
    """Members whose record is not here: the first by name, of the others how many."""

    first: dict[RecordKey, None] = field(default_factory=dict)
    more: int = 0

    def add(self, keys: Iterable[RecordKey], more: int = 0) -> None:
        """These too, each once."""
        self.more += more
        for key in keys:
            if key in self.first:
                continue
            if len(self.first) < MOST_WAITING:
                self.first[key] = None
            else:
                self.more += 1


@dataclass(slots=True)
class Reading:
    """One worker's reading of one list. `reading` is what is stored of it.

    The lease is taken with the first difference, under the version that was there when the reading
    began: who read earlier never writes over who read later.
    """

    app: App
    crm: Crm
    people_list: PeopleList
    reading: ListReading
    worker: str
    targets: Targets
    refused: dict[Module, FunnelError] = field(default_factory=dict)
    changed: bool = False
    _new: Waiting = field(default_factory=Waiting)
    _gone: set[str] = field(default_factory=set)
    _is_live: bool = False
    _unsaved: bool = False

    def note(self, **changes: object) -> None:
        """What is to be stored with the next save."""
        self.reading = replace(self.reading, **changes)  # type: ignore[arg-type]
        self._unsaved = True

    def hold(self) -> None:
        """Take the lease, or renew it, before anything is written. Raises `LeaseLost`."""
        until = self.reading.lease_until
        fresh = until is not None and until - self.app.clock.now() > LEASE / 2
        if not fresh or self.reading.lease_owner != self.worker:
            self.save()

    def save(self, *, release: bool = False) -> None:
        """Write the reading, with the lease or without one. Raises `LeaseLost`."""
        now = self.app.clock.now()
        until = self.reading.lease_until
        if self.reading.lease_owner not in ("", self.worker) and until and until > now:
            raise LeaseLost("Another worker is writing this list.")
        after = replace(
            self.reading,
            lease_owner="" if release else self.worker,
            lease_until=None if release else now + LEASE,
        )
        try:
            self.reading = self.app.sync.save_list_reading(after)
        except Conflict as error:
            raise LeaseLost("Another worker has written this list meanwhile.") from error
        self._unsaved = False

    def release(self) -> None:
        """Store what is not stored yet, and give the lease back."""
        if self._unsaved or self.reading.lease_owner == self.worker:
            self.save(release=True)

    def write(
        self, module: Module, added: AbstractSet[SugarId], gone: AbstractSet[SugarId]
    ) -> None:
        """Add and remove members; what is written twice is there once."""
        if not (added or gone):
            return
        self.changed = True
        if gone:
            self._must_be_live()
        self.hold()
        self.members.add(module, sorted(added))
        self.members.remove(module, sorted(gone))
        self._new.add(self._absent(RecordKey(module, i) for i in sorted(added)))
        self._gone |= _keys(module, gone).intersection(self.reading.waiting)

    @property
    def members(self) -> ListMembers:
        """Our members of this list."""
        return ListMembers(self.app, self.people_list)

    def settle(self) -> None:
        """Note what was found so far: when, and whose record is not here yet.

        Those that were waiting are looked at again, and those that were added now; all members,
        where only a number is known of some and the others have come.
        """
        before = self.reading
        waiting = Waiting(more=before.waiting_more)
        left = [RecordKey.parse(k) for k in before.waiting if k not in self._gone]
        waiting.add(self._absent(left))
        waiting.add(self._new.first, self._new.more)
        if waiting.more and not waiting.first:
            waiting = Waiting()
            for keys in self.members.pages():
                waiting.add(self._absent(keys))
        told = {
            "waiting": tuple(str(k) for k in waiting.first),
            "waiting_more": waiting.more,
            "changed_at": self.app.clock.now() if self.changed else before.changed_at,
        }
        if replace(before, **told) != before:  # type: ignore[arg-type]
            self.note(**told)
        self._new, self._gone, self.changed = Waiting(), set(), False

    def _absent(self, keys: Iterable[RecordKey]) -> list[RecordKey]:
        wanted = list(keys)
        if not wanted:
            return []
        found = self.app.records.records(self.reading.tenant, wanted)
        return [k for k in wanted if k not in found or found[k].state is State.HELD]

    def _must_be_live(self) -> None:
        """A list that is deleted, or that our user may no longer see, reads as an empty one."""
        if self._is_live:
            return
        lists = {one.sugar_id: one for one in self.crm.target_lists()}
        one = lists.get(self.people_list.sugar_id)
        if one is None or one.deleted:
            raise NotThere("Sugar does not show this Target List any more.")
        self._is_live = True


def _keys(module: Module, ids: AbstractSet[SugarId]) -> set[str]:
    return {str(RecordKey(module, i)) for i in ids}
