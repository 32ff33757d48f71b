"""A person is added to Sugar: found or created, changed only as asked, read back, and told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connections import Pause, PauseReason
from funnel.domain.crm import FieldDef, Value
from funnel.domain.errors import (
    IdNotKept,
    InputInvalid,
    NoRight,
    NotFound,
    ServerCrashed,
    SugarUnavailable,
)
from funnel.domain.fields import CustomField, FieldType, Subject
from funnel.domain.ids import (
    ConnectionId,
    JobId,
    Module,
    PersonId,
    RecordKey,
    SugarId,
    WrittenModule,
)
from funnel.domain.mapping import STANDARD_MAPPINGS, FieldMapping, Flow, Rule
from funnel.domain.pushes import (
    Deed,
    Obstacle,
    Priority,
    PushIntent,
    PushState,
    TaskKind,
    TaskWish,
    Why,
    Wish,
    account_record_id,
    intent_id,
    person_record_id,
    task_record_id,
)
from funnel.domain.records import Person
from funnel.domain.runs import RunKind
from funnel.ports.system import PushDue
from funnel.usecases.create_person import NewPerson, create_person
from funnel.usecases.edit_person import edit_person
from funnel.usecases.erase_person import EraseWork, new_erasure
from funnel.usecases.preview_push import previewed, request_push_preview
from funnel.usecases.request_push import PushRequest, request_push
from funnel.usecases.view_pushes import push_choices, push_of, push_preview, pushes_of
from tests.fakes.world import TENANT, World

ADA = "ada@x.test"
LEAD, CONTACT = Wish(WrittenModule.LEADS), Wish(WrittenModule.CONTACTS)
CALL = TaskWish(TaskKind.CALL, "Say hello", priority=Priority.HIGH)


@pytest.fixture
def world() -> World:
    made = World()
    made.sugar.put(Module.USERS, "u1", user_name="anna", last_name="Ott", status="Active")
    made.sugar.put(Module.USERS, "u2", user_name="ben", last_name="Rau", status="Inactive")
    made.connect()
    made.change(read_only=False, user_id=SugarId("u1"))
    made.sync(RunKind.INITIAL)
    return made


def here(world: World, email: str = ADA, /, **fields: Value) -> PersonId:
    """A person made here."""
    told = {"first_name": "Ada", "last_name": "Byron", "company": "Acme", **fields}
    given = {name: value for name, value in told.items() if value is not None}
    return create_person(world.app, TENANT, NewPerson(given, email, "Eva"), email).person_id


def push(world: World, person_id: PersonId, wish: Wish = LEAD, key: str = "k1") -> PushIntent:
    """Ask for it and let the worker work; the intent as it is then."""
    asked = request_push(world.app, TENANT, PushRequest(person_id, wish, "Eva", key))
    world.drain()
    return world.store.intents(TENANT, [asked.intent_id])[asked.intent_id]


def live(world: World, module: Module) -> dict[str, dict[str, Value]]:
    """What Sugar has, by id."""
    return {
        i: record.fields for i, record in world.sugar.tables[module].items() if not record.deleted
    }


def errors(world: World) -> list[tuple[str, str]]:
    return [(e.code, e.field) for e in world.store.list_errors(TENANT, 50).items]


def someone(world: World, person_id: PersonId) -> Person:
    return world.store.people(TENANT, [person_id])[person_id]


def connection_id(world: World) -> str:
    found = world.store.connection(TENANT)
    assert found is not None
    return found.connection_id


def own_id(world: World, module: WrittenModule, person_id: PersonId, number: int = 0) -> SugarId:
    found = world.store.connection(TENANT)
    assert found is not None
    return person_record_id(found.connection_id, module, person_id, number)


def test_a_lead_is_created_under_its_own_id_with_all_mapped_fields(world: World) -> None:
    person_id = here(world, phone_work="+49 1", lead_source="Web Site")
    intent = push(world, person_id, Wish(WrittenModule.LEADS, SugarId("u1")))
    lead_id = own_id(world, WrittenModule.LEADS, person_id)
    (made,) = live(world, Module.LEADS).items()
    assert made[0] == lead_id
    assert made[1] == {
        "date_entered": made[1]["date_entered"],
        "first_name": "Ada",
        "last_name": "Byron",
        "account_name": "Acme",
        "phone_work": "+49 1",
        "lead_source": "Web Site",
        "email1": ADA,
        "assigned_user_id": "u1",
    }
    assert (intent.state, [s.deed for s in intent.steps]) == (PushState.DONE, [Deed.CREATE])
    assert errors(world) == []


def test_what_was_created_is_the_persons_record_and_the_next_pull_writes_nothing(
    world: World,
) -> None:
    person_id = here(world)
    push(world, person_id)
    person = someone(world, person_id)
    key = RecordKey(Module.LEADS, own_id(world, WrittenModule.LEADS, person_id))
    assert [link.key for link in person.links] == [key]
    assert person.agreed["last_name"] == "Byron"
    before = world.store.writes
    world.clock.advance(3_600)
    world.sync(RunKind.HOURLY)
    world.sync(RunKind.FULL)
    assert world.store.writes == before
    assert someone(world, person_id) == person


def test_a_contact_gets_the_oldest_live_account_of_the_companys_exact_name(world: World) -> None:
    for sugar_id, year in (("a1", "2025"), ("a2", "2024"), ("a3", "2023")):
        world.sugar.put(
            Module.ACCOUNTS, sugar_id, name="Acme", assigned_user_id="u1", date_entered=year
        )
    world.sugar.delete(Module.ACCOUNTS, "a3")
    push(world, here(world), CONTACT)
    (contact,) = live(world, Module.CONTACTS).values()
    assert contact["account_id"] == "a2"
    assert len(live(world, Module.ACCOUNTS)) == 2


def test_a_contact_of_a_new_company_gets_an_account_that_others_share(world: World) -> None:
    push(world, here(world), CONTACT)
    push(world, here(world, "bob@x.test", company="ACME"), CONTACT, "k2")
    (account_id,) = live(world, Module.ACCOUNTS)
    found = world.store.connection(TENANT)
    assert found is not None
    assert account_id == account_record_id(found.connection_id, "acme")
    assert {c["account_id"] for c in live(world, Module.CONTACTS).values()} == {account_id}
    assert errors(world) == []


@pytest.mark.parametrize("module", [Module.LEADS, Module.CONTACTS])
def test_whoever_is_in_sugar_already_is_not_made_again(world: World, module: Module) -> None:
    world.sugar.put(module, "x1", last_name="Byron", email2="ADA@x.test", assigned_user_id="u2")
    person_id = here(world)
    intent = push(world, person_id, Wish(WrittenModule.LEADS, SugarId("u1"), "Web Site"))
    assert (len(live(world, Module.LEADS)) + len(live(world, Module.CONTACTS))) == 1
    assert live(world, module)["x1"]["assigned_user_id"] == "u2"
    assert intent.state is PushState.DONE
    assert intent.steps[0].why is Why.HAS_ADDRESS


def test_a_contact_is_preferred_to_a_lead(world: World) -> None:
    world.sugar.put(Module.LEADS, "l1", last_name="Byron", email1=ADA)
    world.sugar.put(Module.CONTACTS, "c1", last_name="Byron", email1=ADA)
    intent = push(world, here(world))
    assert intent.steps[0].module is WrittenModule.CONTACTS


def test_owner_and_lead_source_of_one_that_is_there_change_only_if_asked(world: World) -> None:
    world.sugar.put(Module.LEADS, "l1", last_name="Byron", email1=ADA, assigned_user_id="u2")
    person_id = here(world)
    wish = Wish(WrittenModule.LEADS, SugarId("u1"), "Web Site", update_existing=True)
    intent = push(world, person_id, wish)
    lead = live(world, Module.LEADS)["l1"]
    assert (lead["assigned_user_id"], lead["lead_source"]) == ("u1", "Web Site")
    assert intent.steps[0].before["assigned_user_id"] == "u2"
    again = push(world, person_id, wish, "k2")
    assert again.steps[0].deed is Deed.KEEP


def test_what_was_sent_beside_the_persons_own_values_is_no_change_of_either_side(
    world: World,
) -> None:
    world.change(default_company="Unknown")
    person_id = here(world, company=None)
    push(world, person_id, Wish(WrittenModule.LEADS, lead_source="Web Site"))
    person = someone(world, person_id)
    assert (person.fields["lead_source"], person.fields["company"]) == ("Web Site", "Unknown")
    assert [e.side for e in world.store.history(TENANT, person_id, 9).items] == ["Funnel"] * 2
    assert push(world, person_id, key="k2").steps[0].deed is Deed.KEEP


def test_an_edit_made_while_it_is_written_is_not_lost(world: World) -> None:
    person_id = here(world, title="Dr")

    def edits(name: str) -> None:
        if name == "create Leads":
            world.sugar.before_call = lambda _name: None
            edit_person(world.app, TENANT, person_id, {"title": "Countess"}, "Eva")

    world.sugar.before_call = edits
    push(world, person_id)
    person = someone(world, person_id)
    assert (person.fields["title"], person.agreed["title"]) == ("Countess", "Countess")
    (lead,) = live(world, Module.LEADS).values()
    assert lead["title"] == "Countess"


def test_a_value_that_sugar_does_not_take_is_reported_until_it_is_corrected(world: World) -> None:
    world.sugar.custom_fields[Module.LEADS] = [FieldDef("staff_c", "int", "Staff")]
    own = CustomField("custom_staff", "Staff", FieldType.TEXT, Subject.PERSON)
    mapping = FieldMapping("staff_c", "custom_staff", FieldType.TEXT, Rule.SUGAR, Flow.BOTH)
    standard = STANDARD_MAPPINGS[Module.LEADS]
    world.change(mappings={Module.LEADS: (*standard, mapping)}, custom_fields=(own,))
    person_id = here(world, custom_staff="many")
    intent = push(world, person_id)
    assert (intent.state, intent.steps[0].left_out) == (PushState.DONE, ("staff_c",))
    assert errors(world) == [("PushLeftOut", "custom_staff")]
    edit_person(world.app, TENANT, person_id, {"custom_staff": "12"}, "Eva")
    world.drain()
    (lead,) = live(world, Module.LEADS).values()
    assert lead["staff_c"] == 12
    assert errors(world) == []


def test_what_was_left_out_of_a_record_that_is_gone_is_no_longer_reported(world: World) -> None:
    world.sugar.custom_fields[Module.LEADS] = [FieldDef("staff_c", "int", "Staff")]
    own = CustomField("custom_staff", "Staff", FieldType.TEXT, Subject.PERSON)
    mapping = FieldMapping("staff_c", "custom_staff", FieldType.TEXT, Rule.SUGAR, Flow.BOTH)
    mappings = {Module.LEADS: (*STANDARD_MAPPINGS[Module.LEADS], mapping)}
    world.change(mappings=mappings, custom_fields=(own,))
    push(world, here(world, custom_staff="many"))
    (lead_id,) = live(world, Module.LEADS)
    world.sugar.delete(Module.LEADS, lead_id)
    world.clock.advance(86_400)
    world.sync(RunKind.HOURLY)
    assert errors(world) == []


def test_a_task_is_made_once_for_each_key_and_is_about_the_person(world: World) -> None:
    person_id = here(world)
    due = world.clock.now() + timedelta(days=1)
    task = TaskWish(TaskKind.CALL, "Say hello", due, Priority.HIGH)
    wish = Wish(WrittenModule.CONTACTS, SugarId("u1"), task=task)
    for key in ("k1", "k1", "k2"):
        push(world, person_id, wish, key)
    assert len(world.sugar.tasks) == 2
    contact_id = own_id(world, WrittenModule.CONTACTS, person_id)
    found = world.store.connection(TENANT)
    assert found is not None
    made = world.sugar.tasks[task_record_id(found.connection_id, "k1")].fields
    assert made == {
        "name": "Call: Say hello",
        "status": "Not Started",
        "priority": "High",
        "parent_type": "Contacts",
        "parent_id": contact_id,
        "contact_id": contact_id,
        "assigned_user_id": "u1",
        "date_due": due.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def test_a_task_for_one_that_is_there_is_for_whoever_has_it(world: World) -> None:
    world.sugar.put(Module.LEADS, "l1", last_name="Byron", email1=ADA, assigned_user_id="u9")
    push(world, here(world), Wish(WrittenModule.LEADS, task=CALL))
    (task,) = world.sugar.tasks.values()
    assert task.fields["assigned_user_id"] == "u9"


@pytest.mark.parametrize("name", ["last_name", "company"])
def test_a_person_without_last_name_or_company_is_in_the_error_report_until_mended(
    world: World, name: str
) -> None:
    person_id = here(world, **{name: None})
    intent = push(world, person_id)
    assert intent.state is PushState.FAILED
    assert errors(world) == [("PushMissesField", name)]
    assert live(world, Module.LEADS) == {}
    world.change(**{f"default_{name}": "Unknown"})
    world.clock.advance(86_400)
    world.sync(RunKind.HOURLY)
    assert len(live(world, Module.LEADS)) == 1
    assert errors(world) == []


def test_a_person_without_address_is_in_the_error_report(world: World) -> None:
    new = NewPerson({"last_name": "Byron", "company": "Acme"}, "", "Eva")
    person_id = create_person(world.app, TENANT, new, "k").person_id
    assert push(world, person_id).state is PushState.FAILED
    assert errors(world) == [("PushMissesField", "email1")]


def test_one_that_was_made_and_deleted_in_sugar_is_reported_and_made_anew_only_if_asked(
    world: World,
) -> None:
    person_id = here(world)
    push(world, person_id)
    lead_id = own_id(world, WrittenModule.LEADS, person_id)
    world.sugar.delete(Module.LEADS, lead_id)
    world.sync(RunKind.HOURLY)
    assert push(world, person_id, key="k2").state is PushState.FAILED
    assert errors(world) == [("PushDeleted", "deleted")]
    assert live(world, Module.LEADS) == {}
    push(world, person_id, Wish(WrittenModule.LEADS, anew=True), "k3")
    assert list(live(world, Module.LEADS)) == [own_id(world, WrittenModule.LEADS, person_id, 1)]


def test_an_id_that_went_to_somebody_else_is_left_to_them(world: World) -> None:
    person_id = here(world)
    lead_id = own_id(world, WrittenModule.LEADS, person_id)
    world.sugar.put(Module.LEADS, lead_id, last_name="Other", email1="other@x.test")
    push(world, person_id)
    assert live(world, Module.LEADS)[lead_id]["last_name"] == "Other"
    assert live(world, Module.LEADS)[own_id(world, WrittenModule.LEADS, person_id, 1)]


def test_a_record_whose_address_sugar_dropped_is_reported_and_not_made_again(world: World) -> None:
    person_id = here(world)
    lead_id = own_id(world, WrittenModule.LEADS, person_id)
    world.sugar.put(Module.LEADS, lead_id, last_name="Byron")
    assert push(world, person_id).state is PushState.FAILED
    assert errors(world) == [("PushAddressDropped", "email1")]
    assert len(live(world, Module.LEADS)) == 1


def test_what_was_edited_here_goes_up_and_only_that(world: World) -> None:
    world.sugar.put(Module.LEADS, "l1", last_name="Byron", email1=ADA, title="Dr", city="Rome")
    world.sync(RunKind.HOURLY)
    person_id = world.store.claims(TENANT, [ADA])[ADA].person_id
    edit_person(world.app, TENANT, person_id, {"title": "Countess"}, "Eva")
    world.drain()
    assert world.sugar.updates == [(Module.LEADS, {SugarId("l1"): {"title": "Countess"}})]
    person = someone(world, person_id)
    assert person.agreed["title"] == "Countess"
    world.clock.advance(3_600)
    world.sync(RunKind.HOURLY)
    edit_person(world.app, TENANT, person_id, {"title": "Countess"}, "Eva")
    world.drain()
    assert len(world.sugar.updates) == 1
    assert someone(world, person_id).fields["title"] == "Countess"
    told = world.store.history(TENANT, "Leads/l1", 10).items
    assert [(entry.kind, entry.side) for entry in told] == [("told", "Funnel")]


def test_a_field_that_comes_from_sugar_only_does_not_go_up(world: World) -> None:
    only = [
        FieldMapping(m.sugar_field, m.field, m.type, m.rule, Flow.FROM_SUGAR)
        if m.field == "title"
        else m
        for m in STANDARD_MAPPINGS[Module.LEADS]
    ]
    world.change(mappings={Module.LEADS: tuple(only)})
    world.sugar.put(Module.LEADS, "l1", last_name="Byron", email1=ADA, title="Dr")
    world.sync(RunKind.HOURLY)
    person_id = world.store.claims(TENANT, [ADA])[ADA].person_id
    edit_person(world.app, TENANT, person_id, {"title": "Countess"}, "Eva")
    world.drain()
    assert world.sugar.updates == []


def test_where_both_changed_a_field_the_rule_decides_and_sugar_keeps_its_value(
    world: World,
) -> None:
    world.sugar.put(Module.LEADS, "l1", last_name="Byron", email1=ADA, title="Dr")
    world.sync(RunKind.HOURLY)
    person_id = world.store.claims(TENANT, [ADA])[ADA].person_id
    world.sugar.put(Module.LEADS, "l1", title="Professor")
    edit_person(world.app, TENANT, person_id, {"title": "Countess"}, "Eva")
    world.drain()
    assert world.sugar.updates == []
    assert someone(world, person_id).fields["title"] == "Professor"


def test_nothing_is_written_while_the_connection_only_reads_and_all_of_it_once_it_may(
    world: World,
) -> None:
    world.change(read_only=True)
    person_id = here(world)
    intent = push(world, person_id)
    assert (intent.state, world.sugar.created) == (PushState.DUE, [])
    world.change(read_only=False)
    world.handle(PushDue(TENANT))
    assert len(world.sugar.created) == 1


def test_a_key_that_is_used_again_asks_for_nothing_new(world: World) -> None:
    person_id = here(world)
    first, again = push(world, person_id), push(world, person_id)
    assert (first.intent_id, first.version) == (again.intent_id, again.version)
    with pytest.raises(InputInvalid):
        push(world, here(world, "bob@x.test"))


@pytest.mark.parametrize(
    "wish",
    [
        Wish(WrittenModule.ACCOUNTS),
        Wish(WrittenModule.LEADS, SugarId("u2")),
        Wish(WrittenModule.LEADS, SugarId("nobody")),
        Wish(WrittenModule.LEADS, task=TaskWish(TaskKind.CALL, " ")),
    ],
)
def test_what_cannot_be_asked_for_is_refused_at_once(world: World, wish: Wish) -> None:
    with pytest.raises(InputInvalid):
        push(world, here(world), wish)
    assert world.store.pushes == {}


def test_nobody_can_be_pushed_who_is_not_here(world: World) -> None:
    with pytest.raises(NotFound):
        push(world, PersonId("ghost"))


def test_a_reply_that_is_lost_is_settled_by_reading_back(world: World) -> None:
    person_id = here(world)
    create = world.sugar.create

    def lost(module: WrittenModule, sugar_id: SugarId, fields: dict[str, Value]) -> None:
        create(module, sugar_id, fields)
        raise SugarUnavailable("cut off")

    world.sugar.create = lost  # type: ignore[method-assign, assignment]
    intent = push(world, person_id, Wish(WrittenModule.CONTACTS, task=CALL))
    assert intent.state is PushState.DONE
    counts = [len(live(world, m)) for m in (Module.ACCOUNTS, Module.CONTACTS)]
    assert (counts, len(world.sugar.tasks)) == ([1, 1], 1)


def test_what_a_stranger_typed_into_a_form_replaces_nothing_in_sugar(world: World) -> None:
    """Sugar has somebody with the address who is not here yet; the rule is for edits."""
    ours = [replace(one, rule=Rule.HERE) for one in STANDARD_MAPPINGS[Module.CONTACTS]]
    world.change(mappings={Module.CONTACTS: tuple(ours)})
    world.sugar.put(Module.CONTACTS, "c9", first_name="Grace", last_name="Hopper", email1=ADA)
    names = {"first_name": "Evil", "last_name": "Spam"}
    made = create_person(world.app, TENANT, NewPerson(names, ADA, "Ask", edited=False), "form h")
    intent = push(world, made.person_id)
    assert (intent.state, [s.deed for s in intent.steps]) == (PushState.DONE, [Deed.KEEP])
    assert live(world, Module.CONTACTS)["c9"]["first_name"] == "Grace"
    assert someone(world, made.person_id).name == "Grace Hopper"


def test_a_poison_person_is_set_aside_and_the_others_proceed(world: World) -> None:
    def dies(name: str) -> None:
        if name == "create Leads" and not world.sugar.created:
            world.sugar.before_call = lambda _name: None
            raise ServerCrashed("fault -1")

    first, second = here(world), here(world, "bob@x.test")
    for number, person_id in enumerate((first, second)):
        request_push(world.app, TENANT, PushRequest(person_id, LEAD, "Eva", f"k{number}"))
        world.clock.advance(1)
    world.sugar.before_call = dies
    world.drain()
    assert [fields["email1"] for fields in live(world, Module.LEADS).values()] == ["bob@x.test"]
    assert errors(world) == [("PushRefused", "")]
    world.clock.advance(86_400)
    world.sync(RunKind.HOURLY)
    assert len(live(world, Module.LEADS)) == 2
    assert errors(world) == []


def test_a_mistake_of_ours_over_one_person_holds_up_nobody_else(world: World) -> None:
    def breaks(name: str) -> None:
        if name == "create Leads" and not world.sugar.created:
            world.sugar.before_call = lambda _name: None
            raise KeyError("ours")

    for number, email in enumerate((ADA, "bob@x.test")):
        request = PushRequest(here(world, email), LEAD, "Eva", f"k{number}")
        request_push(world.app, TENANT, request)
        world.clock.advance(1)
    world.sugar.before_call = breaks
    world.drain()
    assert len(live(world, Module.LEADS)) == 1
    assert errors(world) == [("PushUnexpected", "")]


def test_what_passes_is_tried_again_later_and_reported_when_it_goes_on(world: World) -> None:
    person_id = here(world)

    def away(name: str) -> None:
        if name == "holders":
            raise SugarUnavailable("no answer")

    world.sugar.before_call = away
    asked = request_push(world.app, TENANT, PushRequest(person_id, LEAD, "Eva", "k1"))
    for _ in range(5):
        world.clock.advance(3_600)
        world.handle(PushDue(TENANT))
    intent = world.store.intents(TENANT, [asked.intent_id])[asked.intent_id]
    assert (intent.state, intent.attempts) == (PushState.DUE, 5)
    assert errors(world) == [("PushWaits", "")]
    world.sugar.before_call = lambda _name: None
    world.clock.advance(3_600)
    world.drain()
    assert len(live(world, Module.LEADS)) == 1
    assert errors(world) == []


def test_what_a_worker_that_died_had_in_hand_is_taken_up_when_its_lease_ends(world: World) -> None:
    """By a message of its own: nobody waits for the next run's end."""
    person_id, now = here(world), world.clock.now()
    lease = timedelta(minutes=10)
    assert world.store.acquire(TENANT, f"push {person_id}", "died", now, now + lease)
    assert push(world, person_id).state is PushState.DONE
    assert lease < world.clock.now() - now < 2 * lease
    assert len(live(world, Module.LEADS)) == 1


