"""A person is added to Sugar: found or created, and changed only as asked."""

from datetime import timedelta

import pytest

from funnel.domain.crm import FieldDef
from funnel.domain.ids import (
    Module,
    RecordKey,
    SugarId,
    WrittenModule,
)
from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS, FieldMapping, Flow, Rule
from funnel.domain.pushing.push_ids import account_record_id
from funnel.domain.pushing.pushes import Deed, Priority, PushState, TaskKind, TaskWish, Why, Wish
from funnel.domain.pushing.related import related_record_id
from funnel.domain.sync.runs import RunKind
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import edit_person
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.push_scene import (
    ADA,
    CALL,
    CONTACT,
    errors,
    here,
    live,
    own_id,
    push,
    push_world,
    someone,
)


@pytest.fixture
def world() -> World:
    return push_world()


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
    made = world.sugar.tasks[
        related_record_id(found.connection_id, WrittenModule.TASKS, "k1")
    ].fields
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
