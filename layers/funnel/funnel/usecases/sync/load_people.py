"""Load everything that a change of some Leads and Contacts can touch."""

from collections.abc import Iterable

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.people.consent_units import emails_of, is_flagged
from funnel.domain.people.people_units import Around
from funnel.domain.sync.intake import Intake, link_of
from funnel.domain.sync.records import Link, Person, SugarRecord
from funnel.ports.store import RecordStore


def load_around(
    records: RecordStore,
    tenant: TenantId,
    intakes: Iterable[Intake],
    connection: Connection | None = None,
    people: Iterable[PersonId] = (),
) -> Around:
    """What is around these: people, addresses, other records, until nothing more hangs on them.

    `people` are looked at as well.
    """
    intakes = list(intakes)
    loader = _Loader(records, Around(tenant, connection), {i.record.key for i in intakes})
    loader.want_people(people)
    loader.want_people(p for i in intakes for p in (i.record.person_id, i.record.home_id))
    loader.want_links(link for i in intakes if (link := link_of(i.record)))
    loader.want_links(link for i in intakes if i.before and (link := link_of(i.before)))
    loader.load()
    loader.load_consents(intakes)
    return loader.around


class _Loader:
    """Asks for what is wanted and not here yet, round after round."""

    def __init__(self, records: RecordStore, around: Around, changed: set[RecordKey]) -> None:
        self._records = records
        self.around = around
        self._seen_records = set(changed)
        self._seen_people: set[PersonId] = set()
        self._seen_emails: set[str] = set()
        self._seen_contacts: set[SugarId] = set()
        self._people: set[PersonId] = set()
        self._emails: set[str] = set()
        self._keys: set[RecordKey] = set()
        self._contacts: set[SugarId] = set()
        self._with_consent: set[str] = set()

    def load(self) -> None:
        """Until nothing new is wanted."""
        while self._people or self._emails or self._keys or self._contacts:
            self._load_emails()
            self._load_followers()
            self._load_records()
            self._load_people()

    def load_consents(self, intakes: Iterable[Intake]) -> None:
        """Of the intakes' addresses, where there is one or their flags make one."""
        wanted = {
            email
            for intake in intakes
            for email in emails_of(intake)
            if email in self._with_consent or is_flagged(intake.record)
        }
        if wanted:
            self.around.consents.update(self._records.consents(self.around.tenant, wanted))

    def want_people(self, ids: Iterable[PersonId]) -> None:
        self._people |= {i for i in ids if i} - self._seen_people

    def want_links(self, links: Iterable[Link]) -> None:
        """Whoever has the address, the Contact a Lead became, the Leads that became a Contact."""
        for link in links:
            if link.email:
                self._emails |= {link.email} - self._seen_emails
            if link.converted_to:
                self._want_record(RecordKey(Module.CONTACTS, link.converted_to))
                self._contacts |= {link.converted_to} - self._seen_contacts
            if link.key.module is Module.CONTACTS:
                self._contacts |= {link.key.sugar_id} - self._seen_contacts

    def _want_record(self, key: RecordKey) -> None:
        if key not in self._seen_records:
            self._keys.add(key)

    def _load_emails(self) -> None:
        wanted, self._emails = self._emails, set()
        if not wanted:
            return
        self._seen_emails |= wanted
        found = self._records.claims(self.around.tenant, wanted)
        self._with_consent |= {email for email, claim in found.items() if claim.consent}
        held = {email: claim for email, claim in found.items() if claim.person_id}
        self.around.claims.update(held)
        self.want_people(claim.person_id for claim in held.values())

    def _load_followers(self) -> None:
        wanted, self._contacts = self._contacts, set()
        if not wanted:
            return
        self._seen_contacts |= wanted
        found = self._records.followers(self.around.tenant, wanted)
        self.around.followers.update(found)
        for row in found.values():
            for lead_id in row.lead_ids:
                self._want_record(RecordKey(Module.LEADS, lead_id))

    def _load_records(self) -> None:
        wanted, self._keys = self._keys, set()
        if not wanted:
            return
        self._seen_records |= wanted
        found = self._records.records(self.around.tenant, wanted)
        for record in found.values():
            self._met(record)

    def _met(self, record: SugarRecord) -> None:
        link = link_of(record)
        if link is None:
            return
        self.around.records[record.key] = record
        self.want_people((record.person_id, record.home_id))
        self.want_links([link])

    def _load_people(self) -> None:
        wanted, self._people = self._people, set()
        if not wanted:
            return
        self._seen_people |= wanted
        known = self._records.people(self.around.tenant, wanted)
        # Who was erased is nobody any more: what founded it founds another.
        found = {person_id: one for person_id, one in known.items() if not one.erased}
        self.around.people.update(found)
        for person in found.values():
            self._met_person(person)

    def _met_person(self, person: Person) -> None:
        self.want_people([person.merged_into, *person.absorbed])
        self._emails |= set(person.emails) - self._seen_emails
        for link in person.links:
            self._want_record(link.key)
