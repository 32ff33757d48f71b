"""Erasing on request: nothing that tells who it was is left, and nothing brings it back."""

from dataclasses import replace

import pytest

from funnel.domain.errors import InputInvalid, NotFound, WasErased
from funnel.domain.ids import (
    ConnectionId,
    JobId,
    Module,
    RecordKey,
    SugarId,
    WrittenModule,
)
from funnel.domain.lists.lists import members_of_person
from funnel.domain.people.erasure import address_mark
from funnel.domain.pushing.push_ids import person_record_id
from funnel.domain.pushing.pushes import Wish
from funnel.domain.pushing.score_marks import NOT_TAKEN, ScoreMark, score_error
from funnel.domain.sync.records import Direction, State, SyncError, Unit
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.domain.tracking.activities import ActivityKind, SubjectId
from funnel.domain.tracking.hits import BrowserId, Hit, HitBatch
from funnel.domain.tracking.visitors import browser_of_subject
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.forms.forms_aside import set_aside
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.living import holder_of
from funnel.usecases.people.change_address import change_address
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.people.import_people import started, take_file
from funnel.usecases.people.view_people import person
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.tracking.keep_sites import add_site
from tests.fakes.world import TENANT, World
from tests.unit.usecases.erasing.office import CONTACT, SECRETS, VISITOR, Office


@pytest.fixture
def office() -> Office:
    return Office()


def test_nothing_that_tells_who_it_was_is_left(office: Office) -> None:
    unsubscribe(office.app, TENANT, office.person_id, "q@x.test", Said("Ada", "Zyx wrote"))
    before = office.kept()
    assert all(secret in before for secret in SECRETS)
    assert list(office.world.store.prospect_rows) == [(TENANT, CONTACT)]
    person_id = office.person_id
    done = office.erase()
    assert done.status is JobStatus.DONE, done.note
    after = office.kept()
    assert [secret for secret in SECRETS if secret in after] == []
    assert office.names() == ["Other"]
    with pytest.raises(NotFound, match="erased on request"):
        person(office.app, TENANT, person_id)
    assert office.world.store.memberships(TENANT, members_of_person(person_id, [CONTACT])) == {}


def test_the_proof_says_who_when_and_how_much(office: Office) -> None:
    person_id = office.person_id
    done = office.erase()
    proof = office.world.store.erasure(TENANT, person_id)
    assert proof is not None
    assert (proof.by, proof.finished_at) == ("Ada", done.finished_at)
    assert proof.counts == done.result["counts"]
    assert proof.counts["records"] == 2
    assert proof.counts["people"] >= 2, "and those merged into it"
    assert proof.counts["history"] >= 4
    assert proof.counts["addresses"] >= 1
    assert proof.counts["activities"] >= 2
    assert proof.counts["mails"] == 2


def test_what_was_done_and_the_score_go_and_the_browser_is_nobodys(office: Office) -> None:
    person_id = office.person_id
    assert office.app.activities.scores(TENANT, [person_id])
    office.erase()
    assert office.app.activities.scores(TENANT, [person_id]) == {}
    for subject in (VISITOR, SubjectId(person_id)):
        assert office.app.activities.list_activities(TENANT, subject, 9).items == []
    browser = browser_of_subject(VISITOR)
    assert browser is not None
    left = office.app.visitors.visitor(TENANT, browser)
    assert left is not None
    assert VISITOR not in {*left.past, *(one.subject for one in left.holders)}
    office.visit(VISITOR)
    assert office.app.activities.scores(TENANT, [person_id]) == {}


def test_what_sugar_still_has_is_left_out_and_reported_without_a_name(office: Office) -> None:
    office.erase()
    office.put(CONTACT, "q@x.test", first_name="Quirin", last_name="Zyx", title="New")
    office.world.sugar.put(Module.LEADS, "again", last_name="Zyx", email1="Q@X.test")
    office.sync()
    office.sync(RunKind.FULL)
    assert [secret for secret in SECRETS if secret in office.kept()] == []
    assert office.names() == ["Other"]
    again = RecordKey(Module.LEADS, SugarId("again"))
    found = office.world.store.records(TENANT, [CONTACT, again])
    assert {one.state for one in found.values()} == {State.ERASED}
    errors = {(e.record, e.code, e.name) for e in office.world.store.errors.values()}
    assert errors == {(CONTACT, "Erased", ""), (again, "Erased", "")}
    office.world.sugar.delete(Module.CONTACTS, "c")
    office.world.sugar.delete(Module.LEADS, "again")
    office.sync()
    assert office.world.store.errors == {}


