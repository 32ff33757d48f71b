"""People made here and erased, while Sugar's people come, go, meet and part: nobody is lost, nobody
is two, and nobody who was erased comes back.
"""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.errors import AddressTaken, InputInvalid, NotFound, WasErased
from funnel.domain.ids import JobId, Module, PersonId, RecordKey, SugarId
from funnel.domain.people.erasure import record_mark
from funnel.domain.sync.records import Person, State, SugarRecord
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.usecases.erasing.erase_person import new_erasure, word_for
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.living import standing
from funnel.usecases.people.change_address import change_address
from funnel.usecases.people.create_person import NewPerson, create_person
from tests.fakes.world import TENANT, World

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "300")) // 3
EMAILS = ("", "a@x.test", "b@x.test", "c@x.test")
IDS = ("1", "2", "3")

Act = tuple[str, int, int]
acts: st.SearchStrategy[list[Act]] = st.lists(
    st.tuples(
        st.sampled_from(
            ["lead", "lead", "contact", "delete", "make", "make", "move", "erase", "sync"]
        ),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    max_size=14,
)


class Story:
    """What happened, and who was made here and erased since."""

    def __init__(self) -> None:
        self.world = World()
        self.world.connect()
        self.made: list[PersonId] = []
        self.erased: set[PersonId] = set()

    def act(self, act: Act, number: int) -> None:
        """Carry out one act; what is refused with a reason changes nothing."""
        kind, which, email = act
        sugar = self.world.sugar
        try:
            match kind:
                case "lead" | "contact":
                    module = Module.LEADS if kind == "lead" else Module.CONTACTS
                    name = f"{module}{which % 3}"
                    sugar.put(module, IDS[which % 3], last_name=name, email1=EMAILS[email])
                case "delete":
                    module = Module.LEADS if which % 2 else Module.CONTACTS
                    if SugarId(IDS[which % 3]) in sugar.tables[module]:
                        sugar.delete(module, IDS[which % 3])
                case "make":
                    new = NewPerson(
                        {"last_name": f"Made{number}"}, EMAILS[email], "Ada", anew=False
                    )
                    made = create_person(self.world.app, TENANT, new, f"k{number}")
                    self.made.append(made.person_id)
                case "move" if self.made:
                    one = self.made[which % len(self.made)]
                    change_address(self.world.app, TENANT, one, EMAILS[email], "Ada")
                case "erase":
                    self._erase(which)
                case _:
                    self.sync()
        except (AddressTaken, WasErased, InputInvalid, NotFound):
            return

    def _erase(self, which: int) -> None:
        store, app = self.world.store, self.world.app
        listed = store.list_people(TENANT, "", 50).items
        if not listed:
            return
        one = listed[which % len(listed)]
        job = ask_for(app, new_erasure(app, TENANT, one.person_id, word_for(one), "Ada"))
        self.world.drain()
        done = store.job(TENANT, JobId(job.job_id))
        assert done is not None
        assert done.status is JobStatus.DONE, done.note
        self.erased.add(one.person_id)
        self.erased |= {i for i in self.made if (p := standing(app, TENANT, i)) and not p.is_listed}

    def sync(self, kind: RunKind = RunKind.HOURLY) -> None:
        """An hour later."""
        self.world.clock.advance(3_600)
        self.world.sync(kind)

    def check(self) -> None:
        """Everything that must hold once both sides are in step."""
        store = self.world.store
        people = [p for (t, _), p in store.rows.items() if t == TENANT and isinstance(p, Person)]
        held = [(email, p.person_id) for p in people for email in p.emails if not p.merged_into]
        assert len({email for email, _ in held}) == len(held), "two people hold one address"
        claims = store.claims(TENANT, EMAILS[1:])
        assert {e: c.person_id for e, c in claims.items() if c.person_id} == dict(held)
        marks = store.erased(TENANT)
        for table in self.world.sugar.tables.values():
            for theirs in table.values():
                if theirs.module in (Module.LEADS, Module.CONTACTS) and not theirs.deleted:
                    key = RecordKey(theirs.module, theirs.sugar_id)
                    self._check_record(store.records(TENANT, [key])[key], marks)
        for person_id in set(self.made) - self.erased:
            now = standing(self.world.app, TENANT, person_id)
            assert now is not None
            assert now.is_listed, "somebody made here is lost"

    def _check_record(self, record: SugarRecord, marks: dict[str, bool]) -> None:
        store = self.world.store
        if record.state is State.ERASED:
            assert (dict(record.fields), record.name, record.person_id) == ({}, "", "")
            return
        assert record_mark(TENANT, record.key) not in marks, "what was erased came back"
        assert record.state is State.SYNCED
        person = store.people(TENANT, [record.person_id])[record.person_id]
        assert record.key in {link.key for link in person.links}


@settings(max_examples=RUNS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts)
def test_nobody_made_here_is_lost_doubled_or_back_from_being_erased(story: list[Act]) -> None:
    told = Story()
    told.sync(RunKind.INITIAL)
    for number, act in enumerate(story):
        told.act(act, number)
    told.sync()
    told.check()
    writes = told.world.store.writes
    told.sync()
    assert told.world.store.writes == writes, "once both agree, cycles write nothing"
