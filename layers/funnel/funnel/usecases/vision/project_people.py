"""Bring what the panels show of people up to date: the rows of their Leads and Contacts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, RecordKey, TenantId
from funnel.domain.lists.auto_lists import accounts_of
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.tallies import Tally
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.domain.tracking.visitors import browser_of_subject
from funnel.domain.vision.prospect_visits import SeenVisit, latest_visits, tell_all_shown
from funnel.domain.vision.prospects import Behind, Prospect, prospects, shown_links
from funnel.ports.batches import Batch
from funnel.ports.listing import Listing
from funnel.usecases.app import App
from funnel.usecases.scoring.read_families import read_families
from funnel.usecases.scoring.score_families import Family

FEW, MANY = 25, 60
"""Activities of one subject that are looked through for the latest visits; so many if the few do not tell."""
_TRIES = 12

Rows = dict[RecordKey, Prospect]
Newest = Mapping[SubjectId, Listing[Activity]]
"""The latest activities of subjects, the latest first, and where they go on."""


def project_people(app: App, tenant: TenantId, people: Iterable[PersonId]) -> int:
    """Work the rows of these people out anew; how many were written or removed.

    Who was merged is shown by the person it was merged into. Only what differs is written, and what
    was is looked at once more: what it follows from may have changed meanwhile, by somebody who then
    found nothing to write. May be repeated. Raises `StoreBusy` when others keep changing the same.
    """
    return _project(app, tenant, _read(app, tenant, people))


def project_family(app: App, family: Family, newest: Newest) -> int:
    """The same of the person of a family that was just written: what is known of it is not read again.

    `newest` was read since.
    """
    tenant, person = family.root.tenant, family.person
    if person is None:
        return 0
    read = _Read({person.person_id: person}, newest=newest)
    if shown_links(person):
        both = {one.subject: one for one in (*family.chain, *family.others) if one.version}
        read.families = {person.person_id: both}
        read.scores = {person.person_id: family.score} if family.score else {}
    return _project(app, tenant, _with_records(app, tenant, read))


@dataclass(slots=True)
class _Read:
    """What people's rows follow from, and the `rows` there are.

    `families` are the tallies that make up each person who did anything; `asked` are the keys of all
    records that were asked for.
    """

    people: Mapping[PersonId, Person]
    families: Mapping[PersonId, Mapping[SubjectId, Tally]] = field(default_factory=dict)
    scores: Mapping[PersonId, Score] = field(default_factory=dict)
    newest: Newest = field(default_factory=dict)
    asked: frozenset[RecordKey] = frozenset()
    records: Mapping[RecordKey, SugarRecord] = field(default_factory=dict)
    rows: Mapping[RecordKey, Prospect] = field(default_factory=dict)

    @property
    def keys(self) -> set[RecordKey]:
        """Of all records that are, or were, links of these people."""
        links = {link.key for one in self.people.values() for link in one.links}
        return links | {key for one in self.people.values() for key in one.formerly}

    def own_version(self, person_id: PersonId) -> int:
        """Of a person's own tally; 0 where there is none."""
        own = self.families.get(person_id, {}).get(SubjectId(person_id))
        return own.version if own else 0


def _project(app: App, tenant: TenantId, read: _Read) -> int:
    touched: set[RecordKey] = set()
    written = 0
    for _ in range(_TRIES):
        rows, stale = _differing(app, tenant, read)
        if not rows and not stale:
            return written
        people_now = {i: person.version for i, person in read.people.items()}
        saved = app.prospects.save_prospects(tenant, rows, people_now) if rows else []
        gone = app.prospects.remove_prospects(tenant, stale) if stale else []
        written += sum(saved) + sum(gone)
        touched |= {row.key for row in (*rows, *stale)}
        if all(saved) and all(gone) and _still_stands(app, tenant, read):
            return written
        read = _read(app, tenant, read.people, touched)
    raise StoreBusy("Others keep changing the same prospects.")


