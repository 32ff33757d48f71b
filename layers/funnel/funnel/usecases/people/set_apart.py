"""Set a Lead or Contact apart from the person it is joined with, or join it again."""

from funnel.domain.errors import Conflict, InputInvalid, NotFound, StoreBusy
from funnel.domain.ids import PersonId, RecordKey, TenantId
from funnel.domain.mapping.mapping import STANDARD_ONLY
from funnel.domain.people.by_hand import by_hand_units, record_in
from funnel.domain.people.identity import MOST_LINKS
from funnel.domain.sync.intake import Intake, link_of
from funnel.domain.sync.records import SugarRecord
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import commit_and_ask, has_segments
from funnel.usecases.sync.load_people import load_around

_TRIES = 8
_UNIT = 100


def set_apart(app: App, tenant: TenantId, person_id: PersonId, key: RecordKey, by: str) -> PersonId:
    """Make the record a person of its own, until its address changes; that person's id.

    It goes back to the person it founded where that one is free. Done already, nothing changes.
    Raises `NotFound` for a record that is no link, `Conflict` for one that belongs to another
    person by now, `InputInvalid` for a person's only record, `StoreBusy` when others keep changing
    the same people.
    """
    record = _link(app, tenant, key)
    if record.apart:
        return record.person_id
    _check_person(record, person_id)
    person = app.records.people(tenant, [person_id]).get(person_id)
    if person is None or len(person.links) < 2:
        raise InputInvalid(
            "This is the person's only record: there is nothing to set it apart from."
        )
    return _regroup(app, record, by, apart=True)


def join_again(
    app: App, tenant: TenantId, person_id: PersonId, key: RecordKey, by: str
) -> PersonId:
    """Let the record belong to whoever has its address again; that person's id.

    Done already, nothing changes. Raises `NotFound` for a record that is no link, `Conflict` for
    one of another person, or where the address has as many records as a person can have, and
    `StoreBusy` as above.
    """
    record = _link(app, tenant, key)
    if not record.apart:
        return record.person_id
    _check_person(record, person_id)
    return _regroup(app, record, by, apart=False)


def _link(app: App, tenant: TenantId, key: RecordKey) -> SugarRecord:
    record = app.records.records(tenant, [key]).get(key)
    if record is None or link_of(record) is None:
        raise NotFound("There is no such link to Sugar.")
    return record


def _check_person(record: SugarRecord, person_id: PersonId) -> None:
    if record.person_id != person_id:
        raise Conflict(
            "This record belongs to another person by now.",
            mend="Open that person and look again.",
        )


def _regroup(app: App, record: SugarRecord, by: str, *, apart: bool) -> PersonId:
    """Under the versions of everything it touches; read anew when others were quicker."""
    tenant = record.tenant
    connection = app.sync.connection(tenant)
    mappings = connection.all_mappings() if connection else STANDARD_ONLY
    for _ in range(_TRIES):
        changed = Intake(record, record, (), (), frozenset())
        around = load_around(app.records, tenant, [changed], connection)
        now = app.clock.now()
        units = by_hand_units(around, record, by, now, mappings, apart=apart)
        after = record_in(units, record)
        if after.apart != apart or any(len(unit) > _UNIT for unit in units):
            raise Conflict(
                f"Its address has as many records as one person can have ({MOST_LINKS}).",
                mend="Give it, or others, an address of their own in Sugar.",
            )
        before = {record.key: record}
        if all(
            commit_and_ask(
                app.records, app.queue, tenant, units, before, has_segments(app.lists, tenant)
            )
        ):
            return after.person_id
        record = _link(app, tenant, record.key)
        if record.apart == apart:
            return record.person_id
    raise StoreBusy("Others keep changing these people.", mend="Try again in a minute.")