def test_a_right_that_is_missing_is_in_the_error_report(world: World) -> None:
    def refuses(name: str) -> None:
        if name == "create Leads":
            raise NoRight("You may not.", mend="Ask an admin.")

    world.sugar.before_call = refuses
    intent = push(world, here(world))
    assert intent.note is not None
    assert (intent.state, intent.note.code) == (PushState.FAILED, "NoRight")
    assert errors(world) == [("PushRefused", "")]


def test_a_task_that_sugar_made_under_an_id_of_its_own_is_not_made_again(world: World) -> None:
    """As REST may do; whatever else fails in between, the id is known."""
    made: list[SugarId] = []
    create = world.sugar.create

    def renames(module: WrittenModule, sugar_id: SugarId, fields: dict[str, Value]) -> None:
        if module is not WrittenModule.TASKS:
            create(module, sugar_id, fields)
            return
        made.append(SugarId(f"t{len(made)}"))
        create(module, made[-1], fields)
        raise IdNotKept("It keeps no ids.", sugar_id=made[-1])

    def night() -> None:
        world.clock.advance(86_400)
        world.sync(RunKind.HOURLY)

    world.sugar.create = renames  # type: ignore[method-assign, assignment]
    intent = push(world, here(world), Wish(WrittenModule.LEADS, SugarId("u1"), task=CALL))
    assert (intent.state, errors(world)) == (PushState.FAILED, [("PushRefused", "")])
    world.sugar.put(Module.USERS, "u1", status="Inactive")
    night()
    assert errors(world) == [("PushOwnerInactive", "assigned_user_id")]
    world.sugar.put(Module.USERS, "u1", status="Active")
    night()
    assert (made, errors(world)) == (["t0"], [])