def _still_stands(app: App, tenant: TenantId, read: _Read) -> bool:
    """Whether all that the rows follow from is as it was read.

    Whatever changes a score, or what was done, makes the person's own tally another one.
    """
    live = [i for i, person in read.people.items() if shown_links(person)]
    own = [SubjectId(i) for i in live]
    batch = Batch(people=read.people, tallies=own, records=read.asked)
    now = app.batches.read_batch(tenant, batch)
    return (
        _versions(now.people) == _versions(read.people)
        and _versions(now.records) == _versions(read.records)
        and all(now.tallies[SubjectId(i)].version == read.own_version(i) for i in live)
    )


def _versions(rows: Mapping[Any, Person | SugarRecord]) -> Mapping[Any, int]:
    return {key: one.version for key, one in rows.items()}


def _read(
    app: App, tenant: TenantId, people: Iterable[PersonId], touched: Iterable[RecordKey] = ()
) -> _Read:
    """All of it, and the rows of `touched`."""
    read = _Read(_people(app, tenant, people))
    live = [i for i, person in read.people.items() if shown_links(person)]
    if live:
        read.families = read_families(app, tenant, live)
    # Scores after the tallies they change with.
    return _with_records(app, tenant, read, read.families, touched)


def _with_records(
    app: App,
    tenant: TenantId,
    read: _Read,
    unscored: Collection[PersonId] = (),
    touched: Iterable[RecordKey] = (),
) -> _Read:
    """With the records, and the rows; the scores of those of whom they are not known yet."""
    links = {link.key for i in read.families for link in shown_links(read.people[i])}
    batch = Batch(records=links, prospects={*read.keys, *touched}, scores=unscored)
    found = app.batches.read_batch(tenant, batch)
    accounts = accounts_of(found.records.values())
    around = app.records.records(tenant, sorted(accounts)) if accounts else {}
    return replace(
        read,
        scores={**read.scores, **found.scores},
        asked=frozenset(links | accounts),
        records={**found.records, **around},
        rows=found.prospects,
    )


def _people(app: App, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """These people, and those they were merged into."""
    found: dict[PersonId, Person] = {}
    todo = set(ids)
    while todo:
        some = app.records.people(tenant, sorted(todo))
        found |= some
        todo = {one.merged_into for one in some.values() if one.merged_into} - set(found)
    return found


def _differing(app: App, tenant: TenantId, read: _Read) -> tuple[list[Prospect], list[Prospect]]:
    """What to write, and what to remove."""
    stored = dict(read.rows)
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
    visits = _visits(app, tenant, read)
    return {
        row.key: row
        for i in sorted(read.families)
        for row in prospects(Behind(read.people[i], read.records, read.scores.get(i), visits[i]))
    }


def _visits(app: App, tenant: TenantId, read: _Read) -> dict[PersonId, tuple[SeenVisit, ...]]:
    """Of all browsers that are somebody's: nobody else visits."""
    browsers = {i: sorted(filter(browser_of_subject, some)) for i, some in read.families.items()}
    unread = sorted({one for some in browsers.values() for one in some} - set(read.newest))
    newest = {**read.newest, **app.activities.newest_activities(tenant, unread, FEW)}
    return {
        i: latest_visits(one for s in some for one in _looked_through(app, tenant, s, newest[s]))
        for i, some in browsers.items()
    }


def _looked_through(
    app: App, tenant: TenantId, subject: SubjectId, newest: Listing[Activity]
) -> Sequence[Activity]:
    """Of the latest that a subject did as many as tell its visits."""
    few = newest.items[:FEW]
    if tell_all_shown(few):
        return few
    many = list(newest.items[:MANY])
    if newest.cursor and len(many) < MANY:
        rest = MANY - len(many)
        many += app.activities.list_activities(tenant, subject, rest, newest.cursor).items
    return many


def _of_others(app: App, tenant: TenantId, read: _Read, rows: Sequence[Prospect]) -> list[Prospect]:
    """Of rows that none of these people should have, those of records that are somebody else's."""
    if not rows:
        return []
    records = app.records.records(tenant, [row.key for row in rows])
    owners = {key: one.person_id for key, one in records.items() if one.person_id}
    return [row for row in rows if owners.get(row.key, row.person_id) not in read.people]