def test_an_opportunity_is_not_held_back_by_a_contact_that_was_erased(office: Office) -> None:
    office.erase()
    deal = office.world.sugar.put(Module.OPPORTUNITIES, "d", name="Deal", sales_stage="Open")
    deal.contact_ids = (SugarId("c"),)
    office.sync()
    key = RecordKey(Module.OPPORTUNITIES, SugarId("d"))
    assert office.world.store.records(TENANT, [key])[key].state is State.SYNCED


def test_a_row_that_waits_for_a_contact_does_not_name_it_any_more(office: Office) -> None:
    deal = RecordKey(Module.OPPORTUNITIES, SugarId("d"))
    row = SyncError(
        TENANT, "e1", Direction.PULL, deal, "Deal", "contacts", "Quirin Zyx", "ContactHeld", CONTACT,
        "Quirin Zyx", office.world.clock.now(), office.world.clock.now(), blocked_by=CONTACT,
    )  # fmt: skip
    office.world.store.commit(TENANT, [Unit(errors=[row])])
    office.erase()
    (left,) = office.world.store.errors_of(TENANT, deal)
    assert left == replace(row, root_name="", value="")


def test_forms_of_its_addresses_that_were_kept_aside_are_dropped(office: Office) -> None:
    site = add_site(office.app, TENANT, "Shop", ["x.test"], "Ada")
    now = office.world.clock.now()
    for number, email in enumerate(("Q@X.test", "new@x.test")):
        hit = Hit(f"h{number}", ActivityKind.FORM, now, "https://x.test/", fields={"email": email})
        set_aside(office.app, site, HitBatch(site.key, BrowserId("b"), now, "", "", (hit,)))
    office.erase()
    (left,) = office.app.sites.forms_aside(site, 9).items
    assert left.hits[0].fields["email"] == "new@x.test"


def test_an_import_leaves_an_erased_address_out_and_says_so(office: Office) -> None:
    office.erase()
    job = take_file(office.app, TENANT, "a.csv", b"email,last_name\nQ@x.test,Zyx\n", "Ada")
    ask_for(office.app, started(office.app, job, ["email", "last_name"], only_empty=False))
    office.world.drain()
    done = office.world.store.job(TENANT, JobId(job.job_id))
    assert done is not None
    assert (done.result["create"], done.result["skip"]) == (0, 1)
    text = office.world.files.get(TENANT, str(done.result["errors_file"])).decode()
    assert "erased on request" in text


def test_who_asks_to_be_here_again_is_and_the_opt_out_that_was_kept_holds(office: Office) -> None:
    unsubscribe(office.app, TENANT, office.person_id, "q@x.test", Said("Ada"))
    office.erase()
    new = NewPerson({"last_name": "Zyx"}, "q@x.test", "Ada", anew=False)
    with pytest.raises(WasErased):
        create_person(office.app, TENANT, new, "k2")
    again = create_person(office.app, TENANT, NewPerson(new.fields, new.email, "Ada"), "k2")
    [consent] = office.world.store.consents(TENANT, ["q@x.test"]).values()
    assert consent.opt_out.value
    assert consent.opt_out.source is not None
    assert "erased" in consent.opt_out.source.by
    assert office.names() == ["Other", "Zyx"]
    assert create_person(office.app, TENANT, new, "k2").person_id == again.person_id


@pytest.mark.parametrize("typed", ["", "other@x.test", "q@x"])
def test_nobody_is_erased_by_a_slip(office: Office, typed: str) -> None:
    with pytest.raises(InputInvalid, match=r"Type: q@x\.test") as refused:
        new_erasure(office.app, TENANT, office.person_id, typed, "Ada")
    assert refused.value.field == "confirm"


