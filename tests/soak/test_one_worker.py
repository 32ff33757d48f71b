"""Hours in which everything fails now and then, in minutes: one worker, time of the test's own, seeds.

`FUNNEL_SOAK_SEEDS` says how many, `FUNNEL_SOAK_SEED` the first, `FUNNEL_SOAK_STEPS` how long.
"""

import os
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from funnel.domain.ids import PersonId, WrittenModule
from funnel.domain.pushing.pushes import TaskKind, TaskWish, Wish
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import BrowserId, Hit, HitBatch, SiteKey
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.tracking.keep_sites import add_site
from local.sugar.demo.build import Size, build
from local.sugar.demo.users import STANDARD
from tests.soak.done import Done
from tests.soak.one_worker import TENANT, OneWorker, one_worker
from tests.soak.reckoning import Reckoner
from tests.stack.scene import LONG_AGO

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FIRST = int(os.environ.get("FUNNEL_SOAK_SEED", "1"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("FUNNEL_SOAK_SEEDS", "3")))
STEPS, MINUTES = int(os.environ.get("FUNNEL_SOAK_STEPS", "16")), 10
NIGHT = 14
"""Rounds of two hours."""

TITLES = ("Buyer", "Captain", "Dispatcher")


class Work:
    """What people do, a little in each step."""

    def __init__(self, worker: OneWorker, seed: int) -> None:
        self.worker, self.done = worker, Done()
        self._chance = Random(seed)
        self._site = SiteKey(add_site(worker.app, TENANT, "Demo", ["demo.example"], "Mo").key)

    def step(self, number: int) -> None:
        """Of all a little."""
        for at in range(8):
            self._in_sugar(number * 100 + at)
        for at in range(4):
            self._visit(number * 100 + at)
        for at in range(2):
            self._sales(number * 100 + at)

    def _in_sugar(self, number: int) -> None:
        company, chance = self.worker.sugar.company, self._chance
        one = chance.choice(company.ids("Leads"))
        match chance.randrange(8):
            case 0 | 1:
                made = {
                    "last_name": f"Storm {number}", "title": chance.choice(TITLES),
                    "email1": f"storm{number % 40}@weather.example", "status": "New",
                    "assigned_user_id": STANDARD["owneronly"],
                }  # fmt: skip
                company.create("Leads", made)
            case 2 | 3 | 4:
                company.update("Leads", one, title=chance.choice(TITLES), phone_work=str(number))
            case 5:
                account = chance.choice(company.ids("Accounts"))
                company.update("Accounts", account, phone_office=str(number))
            case 6:
                self.done.deleted |= {a.email.lower() for a in company.emails("Leads", one)}
                company.delete("Leads", one)
            case 7:
                if (company.get("Leads", one) or {}).get("status") != "Converted":
                    company.convert_lead(one)

    def _visit(self, number: int) -> None:
        now = self.worker.clock.now()
        form = {"email": f"storm{number % 40}@weather.example"} if number % 2 else {}
        hits = tuple(self._hit(f"h{number}-{at}", now, form if at == 1 else {}) for at in range(2))
        batch = HitBatch(
            self._site, BrowserId(f"{number:032x}"), now, f"198.18.{number % 250}.7", FIREFOX, hits
        )
        for _ in range(1 + (number % 5 == 0)):
            self.worker.queue.send(RecordHits(TENANT, batch))
        self.done.hits |= {hit.hit_id: "" for hit in hits}

    @staticmethod
    def _hit(hit_id: str, now: datetime, form: dict[str, str]) -> Hit:
        kind = ActivityKind.FORM if form else ActivityKind.PAGE_VIEW
        page = "https://demo.example/pricing"
        return Hit(hit_id, kind, now, page, form="News" if form else "", fields=form)

    def _sales(self, number: int) -> None:
        email = f"made{number}@here.example"
        fields = {"last_name": f"Made {number}", "company": f"Made {number % 5} AS"}
        new = NewPerson(fields, email, "Bea")
        until = self.worker.until_done
        person: PersonId = until(lambda app: create_person(app, TENANT, new, email).person_id)
        self.done.people[email] = person
        task = TaskWish(TaskKind.CALL, f"Call {email}")
        module = WrittenModule.LEADS if number % 2 else WrittenModule.CONTACTS
        wish = PushRequest(person, Wish(module, task=task), "Bea", email)
        self.done.pushes[email] = until(lambda app: request_push(app, TENANT, wish).intent_id)


def settle(worker: OneWorker) -> list[str]:
    """Come to rest: through a night, so that all that is looked at once a day was."""
    told = []
    for number in range(60):
        moved = worker.queue.redrive()
        # What is looked at once a day comes in the night between.
        worker.run(*((120, 60) if number < NIGHT else (20, 10)))
        waiting = worker.tables.waiting()
        told.append(f"waiting {waiting}, moved {moved}")
        if number > NIGHT and not any(waiting.values()) and not moved:
            return told
    raise AssertionError("\n".join(told))


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_after_hours_of_faults_nothing_is_lost_doubled_or_unexplained(
    seed: int, tmp_path: Path
) -> None:
    with one_worker(tmp_path, seed) as worker:
        with worker.sugar.company.at(worker.clock.now() - LONG_AGO):
            build(worker.sugar.sugar, seed, Size.of(120))
        work = Work(worker, seed)
        worker.fail(True)
        worker.until_done(lambda app: start_run(app, TENANT, RunKind.INITIAL))
        for number in range(STEPS):
            work.step(number)
            worker.run(MINUTES)
        worker.fail(False)
        faults = [dict(proxy.counts) for proxy in worker.proxies]
        given_up = len(worker.queue.dead)
        rounds = settle(worker)
        found = Reckoner(worker.tables, worker.sugar.company, [], work.done).all()
        print(f"\nseed {seed}: {faults}, workers that died: {worker.chances.deaths}")
        print(f"given up: {given_up}, rounds: {len(rounds)}, last: {rounds[-1]}")
        print("compared", dict(found.counts), "in the report", dict(found.explained))
        for name, wrong in found.wrong.items():
            print(name, len(wrong), *wrong[:30], sep="\n  ")
        assert worker.chances.deaths > 5
        assert all(len(counts) > 5 for counts in faults)
        assert found.wrong == {}, worker.queue.failures[-20:]
