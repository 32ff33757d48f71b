"""Adding a person to Sugar on the page and through the API."""

from dataclasses import replace

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Deed, Step, TaskKind, TaskWish, Why, Wish, done
from funnel.domain.pushing.related import NoteWish
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.pushing.request_push import PushRequest, request_push
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in

PERSON = "anneliese"
PAGE, API = f"/app/people/{PERSON}/push", f"/api/app/people/{PERSON}/push"
WISH = {"module": "Contacts", "key": "k1", "owner_id": "sarah", "lead_source": "Web Site"}
CALL = {"kind": "Call", "subject": "Ask", "due_at": "2027-01-11T10:30+01:00", "priority": "High"}


def test_the_form_asks_for_a_push_with_a_task_and_once_for_a_key(
    world: World, admin: Client
) -> None:
    shown = admin.get(PAGE).text
    assert "einkauf@bergmann-soehne.example" in shown
    assert 'value="sarah"' in shown
    assert 'value="will"' not in shown, "an inactive user"
    form = {**WISH, "key": "k", "task_kind": "Call", "subject": "Ask", "action": "add"}
    sent = [admin.send(PAGE, **form) for _ in range(2)]
    assert {one.status for one in sent} == {303}
    assert len({one.headers["Location"] for one in sent}) == 1
    push_id = sent[0].headers["Location"].rpartition("/")[2]
    intent = world.store.intents(FULL, [push_id])[push_id]
    assert intent.wish == Wish(
        WrittenModule.CONTACTS,
        intent.wish.owner_id,
        "Web Site",
        task=TaskWish(TaskKind.CALL, "Ask"),
    )
    assert intent.asked_by == "Ada Brandt"
    assert "Waits until the connection may write" in admin.get(sent[0].headers["Location"]).text


def test_a_slip_in_the_form_is_explained_at_the_field_and_keeps_what_was_typed(
    admin: Client,
) -> None:
    form = {**WISH, "task_kind": "Call", "subject": " ", "due_at": "soon", "action": "add"}
    told = admin.send(PAGE, **form)
    assert told.status == 400
    assert 'id="e-due_at"' in told.text
    told = admin.send(PAGE, **{**form, "due_at": ""})
    assert 'id="e-subject"' in told.text
    assert 'value="sarah" selected' in told.text


def test_a_look_comes_back_to_the_form_as_it_was_filled_in(admin: Client) -> None:
    form = {**WISH, "task_kind": "Call", "subject": "Ask", "action": "look"}
    where = admin.send(PAGE, **form).headers["Location"]
    assert "Nothing is written" in admin.get(where).text
    again = admin.get(f"{PAGE}?job={where.rpartition('/')[2]}").text
    assert 'value="Ask"' in again
    assert 'value="sarah" selected' in again
    assert 'value="Contacts" selected' in again
    done = admin.get(f"{PAGE}/look/look").text
    assert "Nothing has been written yet" in done
    assert "Sarah Okafor" in done


def test_the_api_looks_pushes_and_tells_what_became_of_it(world: World, admin: Client) -> None:
    look = admin.call("POST", f"{API}/look", {**WISH, "task": CALL})
    assert look.status == 202
    seen = admin.get(f"{API}/look/{look.json['job_id']}").json
    assert (seen["status"], seen["plan"]) == ("queued", None)
    begun = admin.call("POST", API, {**WISH, "task": CALL})
    assert begun.status == 202
    push = admin.get(f"/api/app/pushes/{begun.json['push_id']}").json
    assert (push["state"], push["waits_for"], push["module"]) == ("due", "read_only", "Contacts")
    intent = world.store.intents(FULL, [push["push_id"]])[push["push_id"]]
    assert intent.wish.task is not None
    assert f"{intent.wish.task.due_at:%H:%M}" == "09:30"
    log = admin.get(f"/api/app/people/{PERSON}/pushes").json["items"]
    assert [one["push_id"] for one in log][:1] == [push["push_id"]]
    choices = admin.get("/api/app/push-choices").json
    assert {"value": "sarah", "label": "Sarah Okafor"} in choices["owners"]


def test_the_api_refuses_what_cannot_be(admin: Client) -> None:
    for wrong, field in (
        ({"module": "Accounts"}, "module"),
        ({"owner_id": "will"}, "owner_id"),
        ({"key": ""}, "key"),
        ({"task": {"kind": "Call", "subject": ""}}, "subject"),
        ({"task": {"kind": "Call", "subject": "x", "due_at": "soon"}}, "due_at"),
    ):
        told = admin.call("POST", API, {**WISH, **wrong})
        assert (told.status, told.json["error"]["field"]) == (400, field)
    assert admin.call("POST", "/api/app/people/nobody/push", WISH).status == 404
    assert admin.get("/api/app/pushes/nothing").status == 404
    assert admin.get("/api/app/people/nobody/pushes").status == 404
    assert admin.get(f"{API}/look/nothing").status == 404


def test_another_tenants_push_is_not_there(world: World) -> None:
    other = signed_in(world, EMPTY, Role.ADMIN)
    assert other.get("/api/app/pushes/done").status == 404
    assert other.get(f"{PAGE}/done").status == 404


def test_defaults_of_a_push_are_set_on_the_page_and_by_the_api(world: World, admin: Client) -> None:
    page = "/setup/connection"
    admin.send(f"{page}/push_defaults", last_name=" Unknown ", company="")
    assert 'value="Unknown"' in admin.get(page).text
    told = admin.call("PATCH", "/api/setup/connection", {"default_company": "None given"})
    assert (told.json["default_last_name"], told.json["default_company"]) == (
        "Unknown",
        "None given",
    )
    too_long = admin.call("PATCH", "/api/setup/connection", {"default_company": "x" * 101})
    assert (too_long.status, too_long.json["error"]["field"]) == (400, "push_defaults")
    connection = world.store.connection(FULL)
    assert connection is not None
    world.store.save_connection(replace(connection, default_company=""))


def test_a_task_without_its_kind_is_not_dropped_without_a_word(admin: Client) -> None:
    told = admin.send(PAGE, **{**WISH, "task_kind": "", "subject": "Ask", "action": "look"})
    assert told.status == 400
    assert 'id="e-task_kind"' in told.text
    assert 'value="Ask"' in told.text


def test_a_note_of_an_email_is_in_the_log_by_its_subject_and_without_its_words(
    world: World, admin: Client
) -> None:
    note = NoteWish(
        "Prices", "Secret words", RecordKey(Module.LEADS, SugarId("l")), SugarId("sarah")
    )
    request = PushRequest(PersonId(PERSON), Wish(None, note=note), "Sarah Smith", "mail m")
    intent = request_push(world.app, FULL, request)
    assert "Note of an email" in admin.get(f"/app/people/{PERSON}").text
    fields = {"name": "Prices", "description": "Secret words", "assigned_user_id": "sarah"}
    made = Step(Deed.CREATE, WrittenModule.NOTES, SugarId("n"), Why.SENT, "Prices", fields)
    world.store.save_intent(done(intent, (made,), world.app.clock.now()))
    page = admin.get(f"/app/people/{PERSON}/push/{intent.intent_id}").text
    assert "The email was sent, and the mail settings say" in page
    assert ">Note</span> Prices" in page
    assert "Secret words" not in page
    told = admin.call("GET", f"/api/app/people/{PERSON}/pushes").json["items"][0]
    assert (told["is_note"], told["module"]) == (True, None)
