"""What a viewer may know of a person: not what only a colleague's record says."""

from collections.abc import Callable
from dataclasses import replace

from funnel.domain.ids import RecordKey, SugarId
from funnel.domain.mapping.mapping import Mappings
from funnel.domain.people.people import preferred, sugar_values
from funnel.domain.sync.records import Person, SugarRecord
from funnel.usecases.app import App

MaySee = Callable[[RecordKey, SugarId], bool]


def as_seen(app: App, record: SugarRecord, person: Person, may_see: MaySee) -> Person:
    """The person as the records say that may be seen, `record` among them, and what was set here.

    The very same person where nothing is hidden.
    """
    seen = [one for one in person.links if one.key == record.key or may_see(one.key, one.owner_id)]
    if len(seen) == len(person.links):
        return person
    found = app.records.records(person.tenant, [one.key for one in seen])
    records = preferred({**found, record.key: record}.values())
    connection = app.sync.connection(person.tenant)
    said = sugar_values(records, connection.all_mappings() if connection else Mappings())
    here = {name: person.fields[name] for name in person.edited if name in person.fields}
    hidden = {one.email for one in person.links} - {one.email for one in seen}
    emails = [email for email in person.emails if email not in hidden]
    return replace(
        person,
        fields={**said, **here},
        agreed={},
        links=tuple(seen),
        emails=tuple(emails),
        name=record.name,
    )