def test_an_update_that_sugar_passes_over_is_reported_until_it_is_taken(world: World) -> None:
    world.sugar.put(Module.LEADS, "l1", last_name="Byron", email1=ADA, title="Dr")
    world.sync(RunKind.HOURLY)
    person_id = world.store.claims(TENANT, [ADA])[ADA].person_id
    world.sugar.refuses.add(SugarId("l1"))
    edit_person(world.app, TENANT, person_id, {"title": "Countess"}, "Eva")
    world.drain()
    assert errors(world) == [("PushNotTaken", "title")]
    assert someone(world, person_id).fields["title"] == "Countess"
    world.sugar.refuses.clear()
    world.clock.advance(86_400)
    world.sync(RunKind.HOURLY)
    assert live(world, Module.LEADS)["l1"]["title"] == "Countess"
    assert errors(world) == []


def test_what_was_asked_for_another_sugar_is_dropped(world: World) -> None:
    world.change(read_only=True)
    intent = push(world, here(world))
    world.change(read_only=False, connection_id="0badcafe-0000-4000-8000-000000000002")
    world.handle(PushDue(TENANT))
    after = world.store.intents(TENANT, [intent.intent_id])[intent.intent_id]
    assert (after.state, world.sugar.created) == (PushState.DONE, [])
    assert after.note is not None


