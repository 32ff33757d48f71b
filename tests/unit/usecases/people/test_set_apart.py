"""A record set apart from its person by hand, and joined again."""

import pytest

from funnel.domain.crm import Value
from funnel.domain.errors import Conflict, InputInvalid, NotFound, StoreBusy
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.records import HistoryEntry, Person, SugarRecord
from funnel.domain.sync.runs import RunKind
from funnel.usecases.people.set_apart import join_again, set_apart
from tests.fakes.world import TENANT, World

LEAD, CONTACT, OTHER = (
    RecordKey(Module.LEADS, SugarId("l")),
    RecordKey(Module.CONTACTS, SugarId("c")),
    RecordKey(Module.LEADS, SugarId("o")),
)


class Office:
    """A synced Funnel, and a marketer in it called Ada."""

    def __init__(self) -> None:
        self.world = World()
        self.world.connect()

    def sync(self, kind: RunKind = RunKind.HOURLY) -> None:
        self.world.clock.advance(3_600)
        self.world.sync(kind)

    def put(self, key: RecordKey, email: str, **fields: Value) -> None:
        self.world.sugar.put(key.module, key.sugar_id, at=None, email1=email, **fields)

    def record(self, key: RecordKey) -> SugarRecord:
        return self.world.store.records(TENANT, [key])[key]

    def person(self, key: RecordKey) -> Person:
        person_id = self.record(key).person_id
        return self.world.store.people(TENANT, [person_id])[person_id]

    def apart(self, key: RecordKey) -> PersonId:
        return set_apart(self.world.app, TENANT, self.record(key).person_id, key, "Ada")

    def join(self, key: RecordKey) -> PersonId:
        return join_again(self.world.app, TENANT, self.record(key).person_id, key, "Ada")

    def told(self, subject: object) -> list[HistoryEntry]:
        return list(self.world.store.history(TENANT, str(subject), 50).items)

    def holder(self, email: str) -> PersonId:
        return self.world.store.claims(TENANT, [email])[email].person_id


@pytest.fixture
def office() -> Office:
    """A Lead and a Contact that are one person."""
    found = Office()
    found.put(LEAD, "ann@x.test", last_name="Ann", phone_home="1")
    found.put(CONTACT, "ann@x.test", last_name="Anton")
    found.sync(RunKind.INITIAL)
    return found


def test_a_record_set_apart_is_a_person_of_its_own_and_the_address_stays(office: Office) -> None:
    joined = office.person(CONTACT)
    now = office.apart(LEAD)
    assert office.record(LEAD).person_id == now != joined.person_id
    assert [link.key for link in office.person(LEAD).links] == [LEAD]
    assert [link.key for link in office.person(CONTACT).links] == [CONTACT]
    assert office.person(CONTACT).person_id == joined.person_id
    assert office.holder("ann@x.test") == joined.person_id
    assert "phone_home" not in office.person(CONTACT).fields
    assert office.person(LEAD).fields["phone_home"] == "1"


def test_it_goes_back_to_the_person_it_founded(office: Office) -> None:
    office.put(OTHER, "own@x.test", last_name="Otto")
    office.sync()
    founded = office.person(OTHER).person_id
    office.put(OTHER, "ann@x.test")
    office.sync()
    assert office.person(OTHER).person_id == office.person(CONTACT).person_id
    assert office.apart(OTHER) == founded
    assert office.person(OTHER).merged_into == ""


def test_it_stays_apart_through_syncs_until_its_address_changes_in_sugar(office: Office) -> None:
    office.apart(LEAD)
    office.put(LEAD, " ANN@x.test", title="CTO")
    office.sync()
    office.sync(RunKind.FULL)
    assert office.record(LEAD).apart
    assert office.person(LEAD).person_id != office.person(CONTACT).person_id
    office.put(LEAD, "new@x.test")
    office.sync()
    assert not office.record(LEAD).apart
    assert office.holder("new@x.test") == office.person(LEAD).person_id
    office.put(LEAD, "ann@x.test")
    office.sync()
    assert office.person(LEAD).person_id == office.person(CONTACT).person_id


