"""People made here, without a link to Sugar, and what becomes of them when Sugar has them too."""

from dataclasses import replace

import pytest

from funnel.domain.crm import Value
from funnel.domain.errors import AddressTaken, InputInvalid, NotFound
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS, Rule
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import Hit
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.forms.person_of_form import person_of_form
from funnel.usecases.living import standing
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.usecases.people.view_people import person, person_history
from tests.fakes.world import TENANT, World

LEAD, OTHER = RecordKey(Module.LEADS, SugarId("l")), RecordKey(Module.LEADS, SugarId("o"))


class Desk:
    """A connected Funnel and a marketer called Ada who makes people."""

    def __init__(self) -> None:
        self.world = World()
        self.world.connect()
        self.app = self.world.app

    def make(self, email: str = "ann@x.test", key: str = "k1", **fields: Value) -> Person:
        return create_person(self.app, TENANT, NewPerson(fields, email, "Ada"), key)

    def form(self, email: str = "ann@x.test", **names: str) -> Person:
        hit = Hit(
            "h1",
            ActivityKind.FORM,
            self.world.clock.now(),
            "https://x.test/",
            form="Ask",
            fields={"email": email, **names},
        )
        made = person_of_form(self.app, TENANT, hit, hit.at, lambda: True)
        assert made is not None
        return self.now(made)

    def lead(self, email: str, key: RecordKey = LEAD, **fields: Value) -> None:
        self.world.sugar.put(key.module, key.sugar_id, at=None, email1=email, **fields)

    def sync(self, kind: RunKind = RunKind.HOURLY) -> None:
        self.world.clock.advance(3_600)
        self.world.sync(kind)

    def now(self, person_id: PersonId) -> Person:
        found = standing(self.app, TENANT, person_id)
        assert found is not None
        return found

    def names(self, query: str = "") -> list[str]:
        return [row.name for row in find_people(self.app, TENANT, PeopleFilter(query)).items]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_person_made_here_is_in_the_list_and_is_found_by_name_and_address(desk: Desk) -> None:
    desk.make(" Ann@X.test ", first_name="Ann", last_name="Ott", title="CEO")
    assert desk.names() == desk.names("ann") == desk.names("ANN@x.test") == ["Ann Ott"]


def test_its_page_says_who_made_it_and_so_does_its_history(desk: Desk) -> None:
    made = desk.make(last_name="Ott")
    view = person(desk.app, TENANT, made.person_id)
    assert (view.made_by, view.emails, view.links) == ("Ada", ("ann@x.test",), ())
    assert [(s.kind, s.by) for s in view.sources] == [("here", "Ada")]
    [event] = person_history(desk.app, TENANT, made.person_id).items
    assert (event.kind, event.side, event.by, event.note) == (
        "created",
        "Funnel",
        "Ada",
        "ann@x.test",
    )
    assert [(c.field, c.before, c.after) for c in event.changes] == [("last_name", None, "Ott")]


def test_the_same_key_makes_the_same_person_once(desk: Desk) -> None:
    first = desk.make(last_name="Ott")
    assert desk.make(last_name="Ott") == first
    assert desk.names() == ["Ott"]
    assert desk.make("ben@x.test", "k2", last_name="Ott").person_id != first.person_id


def test_an_address_that_somebody_has_already_says_who(desk: Desk) -> None:
    desk.lead("ann@x.test", last_name="Ott")
    desk.sync(RunKind.INITIAL)
    with pytest.raises(AddressTaken, match="Ott has this address already") as taken:
        desk.make("ANN@x.test", last_name="Another")
    holder = desk.world.store.records(TENANT, [LEAD])[LEAD].person_id
    assert (taken.value.person_id, taken.value.name) == (holder, "Ott")
    assert desk.names() == ["Ott"]


@pytest.mark.parametrize(
    ("email", "fields", "field"),
    [
        ("", {}, "last_name"),
        ("", {"title": "CEO"}, "last_name"),
        ("nowhere", {"last_name": "Ott"}, "email"),
        ("ann@x.test", {"birthdate": "soon"}, "birthdate"),
        ("ann@x.test", {"shoe_size": "40"}, "shoe_size"),
    ],
)
def test_what_is_wrong_is_refused_by_its_field(
    desk: Desk, email: str, fields: dict[str, Value], field: str
) -> None:
    with pytest.raises(InputInvalid) as refused:
        create_person(desk.app, TENANT, NewPerson(fields, email, "Ada"), "k1")
    assert refused.value.field == field
    assert desk.names() == []


def test_a_person_is_made_without_a_sugar_being_connected() -> None:
    world = World()
    made = create_person(world.app, TENANT, NewPerson({"last_name": "Ott"}, "", "Ada"), "k")
    edited = edit_person(world.app, TENANT, made.person_id, {"title": "CEO"}, "Ben")
    assert edited.fields == {"last_name": "Ott", "title": "CEO"}
    assert edited.is_listed


