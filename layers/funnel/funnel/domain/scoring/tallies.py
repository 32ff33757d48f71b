"""What a subject did, counted, and which subjects make up a person.

A subject belongs to a person as its visitor, or because it is a person that was merged into that
one. What it did stays its own, so that it can be parted again. A person that belongs to nobody is
scored by its own tally and those of all who belong to it, directly or by others.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.scoring import Counts
from funnel.domain.sync.records import Unit
from funnel.domain.tracking.activities import Activity, SubjectId

NOBODY = PersonId("")
_PARTED = frozenset({"parted", "set apart"})
"""What history calls it when a person that was merged is one of its own again."""
MOST_SUBJECTS = 200
"""That belong to one person itself: browsers, unless somebody makes them up. People come beside."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One subject: its counts by the rules of `generation`, and whom it belongs to.

    `owner` is the person it belongs to, `subjects` are those who belong to it. `is_person` says that
    it is a person itself. Whatever changes the score of a person writes that person's own tally, if
    only to make it another version: that is what keeps two writers apart.
    """

    tenant: TenantId
    subject: SubjectId
    counts: Counts = field(default_factory=dict)
    generation: int = 0
    owner: PersonId = NOBODY
    subjects: frozenset[SubjectId] = frozenset()
    is_person: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """What is written together or not at all about a subject and the person it belongs to.

    Each row has the version it was read at, 0 for one that is not here yet, and is stored with the
    next. `people` are those who are people and were not known as such before: they are listed from
    then on. `of` is who may not be erased by then, "" for nobody. At most 100 rows.
    """

    tallies: tuple[Tally, ...]
    activities: tuple[Activity, ...] = ()
    score: Score | None = None
    people: tuple[SubjectId, ...] = ()
    of: PersonId = PersonId("")

    @property
    def tenants(self) -> set[TenantId]:
        """Whose rows these are: one tenant's, as it should be."""
        score = {self.score.tenant} if self.score else set()
        return {a.tenant for a in self.activities} | {t.tenant for t in self.tallies} | score


@dataclass(frozen=True, slots=True)
class ChangeOutcome:
    """Whether a change was written; if not, which activities were here already, by their ids.

    Where these are none, other rows were changed meanwhile.
    """

    written: bool
    here: frozenset[str] = frozenset()


Tallies = Callable[[Iterable[SubjectId]], Mapping[SubjectId, Tally]]
"""Reads tallies; of subjects that have none, empty ones of version 0."""


def owners(read: Tallies, subject: SubjectId) -> list[Tally]:
    """The subject's tally, that of the person it belongs to, and so on; the last belongs to nobody."""
    chain: list[Tally] = []
    while subject and all(one.subject != subject for one in chain):
        chain.append(read([subject])[subject])
        subject = SubjectId(chain[-1].owner)
    return chain


def family(read: Tallies, root: Tally) -> dict[SubjectId, Tally]:
    """The tallies that make up a person: its own first, then of all who belong to it."""
    found = {root.subject: root}
    todo = sorted(root.subjects)
    while todo:
        some = read(todo)
        found.update(some)
        todo = sorted({s for one in some.values() for s in one.subjects} - set(found))
    return found


def moved(
    read: Tallies, subject: SubjectId, person_id: PersonId
) -> tuple[ScoreChange | None, PersonId]:
    """What to write so that the subject belongs to this person (`NOBODY`: to none).

    Also whom it belonged to before. None where it does already, and where the person has as many
    visitors as it can have: one more stays as it is. Who belonged to the
    subject, and now is to have it, belongs to it no more.
    """
    seen: dict[SubjectId, Tally] = {}

    def read_once(ids: Iterable[SubjectId]) -> Mapping[SubjectId, Tally]:
        wanted = list(ids)
        if unseen := [one for one in wanted if one not in seen]:
            seen.update(read(unseen))
        return {s: seen[s] for s in wanted}

    # The last of each chain is scored by what moves: it becomes another version.
    touched = {one.subject for one in owners(read_once, subject)}
    before = seen[subject].owner
    if before == person_id or _is_full(read_once, subject, person_id):
        return None, before
    if before:
        _part(seen, seen[SubjectId(before)], subject)
    new: tuple[SubjectId, ...] = ()
    if person_id:
        chain = owners(read_once, SubjectId(person_id))
        touched |= {one.subject for one in chain}
        for one in chain:
            if SubjectId(one.owner) == subject:
                _part(seen, seen[subject], one.subject)
        parent = seen[SubjectId(person_id)]
        new = () if parent.is_person else (parent.subject,)
        together = parent.subjects | {subject}
        seen[parent.subject] = replace(parent, subjects=together, is_person=True)
    seen[subject] = replace(seen[subject], owner=person_id)
    tallies = tuple(seen[s] for s in sorted(touched))
    return ScoreChange(tallies, people=new, of=person_id), before


def _is_full(read: Tallies, subject: SubjectId, person_id: PersonId) -> bool:
    if not person_id or read([subject])[subject].is_person:
        return False
    return len(read([SubjectId(person_id)])[SubjectId(person_id)].subjects) >= MOST_SUBJECTS


def regrouped_by(units: Iterable[Unit]) -> set[PersonId]:
    """Whose scores these units change, because people are merged or parted by them."""
    return {
        person.person_id
        for unit in units
        if any(one.merged_into for one in unit.people)
        or any(entry.kind in _PARTED for entry in unit.history)
        for person in unit.people
    }


def _part(seen: dict[SubjectId, Tally], parent: Tally, child: SubjectId) -> None:
    seen[parent.subject] = replace(parent, subjects=parent.subjects - {child})
    seen[child] = replace(seen[child], owner=NOBODY)