def test_what_an_address_was_before_is_erased_with_its_opt_out_and_kept_out(
    office: Office,
) -> None:
    world, app = office.world, office.app
    office.put(CONTACT, "quirin@new.test", first_name="Quirin", last_name="Zyx")
    said = Said("Ada", "Zyx wrote")
    unsubscribe(app, TENANT, office.person_id, "q@x.test", said)
    office.sync()
    made = create_person(app, TENANT, NewPerson({}, "q0@x.test", "Ada"), "k0").person_id
    unsubscribe(app, TENANT, made, "q0@x.test", said)
    change_address(app, TENANT, made, "q1@x.test", "Ada")
    change_address(app, TENANT, made, "q2@x.test", "Ada")
    for email, old in (
        ("quirin@new.test", ["q@x.test"]),
        ("q2@x.test", ["q0@x.test", "q1@x.test"]),
    ):
        holder = holder_of(app, TENANT, email)
        assert holder is not None
        ask_for(app, new_erasure(app, TENANT, holder.person_id, email, "Ada"))
        world.drain()
        assert world.store.consents(TENANT, old) == {}
        assert world.store.claims(TENANT, old) == {}
        marks = world.store.erased(TENANT)
        assert {one: marks.get(address_mark(TENANT, one)) for one in old} == {
            one: one in ("q@x.test", "q0@x.test") for one in old
        }
    assert [secret for secret in SECRETS if secret in office.kept()] == []


def test_nothing_is_written_to_whom_was_erased(office: Office) -> None:
    person_id = office.person_id
    office.erase()
    with pytest.raises(NotFound):
        edit_person(office.app, TENANT, person_id, {"company": "Acme"}, "Ada")
    with pytest.raises(WasErased):
        office.app.activities.attach(TENANT, person_id, SubjectId("v-late"))
    with pytest.raises(NotFound):
        new_erasure(office.app, TENANT, person_id, person_id, "Ada")


def test_a_record_of_somebody_else_that_had_founded_whom_was_erased_founds_another() -> None:
    world = World()
    world.connect()
    world.sugar.put(Module.LEADS, "l", last_name="Zyx", email1="zed@x.test")
    world.sugar.put(Module.LEADS, "o", last_name="Other", email1="other@x.test")
    world.sync(RunKind.INITIAL)
    holder = holder_of(world.app, TENANT, "zed@x.test")
    assert holder is not None
    world.clock.advance(3600)
    world.sugar.put(Module.CONTACTS, "c", at=None, last_name="Zyx", email1="zed@x.test")
    world.sync()
    for email in ("other@x.test", "lone@x.test"):
        world.clock.advance(3600)
        world.sugar.put(Module.LEADS, "l", at=None, last_name="Zyx", email1=email)
        world.sync()
        if email == "other@x.test":
            job = new_erasure(world.app, TENANT, holder.person_id, "zed@x.test", "Ada")
            EraseWork(world.app, job).step(job)
    found = holder_of(world.app, TENANT, "lone@x.test")
    assert found is not None
    assert found.person_id != holder.person_id


def test_an_address_that_is_somebody_elses_by_now_stays_theirs(office: Office) -> None:
    office.world.sugar.put(Module.LEADS, "o", last_name="Other", email1="quirin@old.test")
    office.sync()
    office.erase()
    assert holder_of(office.app, TENANT, "quirin@old.test") is not None
    office.sync(RunKind.FULL)
    assert office.names() == ["Other"]


def test_nothing_of_a_push_that_failed_is_left_in_the_error_report() -> None:
    world = World()
    world.connect()
    world.change(read_only=False)
    new = NewPerson({"last_name": "Geheim", "first_name": "Zed"}, "zed@x.test", "Ada")
    person_id = create_person(world.app, TENANT, new, "k").person_id
    wish = Wish(WrittenModule.LEADS)
    request_push(world.app, TENANT, PushRequest(person_id, wish, "Eva", "k1"))
    world.drain()
    failed = RecordKey(Module.LEADS, SugarId("told"))
    mark = ScoreMark(TENANT, person_id, ConnectionId("c"), failed=(failed,))
    assert world.store.save_score_marks(TENANT, [mark]) == [True]
    told = score_error(TENANT, failed, "Geheim", NOT_TAKEN, "f", "v", [], world.clock.now())
    connection = world.store.connection(TENANT)
    assert connection is not None
    made = person_record_id(connection.connection_id, WrittenModule.CONTACTS, person_id, 1)
    # Of a record that the worker did not come to keep.
    lost = replace(told, record=RecordKey(Module.CONTACTS, made), error_id="left out", value="Zyx")
    world.store.commit(TENANT, [Unit(errors=[told, lost])])
    assert {e.name for e in world.store.errors.values()} == {"Zed Geheim", "Geheim"}
    ask_for(world.app, new_erasure(world.app, TENANT, person_id, "zed@x.test", "Ada"))
    world.drain()
    assert world.store.errors == {}