def test_a_lead_that_comes_with_the_address_joins_the_person_and_fills_what_is_empty(
    desk: Desk,
) -> None:
    made = desk.make(last_name="Ott", title="CEO")
    desk.lead("Ann@x.test", last_name="Otter", title="CTO", phone_work="123")
    desk.sync(RunKind.INITIAL)
    now = desk.now(made.person_id)
    assert (
        now.person_id == made.person_id == desk.world.store.records(TENANT, [LEAD])[LEAD].person_id
    )
    assert [link.key for link in now.links] == [LEAD]
    assert now.fields == {"last_name": "Ott", "title": "CEO", "phone_work": "123"}
    assert now.edited["title"].by == "Ada"
    assert now.emails == ("ann@x.test",)
    assert desk.names() == ["Ott"]


def test_a_later_change_in_sugar_is_decided_by_the_fields_rule(desk: Desk) -> None:
    made = desk.make(last_name="Ott", title="CEO")
    desk.lead("ann@x.test", last_name="Ott", title="CTO")
    desk.sync(RunKind.INITIAL)
    desk.lead("ann@x.test", last_name="Ott", title="Founder")
    desk.sync()
    assert desk.now(made.person_id).fields["title"] == "Founder"


def test_an_edit_here_after_joining_stays_until_sugar_changes_the_field(desk: Desk) -> None:
    made = desk.make(last_name="Ott")
    desk.lead("ann@x.test", last_name="Ott", phone_work="1")
    desk.sync(RunKind.INITIAL)
    edit_person(desk.app, TENANT, made.person_id, {"phone_work": "2"}, "Ben")
    desk.lead("ann@x.test", last_name="Ott", phone_work="1", title="CEO")
    desk.sync()
    now = desk.now(made.person_id)
    assert (now.fields["phone_work"], now.fields["title"]) == ("2", "CEO")


def test_a_person_made_here_stays_in_the_list_when_its_lead_is_deleted_and_keeps_its_address(
    desk: Desk,
) -> None:
    made = desk.make(last_name="Ott")
    desk.lead("ann@x.test", last_name="Ott")
    desk.lead("ben@x.test", OTHER, last_name="Ben")
    desk.sync(RunKind.INITIAL)
    desk.world.sugar.delete(Module.LEADS, "l")
    desk.world.sugar.delete(Module.LEADS, "o")
    desk.sync()
    assert desk.names() == ["Ott"], "who came from Sugar alone leaves the list"
    assert desk.names("ann@x.test") == ["Ott"]
    desk.lead("ann@x.test", RecordKey(Module.LEADS, SugarId("l2")), last_name="Ott")
    desk.sync()
    assert [ln.key.sugar_id for ln in desk.now(made.person_id).links] == ["l2"]


def test_who_gets_the_address_in_sugar_is_one_with_the_person_made_here(desk: Desk) -> None:
    desk.lead("other@x.test", last_name="Ott", title="CTO")
    desk.sync(RunKind.INITIAL)
    founded = desk.world.store.records(TENANT, [LEAD])[LEAD].person_id
    made = desk.make(title="CEO", department="Board")
    desk.lead("ann@x.test", last_name="Ott", title="CTO")
    desk.sync()
    now = desk.now(made.person_id)
    assert now.person_id == founded, "who was here first stands for both"
    assert now.fields["department"] == "Board"
    assert now.made_by == "Ada"
    assert desk.names() == ["Ott"]
    assert desk.make(title="CEO").person_id == founded, "the same key leads to who it is now"
    with pytest.raises(NotFound):
        edit_person(desk.app, TENANT, made.person_id, {"title": "x"}, "Ada")


def test_what_a_form_says_gives_way_to_what_sugar_has_and_fills_what_is_empty(desk: Desk) -> None:
    """Anybody can send a form under any address, whatever rule was chosen for edits."""
    ours = [replace(one, rule=Rule.HERE) for one in STANDARD_MAPPINGS[Module.LEADS]]
    desk.world.change(mappings={Module.LEADS: tuple(ours)})
    desk.lead("other@x.test", last_name="Other")
    desk.sync(RunKind.INITIAL)
    made = desk.form(first_name="Evil", last_name="Spam")
    view = person(desk.app, TENANT, made.person_id)
    assert {(s.kind, s.by) for s in view.sources} == {("here", "Ask")}
    desk.lead("ann@x.test", OTHER, last_name="Ott")
    desk.sync()
    now = desk.now(made.person_id)
    assert (now.fields["first_name"], now.fields["last_name"]) == ("Evil", "Ott")


def test_who_was_in_sugar_before_keeps_their_name_when_they_get_the_address_of_a_form(
    desk: Desk,
) -> None:
    desk.lead("other@x.test", first_name="Ann", last_name="Ott")
    desk.sync(RunKind.INITIAL)
    made = desk.form(first_name="Evil", last_name="Spam")
    desk.lead("ann@x.test", first_name="Ann", last_name="Ott")
    desk.sync()
    assert desk.now(made.person_id).name == "Ann Ott"
    assert desk.names() == ["Ann Ott"]


def test_consent_of_an_address_outlives_who_had_it(desk: Desk) -> None:
    desk.lead("ann@x.test", last_name="Ott")
    desk.sync(RunKind.INITIAL)
    holder = desk.world.store.records(TENANT, [LEAD])[LEAD].person_id
    unsubscribe(desk.app, TENANT, holder, "ann@x.test", Said("Ada"))
    desk.lead("new@x.test", last_name="Ott")
    desk.sync()
    made = desk.make(last_name="Anders")
    [consent] = person(desk.app, TENANT, made.person_id).consents
    assert consent.opt_out.value
