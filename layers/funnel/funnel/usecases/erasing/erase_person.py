"""Erase a person on request: everything that is known of it, with a proof that tells nobody who."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from funnel.domain.errors import InputInvalid, NotFound, StoreBusy
from funnel.domain.ids import PersonId, RecordKey, TenantId
from funnel.domain.people.erasure import Erasure, Traces, added, address_mark, marks_of
from funnel.domain.sync.erased_records import emptied, erased_error
from funnel.domain.sync.records import Person, State, SugarRecord, Unit
from funnel.domain.sync.runs import Job, JobStatus
from funnel.domain.text import fold_email, fold_name
from funnel.domain.tracking.activities import SubjectId
from funnel.domain.tracking.visitors import browser_of_subject
from funnel.usecases.app import App
from funnel.usecases.bells.wake_members import wake_members
from funnel.usecases.campaigns.leave_campaigns import leave_campaigns
from funnel.usecases.companies.count_company import forget_visitors
from funnel.usecases.forms.forget_aside import forget_aside
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.living import is_empty
from funnel.usecases.pushing.close_rows import close_rows, unname_rows
from funnel.usecases.tracking.forget_browser import forget_browser

ERASE = "erase"
_TRIES = 8
_AT_ONCE = 20
_WITH_PEOPLE = frozenset({State.SYNCED, State.STALE, State.HELD})


def word_for(person: Person) -> str:
    """What has to be typed to have a person erased: the main address, or else the name."""
    return (person.emails[0] if person.emails else person.name) or person.person_id


def new_erasure(app: App, tenant: TenantId, person_id: PersonId, typed: str, by: str) -> Job:
    """The job that erases a person.

    Raises `NotFound`, and `InputInvalid` where something else was typed than the person's address
    or name.
    """
    person = app.records.people(tenant, [person_id]).get(person_id)
    if person is None or person.merged_into or is_empty(person):
        raise NotFound("There is no such person, or it was merged into another.")
    wanted = word_for(person)
    if fold_name(typed) != fold_name(wanted):
        raise InputInvalid(f"Type: {wanted}", field="confirm")
    keys = [str(link.key) for link in person.links]
    arguments = {"person_id": person_id, "records": keys}
    return Job(tenant, app.ids.new_id(), ERASE, by, app.clock.now(), arguments)


@dataclass(slots=True)
class _Found:
    """All that goes back to a person."""

    people: dict[PersonId, Person]
    records: dict[RecordKey, SugarRecord]
    emails: tuple[str, ...] = ()

    def traces(self, subjects: Iterable[str]) -> Traces:
        """What leads to these rows. What leads to others comes last, for whoever has to go on."""
        people = tuple(sorted(self.people))
        visitors = sorted(set(subjects) - set(people))
        return Traces(people, (*visitors, *people), self.emails, tuple(sorted(self.records)))


class EraseWork:
    """An erasure as one worker does it. Repeated it finds less each time, and in the end nothing."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._tenant = job.tenant
        self._person_id = PersonId(str(job.arguments["person_id"]))
        kept = job.arguments["records"]
        self._keys = [RecordKey.parse(str(key)) for key in kept] if isinstance(kept, list) else []

    def step(self, job: Job) -> Job:
        """All of it. What is left out from then on is kept first, what leads to the rest goes last."""
        found = self._gather()
        erasure = self._begun(job, found)
        counts = {"records": self._empty_records()}
        traces = found.traces(self._visitors(found))
        forget_visitors(self._app, self._tenant, map(SubjectId, traces.subjects))
        close_rows(self._app, self._tenant, found.people, found.records)
        unname_rows(self._app, self._tenant, found.records)
        forget_aside(self._app, self._tenant, found.emails)
        counts["walks"] = leave_campaigns(self._app, self._tenant, found.people)
        counts = added(counts, self._app.erasures.purge(self._tenant, traces))
        counts["people"] = self._empty_people(found)
        list_people(self._app, self._tenant, found.people)
        wake_members(self._app, self._tenant, found.people)
        # What came in while the last row still stood. From now on nothing can be theirs.
        counts["walks"] += leave_campaigns(self._app, self._tenant, found.people)
        traces = found.traces({*traces.subjects, *self._visitors(found)})
        counts = added(counts, self._app.erasures.purge(self._tenant, traces))
        # Done again after a restore, it is the same rows that go: they are counted once.
        done = replace(
            erasure,
            counts=erasure.counts if erasure.finished_at else added(erasure.counts, counts),
            finished_at=erasure.finished_at or self._app.clock.now(),
        )
        self._app.erasures.save_erasure(done)
        return replace(job, status=JobStatus.DONE, result={"counts": dict(done.counts)})

    def _visitors(self, found: _Found) -> set[SubjectId]:
        """Under whom they did something. Their browsers are nobody's from now on."""
        of = self._app.activities.subjects
        subjects = {one for person_id in found.people for one in of(self._tenant, person_id)}
        browsers = {browser for one in subjects if (browser := browser_of_subject(one))}
        for browser in sorted(browsers):
            forget_browser(self._app, self._tenant, browser, subjects, found.people)
        return subjects

    def _begun(self, job: Job, found: _Found) -> Erasure:
        """The proof, and the marks that keep everything out from now on."""
        consents = self._app.records.consents(self._tenant, found.emails) if found.emails else {}
        opted_out = [
            address_mark(self._tenant, email)
            for email, one in consents.items()
            if one.opt_out.value
        ]
        before = self._app.erasures.erasure(self._tenant, self._person_id) or Erasure(
            self._tenant, self._person_id, job.requested_by, self._app.clock.now()
        )
        marks = marks_of(self._tenant, found.emails, found.records)
        return self._app.erasures.save_erasure(
            replace(
                before,
                marks=tuple(sorted({*before.marks, *marks})),
                opted_out=tuple(sorted({*before.opted_out, *opted_out})),
            )
        )

    def _gather(self) -> _Found:
        """The person, those who were merged into it, and all records that were ever one of them."""
        records, people = self._app.records.records, self._app.records.people
        found = _Found(people(self._tenant, [self._person_id]), {})
        keys: set[RecordKey] = set(self._keys)
        seen: set[RecordKey] = set()
        while True:
            keys |= {key for one in found.people.values() for key in _keys_of(one)}
            new = keys - seen
            seen |= new
            for key, record in records(self._tenant, sorted(new)).items() if new else ():
                emptied_before = not record.person_id and not record.fields
                if record.person_id in found.people or emptied_before:
                    found.records[key] = record
            absorbed = {i for one in found.people.values() for i in (*one.absorbed, *one.took_in)}
            homes = {r.home_id for r in found.records.values() if r.home_id}
            wanted = (absorbed | homes) - set(found.people)
            merged = people(self._tenant, sorted(wanted)) if wanted else {}
            more = {i: p for i, p in merged.items() if p.merged_into in found.people}
            if not more and not new:
                break
            found.people.update(more)
        found.emails = self._addresses(found)
        return found

    def _addresses(self, found: _Found) -> tuple[str, ...]:
        """All addresses they ever had, without those that somebody else has by now."""
        emails = {email for one in found.people.values() for email in (*one.emails, *one.had)}
        emails |= {link.email for one in found.people.values() for link in one.links if link.email}
        of_records = (str(r.fields.get("email1") or "") for r in found.records.values())
        emails |= {folded for email in of_records if (folded := fold_email(email))}
        claims = self._app.records.claims(self._tenant, emails) if emails else {}
        others = {e for e, c in claims.items() if c.person_id and c.person_id not in found.people}
        return tuple(sorted(emails - others))

    def _empty_records(self) -> int:
        """Keep of each record only that it is there; how many were emptied."""
        emptied_now = 0
        for _ in range(_TRIES):
            found = self._gather().records
            todo = [r for r in found.values() if r.fields or r.state in _WITH_PEOPLE]
            if not todo:
                return emptied_now
            units = [_unit(one, self._app) for one in sorted(todo, key=lambda r: r.key)]
            for start in range(0, len(units), _AT_ONCE):
                part = units[start : start + _AT_ONCE]
                emptied_now += sum(self._app.records.commit(self._tenant, part))
        raise StoreBusy("Others keep changing the records of this person.")

    def _empty_people(self, found: _Found) -> int:
        """Keep of each person only the id, that of who was asked for last; how many were emptied."""
        ids = sorted(found.people, key=lambda i: (i == self._person_id, i))
        return sum(self._empty_person(person_id) for person_id in ids)

    def _empty_person(self, person_id: PersonId) -> int:
        for _ in range(_TRIES):
            person = self._app.records.people(self._tenant, [person_id]).get(person_id)
            if person is None or is_empty(person):
                return 0
            unit = Unit(people=[blank(person)])
            if self._app.records.commit(self._tenant, [unit]) == [True]:
                return 1
        raise StoreBusy("Others keep changing this person.")


def blank(person: Person) -> Person:
    """The person without anything that is known of it."""
    return Person(
        person.tenant,
        person.person_id,
        {},
        created_at=person.created_at,
        changed_at=person.created_at,
        erased=True,
        version=person.version,
    )


def _keys_of(person: Person) -> Iterable[RecordKey]:
    return (*(link.key for link in person.links), *person.formerly)


def _unit(record: SugarRecord, app: App) -> Unit:
    after = emptied(record)
    closed = [(record.key, one) for one in record.errors if one not in after.errors]
    error = erased_error(record.tenant, record.key, app.clock.now())
    # A record that is deleted in Sugar waits for nothing there.
    deleted = record.state is State.DELETED
    return Unit(
        records=[replace(after, state=State.DELETED, errors=(), root=None) if deleted else after],
        errors=[] if deleted else [error],
        closed=closed,
    )