def test_joined_again_it_is_as_it_was(office: Office) -> None:
    before = office.person(CONTACT)
    office.apart(LEAD)
    assert office.join(LEAD) == before.person_id
    after = office.person(CONTACT)
    assert [link.key for link in after.links] == [link.key for link in before.links]
    assert (after.fields, after.emails) == (before.fields, before.emails)
    assert not office.record(LEAD).apart


def test_histories_of_the_record_and_both_people_say_who_did_it(office: Office) -> None:
    joined = office.person(CONTACT).person_id
    alone = office.apart(LEAD)
    office.world.clock.advance(60)
    office.join(LEAD)
    stories = {
        subject: [
            (e.kind, e.side, e.by, e.note)
            for e in reversed(office.told(subject))
            if e.side == "Funnel"
        ]
        for subject in (LEAD, joined, alone)
    }
    assert stories == {
        LEAD: [
            ("set apart", "Funnel", "Ada", alone),
            ("joined again", "Funnel", "Ada", joined),
        ],
        joined: [
            ("set apart", "Funnel", "Ada", alone),
            ("joined again", "Funnel", "Ada", alone),
        ],
        alone: [
            ("set apart", "Funnel", "Ada", joined),
            ("merged", "Funnel", "Ada", joined),
        ],
    }
    (change,) = office.told(joined)[1].changes
    assert (change.field, change.before, change.after) == ("phone_home", "1", None)
    assert change.rule == "set apart"


def test_asked_twice_it_is_done_once(office: Office) -> None:
    person_id = office.person(LEAD).person_id
    first = set_apart(office.world.app, TENANT, person_id, LEAD, "Ada")
    writes = office.world.store.writes
    assert set_apart(office.world.app, TENANT, person_id, LEAD, "Ada") == first
    assert office.world.store.writes == writes
    again = join_again(office.world.app, TENANT, first, LEAD, "Ada")
    writes = office.world.store.writes
    assert join_again(office.world.app, TENANT, first, LEAD, "Ada") == again
    assert office.world.store.writes == writes


def test_a_converted_lead_can_be_set_apart_from_its_contact(office: Office) -> None:
    office.put(OTHER, "private@x.test", converted="1", contact_id="c")
    office.sync()
    assert office.person(OTHER).person_id == office.person(CONTACT).person_id
    office.apart(OTHER)
    assert office.person(OTHER).person_id != office.person(CONTACT).person_id
    assert office.record(CONTACT).person_id == office.record(LEAD).person_id


def test_what_cannot_be_set_apart_is_said(office: Office) -> None:
    office.put(OTHER, "own@x.test")
    office.sync()
    with pytest.raises(InputInvalid, match="only record"):
        office.apart(OTHER)
    with pytest.raises(Conflict, match="another person"):
        set_apart(office.world.app, TENANT, office.person(OTHER).person_id, LEAD, "Ada")
    for key in (RecordKey(Module.LEADS, SugarId("none")), RecordKey(Module.USERS, SugarId("1"))):
        with pytest.raises(NotFound):
            set_apart(office.world.app, TENANT, PersonId("p"), key, "Ada")
    office.world.sugar.delete(Module.LEADS, "l")
    office.sync()
    with pytest.raises(NotFound):
        office.apart(LEAD)


def test_one_too_many_cannot_be_joined_again() -> None:
    office = Office()
    for number in range(51):
        office.put(RecordKey(Module.LEADS, SugarId(f"l{number:02}")), "info@x.test", last_name="I")
    office.sync(RunKind.INITIAL)
    last = RecordKey(Module.LEADS, SugarId("l50"))
    assert office.record(last).apart
    with pytest.raises(Conflict, match="50"):
        office.join(last)
    assert office.record(last).apart


def test_an_edit_that_comes_between_is_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, commit = office.world.store, office.world.store.commit

    def late(*given: object) -> list[bool]:
        monkeypatch.setattr(store, "commit", commit)
        office.put(LEAD, "ann@x.test", title="CTO")
        office.sync()
        return store.commit(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "commit", late)
    office.apart(LEAD)
    assert office.record(LEAD).apart
    assert office.person(LEAD).fields["title"] == "CTO"


def test_it_does_not_go_on_for_ever(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.world.store, "commit", lambda _t, units: [False for _ in units])
    with pytest.raises(StoreBusy):
        office.apart(LEAD)
