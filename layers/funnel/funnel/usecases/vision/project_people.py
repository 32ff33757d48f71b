"""Bring what the panels show of people up to date: the rows of their Leads and Contacts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, RecordKey, TenantId
from funnel.domain.lists.auto_lists import accounts_of
from funnel.domain.scoring.tallies import Tally
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.tracking.activities import SubjectId
from funnel.domain.vision.prospect_visits import SeenVisit, latest_visits
from funnel.domain.vision.prospects import Behind, Prospect, prospects, shown_links
from funnel.usecases.app import App
from funnel.usecases.scoring.read_families import read_families

ACTIVITIES = 60
"""Of one subject that are looked through for the latest visits."""
_TRIES = 12

Rows = dict[RecordKey, Prospect]


def project_people(app: App, tenant: TenantId, people: Iterable[PersonId]) -> int:
    """Work the rows of these people out anew; how many were written or removed.

    Who was merged is shown by the person it was merged into. Only what differs is written, and what
    was is looked at once more: what it follows from may have changed meanwhile, by somebody who then
    found nothing to write. May be repeated. Raises `StoreBusy` when others keep changing the same.
    """
    read = _read(app, tenant, people)
    touched: set[RecordKey] = set()
    written = 0
    for _ in range(_TRIES):
        rows, stale = _differing(app, tenant, read, touched)
        if not rows and not stale:
            return written
        people_now = {i: person.version for i, person in read.people.items()}
        saved = app.prospects.save_prospects(tenant, rows, people_now) if rows else []
        gone = app.prospects.remove_prospects(tenant, stale) if stale else []
        written += sum(saved) + sum(gone)
        touched |= {row.key for row in (*rows, *stale)}
        again = _read(app, tenant, read.people)
        if all(saved) and all(gone) and again.versions == read.versions:
            return written
        read = again
    raise StoreBusy("Others keep changing the same prospects.")


@dataclass(slots=True)
class _Read:
    """What people's rows follow from, but for scores and activities.

    `families` are the tallies that make up each person who did anything.
    """

    people: dict[PersonId, Person]
    families: dict[PersonId, dict[SubjectId, Tally]] = field(default_factory=dict)
    records: dict[RecordKey, SugarRecord] = field(default_factory=dict)

    @property
    def versions(self) -> Mapping[str, int]:
        """Of all of it: scores and activities change with the tallies."""
        people = {f"person {i}": one.version for i, one in self.people.items()}
        tallies = {
            f"tally {one.subject}": one.version
            for some in self.families.values()
            for one in some.values()
        }
        records = {f"record {key}": one.version for key, one in self.records.items()}
        return {**people, **tallies, **records}

    @property
    def keys(self) -> set[RecordKey]:
        """Of all records that are, or were, links of these people."""
        links = {link.key for one in self.people.values() for link in one.links}
        return links | {key for one in self.people.values() for key in one.formerly}


def _read(app: App, tenant: TenantId, people: Iterable[PersonId]) -> _Read:
    read = _Read(_people(app, tenant, people))
    live = [i for i, person in read.people.items() if shown_links(person)]
    if live:
        read.families = read_families(app, tenant, live)
    keys = [link.key for i in read.families for link in shown_links(read.people[i])]
    if keys:
        read.records = app.records.records(tenant, keys)
        if accounts := accounts_of(read.records.values()):
            read.records |= app.records.records(tenant, sorted(accounts))
    return read


def _people(app: App, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """These people, and those they were merged into."""
    found: dict[PersonId, Person] = {}
    todo = set(ids)
    while todo:
        some = app.records.people(tenant, sorted(todo))
        found |= some
        todo = {one.merged_into for one in some.values() if one.merged_into} - set(found)
    return found


def _differing(
    app: App, tenant: TenantId, read: _Read, touched: Iterable[RecordKey]
) -> tuple[list[Prospect], list[Prospect]]:
    """What to write, and what to remove."""
    keys = read.keys | set(touched)
    stored = app.prospects.prospects_of(tenant, sorted(keys)) if keys else {}
    wanted = _wanted(app, tenant, read)
    for row in _of_others(app, tenant, read, [stored[key] for key in set(stored) - set(wanted)]):
        stored.pop(row.key)
    rows = []
    for key, row in wanted.items():
        before = stored.get(key)
        fresh = replace(row, version=before.version if before else 0)
        if fresh != before:
            rows.append(fresh)
    return rows, [row for key, row in sorted(stored.items()) if key not in wanted]


def _wanted(app: App, tenant: TenantId, read: _Read) -> Rows:
    """The rows that there should be of these people."""
    ids = sorted(read.families)
    if not ids:
        return {}
    scores = app.activities.scores(tenant, ids)
    visits = _visits(app, tenant, read)
    return {
        row.key: row
        for i in ids
        for row in prospects(Behind(read.people[i], read.records, scores.get(i), visits[i]))
    }


def _visits(app: App, tenant: TenantId, read: _Read) -> dict[PersonId, tuple[SeenVisit, ...]]:
    subjects = sorted({s for some in read.families.values() for s in some})
    done = app.activities.newest_activities(tenant, subjects, ACTIVITIES)
    return {
        i: latest_visits(one for s in some for one in done[s].items)
        for i, some in read.families.items()
    }


def _of_others(app: App, tenant: TenantId, read: _Read, rows: Sequence[Prospect]) -> list[Prospect]:
    """Of rows that none of these people should have, those of records that are somebody else's."""
    if not rows:
        return []
    records = app.records.records(tenant, [row.key for row in rows])
    owners = {key: one.person_id for key, one in records.items() if one.person_id}
    return [row for row in rows if owners.get(row.key, row.person_id) not in read.people]
