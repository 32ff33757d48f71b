"""Importing people: guesses, a look first, rows carried out once, and what was left out."""

from dataclasses import replace

import pytest

from funnel.domain.csv_files import read_csv
from funnel.domain.errors import Conflict, InputInvalid, StoreBusy
from funnel.domain.ids import JobId, Module, PersonId, RecordKey, SugarId
from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.mapping.written_numbers import NumberStyle
from funnel.domain.people.importing import RowKind, cells_of, guess
from funnel.domain.sync.runs import Job, JobStatus, RunKind
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.lists.put_imported import start_import
from funnel.usecases.living import holder_of
from funnel.usecases.people import import_people
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.import_people import started, take_file
from funnel.usecases.work.do_people_job import do_people_job
from tests.fakes.world import TENANT, World

COLUMNS = ("email", "last_name", "city", "email_opt_out")
HEADER = "Email,Surname,Town,Opted out\n"


@pytest.fixture
def world() -> World:
    world = World()
    world.connect()
    return world


def begin(world: World, rows: str, *, only_empty: bool = False, title: str = "fair.csv") -> Job:
    """An import that was started and waits for its worker."""
    job = take_file(world.app, TENANT, title, (HEADER + rows).encode(), "Ada")
    return ask_for(world.app, started(world.app, job, COLUMNS, only_empty=only_empty))


def run(world: World, rows: str, *, only_empty: bool = False) -> Job:
    """An import from its file to its end."""
    job = begin(world, rows, only_empty=only_empty)
    world.drain()
    return stored(world, job)


def stored(world: World, job: Job) -> Job:
    found = world.store.job(TENANT, JobId(job.job_id))
    assert found is not None
    return found


def left_out(world: World, job: Job) -> str:
    """The file with the rows that were left out."""
    return world.files.get(TENANT, str(job.result["errors_file"])).decode()


def counts(job: Job) -> tuple[object, ...]:
    return tuple(job.result[kind.value] for kind in RowKind)


def city(world: World, email: str) -> object:
    holder = holder_of(world.app, TENANT, email)
    assert holder is not None
    return holder.fields.get("city")


def test_columns_are_guessed_by_their_titles_in_several_ways_to_say_it() -> None:
    labels = {"first_name": "First name", "last_name": "Last name", "phone_work": "Phone, work",
              "company": "Company", "custom_tier": "Tier"}  # fmt: skip
    header = [
        "E-Mail Address",
        "first_name",
        "Surname",
        "PHONE",
        "Organisation",
        "tier",
        "Size",
        "Mail",
    ]
    assert guess(header, labels) == [
        "email", "first_name", "last_name", "phone_work", "company", "custom_tier", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (["city"], "No column has an address or a name"),
        (["email", "email"], "Two columns go into “email”"),
        (["email", "shoe_size"], "no field “shoe_size”"),
    ],
)
def test_columns_that_cannot_be_are_refused(world: World, columns: list[str], text: str) -> None:
    job = take_file(world.app, TENANT, "f.csv", b"a,b\n1,2\n", "Ada")
    with pytest.raises(InputInvalid, match=text):
        started(world.app, job, columns, only_empty=False)
    assert "columns" not in stored(world, job).arguments


def test_rows_create_change_and_leave_people_as_they_are(world: World) -> None:
    create_person(world.app, TENANT, NewPerson({"city": "Bonn"}, "ann@x.test", "Bo"), "a")
    create_person(world.app, TENANT, NewPerson({"city": "Ulm"}, "cid@x.test", "Bo"), "c")
    job = run(
        world, "Ann@X.test,,Ulm,\nben@x.test,Ben,Köln,\ncid@x.test,,Ulm,\nnone,Nil,,\n,,Rom,\n"
    )
    assert (job.status, counts(job)) == (JobStatus.DONE, (1, 1, 1, 2))
    assert (city(world, "ann@x.test"), city(world, "ben@x.test")) == ("Ulm", "Köln")
    assert "none,Nil,,,5,email: Enter an email address" in left_out(world, job)
    assert "Neither a name nor an email address." in left_out(world, job)
    holder = holder_of(world.app, TENANT, "ben@x.test")
    assert holder is not None
    assert holder.made_by == "Ada (fair.csv)"
    [entry] = world.store.history(TENANT, holder.person_id, 9).items
    assert (entry.kind, entry.by) == ("created", "Ada (fair.csv)")


