"""Compare a Target List's members with ours, part by part, and write only the differences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from funnel.domain.crm import Members
from funnel.domain.errors import ModuleMissing, NoRight, ReplyTooLarge
from funnel.domain.ids import Module, SugarId
from funnel.domain.lists.target_lists import (
    MEMBER_MODULES,
    MOST_MEMBERS,
    MOST_ODD,
    Part,
    cut,
    digest_of,
    is_odd,
    joined,
)
from funnel.ports.sync_messages import ReadTargetList
from funnel.usecases.target_lists.list_reading import Reading

_ALL = 10**9


def compare(
    reading: Reading,
    message: ReadTargetList,
    began: datetime,
    seconds_left: Callable[[], float],
    check: Callable[[], None],
) -> ReadTargetList | None:
    """Compare all parts; the message that goes on where the time has run out.

    Raises `LeaseLost` where another worker has written meanwhile, `NotThere`, and what `check`
    raises before a part: whoever may not go on reads and writes no further one.
    """
    at = MEMBER_MODULES.index(message.module) if message.module else 0
    for module in MEMBER_MODULES[at:]:
        here = message.module is module
        work = _Module(reading, module, message.whole, set(message.odd) if here else set())
        work.start(message.since if here else "")
        try:
            while work.todo:
                if seconds_left() <= 0:
                    work.keep_plan()
                    return replace(
                        message,
                        module=module,
                        since=work.todo[0].ids.since or "",
                        began_at=began,
                        odd=tuple(sorted(work.odd)),
                        attempt=0,
                    )
                check()
                work.step()
            check()
            work.end()
        except (ModuleMissing, NoRight) as error:
            reading.refused[module] = error
    return None


@dataclass(slots=True)
class _Module:
    """The members of one module. `odd` are those of an unusual id met so far, where it is cut."""

    of: Reading
    module: Module
    whole: bool
    odd: set[SugarId]
    todo: list[Part] = field(default_factory=list)
    _done: list[Part] = field(default_factory=list)
    _in_one: bool = False
    _replanned: bool = False

    def start(self, since: str) -> None:
        """From the part that begins at `since`, or the nearest before it."""
        parts = self.of.reading.of(self.module)
        if len(parts) > 1 and not self.of.crm.reads_ranges():
            parts = (Part(self.module),)
        self._in_one = parts[0].count > MOST_MEMBERS
        begin = max(i for i, p in enumerate(parts) if (p.ids.since or "") <= since)
        self._done, self.todo = list(parts[:begin]), list(parts[begin:])

    def step(self) -> None:
        """Read one part, or cut it."""
        part = self.todo[0]
        page = self._read(part)
        if page is None or not page.whole:
            self._cut(part, () if page is None else page.dates)
            return
        after = Part(self.module, part.ids, len(page.dates), digest_of(page.dates))
        rest = self.todo[1:]
        is_cut = bool(self._done or rest)
        if is_cut:
            self.odd |= {i for i in page.dates if is_odd(i)}
            if len(self.odd) > MOST_ODD:
                self._read_in_one()
                return
        if self.whole or after != part:
            self._compare(after, page, is_cut=is_cut)
            if after != part:
                self._note_parts([*self._done, after, *rest])
        self._done.append(after)
        self.todo = rest

    def keep_plan(self) -> None:
        """For whoever goes on: cuts made by this worker would have to be made again."""
        if self._replanned:
            self._note_parts([*self._done, *self.todo])

    def end(self) -> None:
        """Compare the odd members, which may lie in any part, and only then join small parts.

        A module of one part has its odd members in that part's digest, and none apart.
        """
        if len(self._done) > 1:
            self._compare_odd()
        parts = joined(self._done, MOST_MEMBERS)
        if parts != self.of.reading.of(self.module):
            self._note_parts(parts)
        if len(parts) == 1 and self.module in self.of.reading.odd:
            others = {m: ids for m, ids in self.of.reading.odd.items() if m is not self.module}
            self.of.note(odd=others)

    def _compare_odd(self) -> None:
        theirs, ours = self.odd, set(self._our_odd())
        if theirs == ours:
            if self.module not in self.of.reading.odd:
                self._note_odd(theirs)
            return
        # Said before it is done: a worker that dies leaves no odd member behind that none knows.
        self._note_odd(theirs | ours)
        self.of.save()
        added, gone = theirs - ours, ours - theirs
        if self.module is Module.PROSPECTS:
            self.of.targets.keep(dict.fromkeys(added), gone)
        self.of.write(self.module, added, gone)
        self._note_odd(theirs)

    def _read(self, part: Part) -> Members | None:
        """None for what is too large to be read at once."""
        limit = _ALL if self._in_one else MOST_MEMBERS
        try:
            return self.of.crm.members(self.of.people_list.sugar_id, self.module, part.ids, limit)
        except ReplyTooLarge:
            if self._in_one or not self.of.crm.reads_ranges():
                raise
            return None

    def _cut(self, part: Part, seen: Iterable[str]) -> None:
        """Where the ids give no place to cut, the module is read in one request."""
        halves = cut(part, seen)
        if halves is None:
            self._read_in_one()
        else:
            self.todo[:1] = halves
            self._replanned = True

    def _read_in_one(self) -> None:
        self._in_one, self.odd, self._done = True, set(), []
        self.todo = [Part(self.module, count=MOST_MEMBERS + 1)]
        self._replanned = True

    def _compare(self, part: Part, page: Members, *, is_cut: bool) -> None:
        ours = self.of.members.between(self.module, part.ids)
        theirs: AbstractSet[SugarId] = page.dates.keys()
        if is_cut:
            ours = {i for i in ours if not is_odd(i)}
            theirs = {i for i in theirs if not is_odd(i)}
        added, gone = theirs - ours, ours - theirs
        if self.module is Module.PROSPECTS:
            self.of.targets.keep(page.dates, gone)
        self.of.write(self.module, added, gone)

    def _our_odd(self) -> Sequence[SugarId]:
        known: Mapping[Module, tuple[SugarId, ...]] = self.of.reading.odd
        if self.module in known and not self.whole:
            return known[self.module]
        pages = self.of.members.pages(self.module)
        return [k.sugar_id for keys in pages for k in keys if is_odd(k.sugar_id)]

    def _note_parts(self, parts: Sequence[Part]) -> None:
        self.of.note(parts=self.of.reading.with_parts(self.module, parts).parts)

    def _note_odd(self, odd: AbstractSet[SugarId]) -> None:
        self.of.note(odd={**self.of.reading.odd, self.module: tuple(sorted(odd))})
