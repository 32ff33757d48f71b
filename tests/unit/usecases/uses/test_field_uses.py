"""A custom field that something asks for is not taken away from under it."""

from dataclasses import replace

import pytest

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, BroadcastState, Plan
from funnel.domain.campaigns.campaigns import (
    Asks,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    Step,
    StepId,
)
from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.forms.forms import Form, FormField, FormId
from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.segments.segments import FieldTest, Group, Operator
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.kept_segments import KeptSegments
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.mapping.map_fields import add_custom_field, remove_custom_field
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.segments.keep_segments import retire_segment
from funnel.usecases.uses.field_uses import uses_of_field
from tests.fakes.world import TENANT, World
from tests.unit.usecases.segments.segmenting import BY, company, names_in, person, segment, test_of

NAME = "custom_region"
OTHER = FieldTest("city", Operator.FILLED)
RULE = Group(parts=(OTHER, Group(parts=(FieldTest(NAME, Operator.EMPTY),))))


@pytest.fixture
def world() -> World:
    found = company()
    add_custom_field(found.app, TENANT, Subject.PERSON, "Region", FieldType.TEXT)
    add_custom_field(found.app, TENANT, Subject.ACCOUNT, "Region", FieldType.TEXT)
    return found


def used(world: World) -> list[tuple[str, str]]:
    uses = uses_of_field(world.app, TENANT, Subject.PERSON, NAME).items
    return [(one.used_as.value, one.name) for one in uses]


def fields(world: World) -> set[tuple[str, Subject]]:
    connection = world.store.connection(TENANT)
    assert connection is not None
    return {(one.name, one.subject) for one in connection.custom_fields}


def remove(world: World) -> None:
    remove_custom_field(world.app, TENANT, Subject.PERSON, NAME)


@pytest.mark.feature("D5")
def test_a_field_that_a_segment_asks_for_is_not_removed_until_it_asks_no_more(world: World) -> None:
    none = segment(world, "Not EU", test_of(NAME, "is", "eu"), match="none")
    segment(world, "Else", test_of("city", "is", "Bonn"))
    assert used(world) == [("segment", "Not EU")]
    with pytest.raises(Conflict, match="the segment “Not EU”") as caught:
        remove(world)
    assert caught.value.mend
    assert (NAME, Subject.PERSON) in fields(world)
    # Of the Account's of the same name nobody asks.
    remove_custom_field(world.app, TENANT, Subject.ACCOUNT, NAME)
    retire_segment(world.app, TENANT, none.list_id, BY, retired=True)
    remove(world)
    assert fields(world) == set()
    with pytest.raises(InputInvalid, match="There is no field"):
        retire_segment(world.app, TENANT, none.list_id, BY, retired=False)


def test_a_branch_asks_for_it_until_its_campaign_ends(world: World) -> None:
    now = world.clock.now()
    steps = {StepId("s"): Step(StepId("s"), Branch(Asks.RULE, rule=RULE))}
    walk = Campaign(TENANT, CampaignId("c"), "Walk", now, now, BY, first=StepId("s"), steps=steps)
    saved = world.app.campaigns.save_campaign(walk)
    assert used(world) == [("campaign", "Walk")]
    with pytest.raises(Conflict, match="the campaign “Walk”"):
        remove(world)
    world.app.campaigns.save_campaign(replace(saved, state=CampaignState.ENDED))
    assert used(world) == []


@pytest.mark.parametrize("active", [True, False])
def test_a_form_asks_for_its_fields(world: World, active: bool) -> None:
    now = world.clock.now()
    asked = (FormField("email", "Address"), FormField(NAME, "Region"))
    form = Form(TENANT, FormId("f"), SiteKey("s"), "Fair", asked, now, now, BY, active=active)
    world.app.forms.save_form(form)
    assert used(world) == [("form", "Fair")]
    with pytest.raises(Conflict, match="the form “Fair”"):
        remove(world)


@pytest.mark.parametrize(
    ("subject", "body"),
    [("Hi", "<p>{{custom_region|there}}</p>"), ("{{custom_region}}", "<p>x</p>")],
)
def test_an_email_asks_by_a_merge_field(world: World, subject: str, body: str) -> None:
    now = world.clock.now()
    for name, text in (("Hello", body), ("Plain", "<p>{{city}} custom_region</p>")):
        email = Email(TENANT, EmailId(name), name, subject, "", text, "", False, now, now, BY)
        world.app.emails.save_email(replace(email, subject=subject if name == "Hello" else "x"))
    assert used(world) == [("email", "Hello")]
    with pytest.raises(Conflict, match="the email “Hello”"):
        remove(world)


def test_the_subject_of_a_broadcast_asks_until_it_is_sent(world: World) -> None:
    now = world.clock.now()
    plan = Plan("Autumn", EmailId("e"), subject="News for {{custom_region}}")
    own = Broadcast(TENANT, BroadcastId("b"), plan, now, BY, now, BY)
    saved = world.app.broadcasts.save_broadcast(own)
    assert used(world) == [("broadcast", "Autumn")]
    world.app.broadcasts.save_broadcast(replace(saved, state=BroadcastState.SENT))
    assert used(world) == []


def test_what_uses_a_field_is_named_up_to_five(world: World) -> None:
    for number in range(7):
        segment(world, f"S{number}", test_of(NAME, "is filled in"))
    with pytest.raises(Conflict, match="“S4” and 2 more"):
        remove(world)


def test_warm_and_cold_workers_know_the_same_fields(world: World) -> None:
    """Should a field go all the same, such as by two admins at once, all workers hold the same true."""
    for name in ("Ott", "Pia", "Rau"):
        edit_person(world.app, TENANT, person(world, name), {NAME: "eu"}, BY)
    world.drain()
    none = segment(world, "Not EU", test_of(NAME, "is", "eu"), match="none")
    assert names_in(world, none.list_id) == set()
    connection = world.store.connection(TENANT)
    assert connection is not None
    left: tuple[CustomField, ...] = ()
    world.store.save_connection(replace(connection, custom_fields=left))
    edit_person(world.app, TENANT, person(world, "Pia"), {"title": "x"}, BY)
    world.drain()
    warm = names_in(world, none.list_id)
    list_people(replace(world.app, kept_segments=KeptSegments()), TENANT, [person(world, "Ott")])
    assert (warm, names_in(world, none.list_id)) == ({"Pia"}, {"Ott", "Pia"})