def test_an_empty_cell_empties_nothing_and_what_is_here_can_be_kept(world: World) -> None:
    create_person(world.app, TENANT, NewPerson({"city": "Bonn"}, "ann@x.test", "Bo"), "a")
    run(world, "ann@x.test,,,\n")
    assert city(world, "ann@x.test") == "Bonn"
    run(world, "ann@x.test,Ott,Ulm,\n", only_empty=True)
    assert city(world, "ann@x.test") == "Bonn"
    found = holder_of(world.app, TENANT, "ann@x.test")
    assert found is not None
    assert found.fields["last_name"] == "Ott"


def test_the_same_file_again_makes_nobody_twice_with_or_without_an_address(world: World) -> None:
    rows = "ann@x.test,Ann,,\n,Ben,,\n,Ben,Ulm,\n"
    run(world, rows)
    before = {p.person_id for p in world.store.list_people(TENANT, "", 99).items}
    run(world, rows)
    assert {p.person_id for p in world.store.list_people(TENANT, "", 99).items} == before
    assert len(before) == 3


def test_an_import_opts_out_and_never_takes_an_opt_out_back(world: World) -> None:
    for key in ("ann", "ben"):
        create_person(world.app, TENANT, NewPerson({}, f"{key}@x.test", "Bo"), key)
    ben = holder_of(world.app, TENANT, "ben@x.test")
    assert ben is not None
    unsubscribe(world.app, TENANT, ben.person_id, "ben@x.test", Said("Bo"))
    job = run(world, "ann@x.test,,,yes\nben@x.test,,,no\nnew@x.test,,,YES\nbad@x.test,,,maybe\n")
    known = world.store.consents(TENANT, [f"{n}@x.test" for n in ("ann", "ben", "new")])
    assert {email: one.opt_out.value for email, one in known.items()} == dict.fromkeys(known, True)
    assert len(known) == 3
    assert "maybe" in left_out(world, job)
    again = run(world, "ann@x.test,,,yes\n")
    assert counts(again) == (0, 0, 1, 0), "opted out already, nothing changes"


def test_a_person_of_sugar_is_changed_as_by_hand(world: World) -> None:
    world.sugar.put(
        Module.LEADS, "l1", last_name="Ott", email1="ann@x.test", primary_address_city="Bonn"
    )
    world.sync(RunKind.INITIAL)
    run(world, "ann@x.test,,Ulm,\n")
    key = RecordKey(Module.LEADS, SugarId("l1"))
    person_id = world.store.records(TENANT, [key])[key].person_id
    person = world.store.people(TENANT, [PersonId(person_id)])[person_id]
    assert person.fields["city"] == "Ulm"
    assert person.edited["city"].by == "Ada (fair.csv)"


def test_a_long_import_goes_on_in_steps_and_hands_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_people, "STEP", 3)
    job = begin(world, "".join(f"p{i}@x.test,P{i},,\n" for i in range(8)) + "x,,,\n")
    message = world.queue.pop_next()
    assert message == DoPeopleJob(TENANT, JobId(job.job_id))
    times = iter([1.0, 1.0, 0.0])
    do_people_job(world.app, message, lambda: next(times))
    half = stored(world, job)
    assert (half.status, half.result["next"]) == (JobStatus.RUNNING, 6)
    assert world.queue.pop_next() == message
    do_people_job(world.app, message, lambda: 1.0)
    done = stored(world, job)
    assert (done.status, counts(done)) == (JobStatus.DONE, (8, 0, 0, 1))
    do_people_job(world.app, message, lambda: 1.0)
    assert stored(world, job) == done, "a message that comes again finds it done"


def test_what_passes_is_tried_again_and_what_does_not_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = begin(world, "ann@x.test,Ann,,\n")
    message = world.queue.pop_next()
    assert isinstance(message, DoPeopleJob)

    def busy(*_: object) -> None:
        raise StoreBusy("The files do not answer.")

    with monkeypatch.context() as away:
        away.setattr(world.files, "get", busy)
        do_people_job(world.app, message, lambda: 1.0)
        again = world.queue.pop_next()
        assert again == DoPeopleJob(TENANT, JobId(job.job_id), 1)
    world.files.kept.clear()
    do_people_job(world.app, DoPeopleJob(TENANT, JobId(job.job_id), 1), lambda: 1.0)
    failed = stored(world, job)
    assert failed.status is JobStatus.FAILED
    assert failed.note is not None
    assert "not here any more" in failed.note.text


def test_of_two_imports_of_a_file_that_start_at_once_one_goes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = f"{HEADER}ann@x.test,Ann,,\n".encode()
    first, second = (take_file(world.app, TENANT, name, rows, "Ada") for name in ("a", "b"))
    save = world.store.save_job

    def meanwhile(job: Job) -> Job:
        monkeypatch.undo()
        start_import(world.app, second, COLUMNS, only_empty=False)
        return save(job)

    monkeypatch.setattr(world.store, "save_job", meanwhile)
    with pytest.raises(Conflict, match="being imported already: “b”, begun by Ada"):
        start_import(world.app, first, COLUMNS, only_empty=False)
    world.drain()
    assert stored(world, second).status is JobStatus.DONE
    assert "columns" not in stored(world, first).arguments


