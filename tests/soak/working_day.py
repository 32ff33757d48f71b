"""What people do meanwhile: in Sugar, on the site, and in Funnel. Who is refused tries again."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from random import Random
from typing import Any

import requests
from botocore.exceptions import BotoCoreError, ClientError

from local.stack.client import FunnelClient
from local.stack.errors import StackError
from local.stack.marketing import fill
from local.stack.visits import AGENTS
from local.sugar.demo.users import STANDARD
from tests.soak.bad_day import BadDay
from tests.soak.done import Done
from tests.soak.quiet import STEP, decide_unclear_mail, tell_what_was_sent

Json = dict[str, Any]
FAILED = (StackError, requests.RequestException, BotoCoreError, ClientError)
SCHEDULE = ("watch", "campaigns", "mail", "segments", "scores", "watch", "campaigns")
PAGES = ("/", "/pricing", "/tour", "/quote")
TITLES = ("Buyer", "Captain", "Head of Purchasing", "Dispatcher")


class WorkingDay:
    """Everybody at work, until `until` (by the monotonic clock), and then what is begun is ended."""

    def __init__(self, day: BadDay, client: FunnelClient, tenant: str, seed: int) -> None:
        self.day, self.client, self.tenant = day, client, tenant
        self.done = Done()
        self.said: list[str] = []
        self._seed = seed
        self._over = threading.Event()
        self._broken: list[BaseException] = []
        self._activities = day.physical("ActivitiesQueue")

    def work(self, seconds: float) -> None:
        """Everybody works for so long, and ends what is begun while all is well again.

        Raises what went wrong with the test itself.
        """
        jobs = (
            self._in_sugar,
            self._visitors,
            self._visitors_of_the_collector,
            self._sales,
            self._marketing,
            self._schedule,
            self._admin,
        )
        self._threads = [
            threading.Thread(target=self._safely, args=(job,), daemon=True) for job in jobs
        ]
        for thread in self._threads:
            thread.start()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._broken:
            self.day.stack.check()
            time.sleep(1)
        self._over.set()

    def end(self) -> None:
        """Wait until what was begun is ended, now that nothing fails.

        SES tells meanwhile what it sent: of mail whose answer was lost nothing else says so. Of mail
        that nobody asked SES for, an admin decides when it is unclear, which needs half an hour.
        """
        # Not so far, in all, that who is signed in no longer is.
        deadline, next_step = time.monotonic() + 900, time.monotonic() + 20
        tables = self.day.tables(self.tenant)
        for number, thread in enumerate(cycle(self._threads)):
            if not any(one.is_alive() for one in self._threads):
                break
            if time.monotonic() > deadline:
                raise StackError("Somebody has not ended what was begun.")
            thread.join(2)
            tell_what_was_sent(self.day, tables, self.tenant)
            self.day.tick(SCHEDULE[number % len(SCHEDULE)])
            if time.monotonic() > next_step:
                next_step = time.monotonic() + 20
                self.day.be_ahead(self.day.ahead + STEP)
                decide_unclear_mail(self.day, self.client, tables)
        if self._broken:
            raise self._broken[0]

    def _safely(self, job: Callable[[Random], None]) -> None:
        try:
            job(Random(f"{self._seed} {job.__name__}"))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            self._broken.append(error)

    def _until_done(self, what: Callable[[], Any]) -> Any:
        """Do it again until it is answered: a person presses once more."""
        for _ in range(200):
            self.done.tries += 1
            try:
                return what()
            except FAILED as error:
                self.done.refused += 1
                last = error
                time.sleep(0.5)
        raise last

    def _pauses(self, chance: Random, seconds: float) -> Iterator[int]:
        """A number for each thing to do, some time apart, until the day is over."""
        number = 0
        while not self._over.wait(chance.expovariate(1 / seconds)):
            yield number
            number += 1

    # Sugar's people

    def _in_sugar(self, chance: Random) -> None:
        """They change, make, delete, restore and convert leads, and change accounts."""
        company = self.day.sugar.company
        owner = STANDARD["owneronly"]
        for number in self._pauses(chance, 0.7):
            leads = company.ids("Leads")
            one = chance.choice(leads)
            match chance.randrange(10):
                case 0 | 1:
                    made = {
                        "last_name": f"Storm {number}",
                        "email1": f"storm{number}@weather.example",
                        "title": chance.choice(TITLES),
                        "status": "New",
                        "assigned_user_id": owner,
                    }
                    self.done.leads[company.create("Leads", made)] = made
                case 2 | 3 | 4 | 5:
                    company.update(
                        "Leads", one, title=chance.choice(TITLES), phone_work=f"+47 {number:08}"
                    )
                case 6:
                    contact = chance.choice(company.ids("Contacts"))
                    company.update("Contacts", contact, title=f"{chance.choice(TITLES)} {number}")
                case 7:
                    account = chance.choice(company.ids("Accounts"))
                    company.update("Accounts", account, phone_office=f"+49 {number:08}")
                case 8:
                    self.done.deleted |= {a.email.lower() for a in company.emails("Leads", one)}
                    company.delete("Leads", one)
                    self.done.leads.pop(one, None)
                    if chance.random() < 0.5:
                        company.restore("Leads", one)
                case 9:
                    if (company.get("Leads", one) or {}).get("status") != "Converted":
                        company.convert_lead(one)

    # Visitors

    def _visitors(self, chance: Random) -> None:
        """From many networks, and so past the collector, onto the queue behind it."""
        site = self._until_done(lambda: self.client.json("GET", "/api/app/sites"))["items"][0]
        sqs = self.day.stack.client("sqs")
        for number in self._pauses(chance, 1.0):
            email = f"storm{chance.randrange(60)}@weather.example" if number % 3 == 0 else ""
            hits = self._hits(f"q{number}", email, chance)
            body = {
                "type": "record_hits",
                "tenant": self.tenant,
                "site": site["key"],
                "browser": f"{number:031x}a",
                "received_at": datetime.now(UTC).isoformat(),
                "ip": f"198.18.{number % 250}.{1 + number // 250}",
                "user_agent": chance.choice(AGENTS),
                "hits": [one | {"at": _moment(one["at"])} for one in hits],
            }
            text = json.dumps(body)
            # As SQS may: twice.
            for _ in range(1 + (number % 7 == 0)):
                sqs.send_message(QueueUrl=self._activities, MessageBody=text)
            self.done.hits |= {one["id"]: email for one in hits}

    def _visitors_of_the_collector(self, chance: Random) -> None:
        """One browser after another, each until its hits are taken."""
        site = self._until_done(lambda: self.client.json("GET", "/api/app/sites"))["items"][0]
        address = f"{self.client.base_url}/c/{site['key']}"
        headers = {
            "content-type": "text/plain;charset=UTF-8",
            "origin": self.day.stack.site.url,
            "user-agent": AGENTS[0],
        }
        for number in self._pauses(chance, 2.0):
            hits = self._hits(f"c{number}", "", chance)
            body = {"browser": f"{number:031x}b", "sent": int(time.time() * 1000), "hits": hits}

            def send(content: bytes = json.dumps(body).encode()) -> None:
                reply = requests.post(address, content, headers=headers, timeout=60)
                if reply.status_code != 202:
                    raise StackError(f"{reply.status_code} {reply.text[:200]}")

            self._until_done(send)
            self.done.hits |= {one["id"]: "" for one in hits}

    def _hits(self, name: str, email: str, chance: Random) -> list[Json]:
        now = int(time.time() * 1000)
        hits: list[Json] = [
            {
                "id": f"soak-{self._seed}-{name}-{n}",
                "kind": "page view",
                "at": now,
                "url": self.day.stack.site.url + chance.choice(PAGES),
                "title": "A page",
            }
            for n in range(chance.randrange(1, 4))
        ]
        if email:
            hits[-1] |= {"kind": "form", "form": "Newsletter", "fields": {"email": email}}
        return hits

    # Funnel's people

    def _sales(self, chance: Random) -> None:
        """People are made here, written to, and put into Sugar with a call to make."""
        for number in self._pauses(chance, 2.0):
            email = f"made{number}@here.example"
            wish = {
                "email": email,
                "key": email,
                "fields": {"last_name": f"Made {number}", "company": f"Made {number % 9} AS"},
            }
            person = self._until_done(partial(self._post, "/people", wish))["person_id"]
            self.done.people[email] = person
            if number % 2 == 0:
                asked = {
                    "module": "Leads" if number % 4 else "Contacts",
                    "key": f"push-{number}",
                    "task": {"kind": "Call", "subject": f"Call {email}"},
                }
                path = f"/people/{person}/push"
                made = self._until_done(partial(self._post, path, asked))
                self.done.pushes[email] = made["push_id"]
            if number % 3 == 0:
                letter = {
                    "key": f"mail-{number}",
                    "address": email,
                    "subject": f"To {email}",
                    "html": "<p>Hello <a href='https://www.example.com/'>you</a></p>",
                }
                path = f"/people/{person}/mails"
                made = self._until_done(partial(self._post, path, letter))
                self.done.mails[email] = made["mail"]["mail_id"]
        self.done.finished.add("sales")

    def _post(self, path: str, wish: Json) -> Json:
        made: Json = self.client.json("POST", f"/api/app{path}", wish)
        return made

    def _marketing(self, _: Random) -> None:
        """What a marketer of the demo company does: segments, form, campaign, broadcast."""
        stack = self.day.stack
        self._until_done(lambda: fill(stack, self.client, self.tenant, self.said.append))
        self.done.finished.add("marketing")

    def _admin(self, chance: Random) -> None:
        """Presses Sync now from time to time."""
        for _ in self._pauses(chance, 45.0):
            reply = self.client.call(
                "POST", "/api/setup/sync", {"kind": "incremental", "modules": []}
            )
            self.done.tries += 1
            self.done.refused += reply.status_code >= 400

    def _schedule(self, chance: Random) -> None:
        """Ticks, more often than on AWS."""
        for number in self._pauses(chance, 4.0):
            try:
                self.day.tick(SCHEDULE[number % len(SCHEDULE)])
            except FAILED:
                continue


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()