def test_whoever_is_waited_for_goes_before_edits_and_a_heap_of_edits_takes_turns(
    world: World,
) -> None:
    for number in range(101):
        world.sugar.put(Module.LEADS, f"l{number}", last_name="L", email1=f"l{number}@x.test")
    world.sync(RunKind.HOURLY)
    for number in range(101):
        claim = world.store.claims(TENANT, [f"l{number}@x.test"])[f"l{number}@x.test"]
        edit_person(world.app, TENANT, claim.person_id, {"title": "Dr"}, "Eva")
    request_push(world.app, TENANT, PushRequest(here(world), LEAD, "Eva", "k1"))
    calls = len(world.sugar.calls)
    world.handle(PushDue(TENANT))
    writes = [c for c in world.sugar.calls[calls:] if c.startswith(("create", "update"))]
    assert writes == ["create Leads"] + ["update Leads"] * 100
    world.drain()
    assert len(world.sugar.updates) == 101


def test_a_look_decides_as_the_push_does_and_writes_nothing(world: World) -> None:
    person_id = here(world)
    wish = Wish(WrittenModule.CONTACTS, SugarId("u1"), task=CALL)
    request = PushRequest(person_id, wish, "Eva", "k1")
    writes = world.store.writes
    job = request_push_preview(world.app, TENANT, request)
    assert previewed(job) == request
    world.drain()
    assert (world.sugar.created, world.sugar.updates, world.store.pushes) == ([], [], {})
    assert world.store.writes == writes
    seen = push_preview(world.app, TENANT, person_id, JobId(job.job_id))
    assert seen.plan is not None
    steps = push(world, person_id, wish).steps
    assert [(s.deed, s.module, s.sugar_id, s.why) for s in seen.plan.steps] == [
        (s.deed, s.module, s.sugar_id, s.why) for s in steps
    ]
    assert {s.url for s in seen.plan.steps} == {""}
    done = push_of(world.app, TENANT, intent_id(ConnectionId(connection_id(world)), "k1"))
    assert all(s.sugar_id in s.url for s in done.steps)