def test_what_was_left_out_can_be_mended_and_imported_again(world: World) -> None:
    job = run(world, "=1+1,Ann,Ulm,\n")
    text = left_out(world, job)
    assert "'=1+1" in text, "no spreadsheet takes it for a formula"
    file = read_csv(text.encode())
    assert file.header == ("Email", "Surname", "Town", "Opted out", "line", "reason")
    assert file.rows[0].cells[0] == "=1+1"


def test_dropdowns_take_labels_for_keys() -> None:
    known = {"lead_source": FieldType.CHOICE}
    options = {"lead_source": {"web": "Web Site", "fair": "Trade Show"}}
    row = cells_of(["trade show"], ["lead_source"], known, options)
    assert row.values == {"lead_source": "fair"}
    assert cells_of(["web"], ["lead_source"], known, options).values == {"lead_source": "web"}


NUMBERS = "Email;Budget;Seats\nann@x.test;1.250,50;1.250\nben@x.test;1.250;12,5\ncid@x.test;7;7\n"


def with_numbers(world: World) -> None:
    """A budget and seats are fields of people."""
    fields = (
        CustomField("custom_budget", "Budget", FieldType.MONEY, Subject.PERSON),
        CustomField("custom_seats", "Seats", FieldType.INTEGER, Subject.PERSON),
    )
    world.change(custom_fields=fields)


def import_numbers(world: World, numbers: NumberStyle | None) -> Job:
    """An import to its end; without a style as one that was begun before there were any."""
    job = take_file(world.app, TENANT, "de.csv", NUMBERS.encode(), "Ada")
    columns = ["email", "custom_budget", "custom_seats"]
    style = numbers or NumberStyle.PLAIN
    begun = started(world.app, job, columns, only_empty=False, numbers=style)
    if numbers is None:
        before = {one: value for one, value in begun.arguments.items() if one != "numbers"}
        begun = replace(begun, arguments=before)
    ask_for(world.app, begun)
    world.drain()
    return stored(world, job)


def numbers_kept(world: World) -> dict[str, tuple[object, object]]:
    people = world.store.list_people(TENANT, "", 99).items
    return {p.emails[0]: (p.fields["custom_budget"], p.fields["custom_seats"]) for p in people}


def test_numbers_are_read_as_the_file_writes_them_and_others_are_left_out(world: World) -> None:
    with_numbers(world)
    job = import_numbers(world, NumberStyle.COMMA)
    assert counts(job) == (2, 0, 0, 1)
    assert numbers_kept(world) == {"ann@x.test": ("1250.50", 1250), "cid@x.test": ("7", 7)}
    told = read_csv(left_out(world, job).encode()).rows[0].cells
    assert told[:4] == ("ben@x.test", "1.250", "12,5", "3")
    assert told[4].startswith("custom_seats: “12,5” is no whole number written as “1.250”")


def test_an_import_that_was_begun_before_there_were_styles_reads_numbers_as_ever(
    world: World,
) -> None:
    with_numbers(world)
    job = import_numbers(world, None)
    assert (counts(job), numbers_kept(world)) == ((1, 0, 0, 2), {"cid@x.test": ("7", 7)})
    assert "Enter a number such as 1250.50." in left_out(world, job)


def test_a_file_that_is_read_otherwise_the_second_time_changes_whom_it_made(world: World) -> None:
    with_numbers(world)
    rows = "Email,Surname,Budget\nann@x.test,Ann,1.250\n,Lone,2.500\nben@x.test,Ben,7\n"
    columns = ["email", "last_name", "custom_budget"]
    done = []
    for style in (NumberStyle.POINT, NumberStyle.COMMA, NumberStyle.COMMA):
        world.clock.advance(60)
        job = take_file(world.app, TENANT, "de.csv", rows.encode(), "Ada")
        ask_for(world.app, started(world.app, job, columns, only_empty=False, numbers=style))
        world.drain()
        people = world.store.list_people(TENANT, "", 99).items
        kept = {p.name: p.fields["custom_budget"] for p in people}
        done.append((counts(stored(world, job)), kept))
    thousands = {"Ann": "1250", "Lone": "2500", "Ben": "7"}
    assert done == [
        ((3, 0, 0, 0), {"Ann": "1.250", "Lone": "2.500", "Ben": "7"}),
        ((0, 2, 1, 0), thousands),
        ((0, 0, 3, 0), thousands),
    ]