def test_a_look_says_what_stands_in_the_way_and_is_of_its_person_only(world: World) -> None:
    person_id = here(world, company=None)
    job = request_push_preview(world.app, TENANT, PushRequest(person_id, LEAD, "Eva", "k1"))
    world.drain()
    seen = push_preview(world.app, TENANT, person_id, JobId(job.job_id))
    assert seen.plan is not None
    assert seen.plan.obstacle == Obstacle("PushMissesField", "company")
    with pytest.raises(NotFound):
        push_preview(world.app, TENANT, PersonId("another"), JobId(job.job_id))


@pytest.mark.parametrize("erased", [False, True])
def test_a_look_is_shown_for_an_hour_and_not_once_its_person_was_erased(
    world: World, erased: bool
) -> None:
    person_id = here(world)
    job = request_push_preview(world.app, TENANT, PushRequest(person_id, LEAD, "Eva", "k1"))
    world.drain()
    world.clock.advance(3_500)
    assert push_preview(world.app, TENANT, person_id, JobId(job.job_id)).plan is not None
    if erased:
        erasure = new_erasure(world.app, TENANT, person_id, ADA, "Eva")
        EraseWork(world.app, erasure).step(erasure)
    else:
        world.clock.advance(100)
    with pytest.raises(NotFound):
        push_preview(world.app, TENANT, person_id, JobId(job.job_id))


def test_the_log_says_what_a_push_waits_for(world: World) -> None:
    person_id = here(world)
    world.change(read_only=True)
    push(world, person_id)
    (one,) = pushes_of(world.app, TENANT, person_id).items
    assert (one.state, one.waits_for) == (PushState.DUE, "read_only")
    world.change(pause=Pause(PauseReason.ADMIN, world.clock.now(), "Ada"))
    assert pushes_of(world.app, TENANT, person_id).items[0].waits_for == "paused"


def test_owners_to_choose_are_sugars_active_users(world: World) -> None:
    assert [one.value for one in push_choices(world.app, TENANT).owners] == ["u1"]
