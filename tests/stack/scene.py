"""One tenant of the deployed stack with a small Sugar of its own."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from local.stack.client import FunnelClient, wait_for
from local.sugar import SugarSimulator
from local.sugar.clock import as_sugar
from local.sugar.company import Company
from local.sugar.demo.build import Size, build
from local.sugar.demo.users import STANDARD

if TYPE_CHECKING:
    from local.stack.stack import Stack

Json = dict[str, Any]
SECONDS = 240
"""Until what is to come is given up: on a busy machine all of it comes late."""
GOING = {"running", "stalled"}
API_USER = STANDARD["api"]
OWNER = STANDARD["owneronly"]
LONG_AGO = timedelta(days=40)


@dataclass
class Scene:
    """What a person at each end can do: `company` is Sugar's users, `funnel` our admin."""

    stack: "Stack"
    sugar: SugarSimulator
    funnel: FunnelClient
    tenant_id: str
    sign_in_page: str

    @property
    def company(self) -> Company:
        """The data as Sugar's own people change it."""
        return self.sugar.company

    @property
    def domain(self) -> str:
        """The company's own: a domain sends mail for one tenant."""
        return f"fjordline-{self.tenant_id[:8]}.example"

    # Connecting

    def start_test(self, url: str = "", user: str = "api", password: str = "") -> str:
        """Have a connection tested; the job's id."""
        wanted = {"url": url or self.sugar.url, "user_name": user, "password": password or user}
        return str(self.funnel.json("POST", "/api/setup/connection", wanted)["job_id"])

    def job(self, job_id: str) -> Json:
        """A job, once it has ended."""
        return wait_for(
            lambda: self.funnel.json("GET", f"/api/setup/jobs/{job_id}"),
            lambda job: job["status"] in {"done", "failed"},
            "a job",
            SECONDS,
        )

    def tested(self, url: str = "", user: str = "api") -> Json:
        """The result of a test that must not fail."""
        job = self.job(self.start_test(url, user))
        assert job["status"] == "done", job
        result: Json = job["result"]
        return result

    def begin(self, url: str = "", user: str = "api", password: str = "") -> Json:
        """Test and save; the first run, which goes on."""
        job_id = self.start_test(url, user, password)
        job = self.job(job_id)
        assert job["status"] == "done", job
        self.funnel.save_connection(job_id)
        return self.runs()[0]

    def connect(self, url: str = "", user: str = "api", password: str = "") -> Json:
        """Test, save, and wait for the first sync."""
        return self.ended(self.begin(url, user, password)["run_id"])

    def new_password(self, password: str) -> Json:
        """Enter a new password; the job that tried it."""
        wanted = {"password": password}
        job = self.funnel.json("POST", "/api/setup/connection/password", wanted)
        return self.job(job["job_id"])

    def first_round(self) -> None:
        """Wait for the round of Target Lists that follows a first sync: it asks Sugar, too."""
        wait_for(
            lambda: self.funnel.json("GET", "/api/app/target-lists/round"),
            lambda last: bool(last["began_at"]),
            "the first round of Target Lists",
            SECONDS,
        )

    def settings(self, **changes: object) -> Json:
        """Change settings of the connection."""
        changed: Json = self.funnel.json("PATCH", "/api/setup/connection", changes)
        return changed

    def allow_mail(self, **settings: object) -> None:
        """Let the company send mail, from its own domain."""
        self.funnel.json("POST", "/api/setup/mail/domains", {"domain": self.domain})
        sender = {
            "from_name": "Fjordline",
            "from_address": f"hello@{self.domain}",
            "postal_address": "Strandgaten 1\n5013 Bergen",
        }
        assert self.funnel.json("PUT", "/api/setup/mail", sender | settings)["unfit"] == ""

    # Syncing

    def runs(self) -> list[Json]:
        """All runs, newest first."""
        found: list[Json] = self.funnel.json("GET", "/api/setup/runs")["items"]
        return found

    def run(self, run_id: str) -> Json:
        """One run as it stands."""
        found: Json = self.funnel.json("GET", f"/api/setup/runs/{run_id}")
        return found

    def ended(self, run_id: str) -> Json:
        """A run, once it does not go on by itself."""
        return wait_for(
            lambda: self.run(run_id), lambda run: run["status"] not in GOING, "a run", SECONDS
        )

    def sync(self, kind: str = "incremental", *modules: str) -> Json:
        """Sync and wait for the end; the run, which must have succeeded."""
        run = self.ended(self.funnel.start_sync(kind, *modules)["run_id"])
        assert (run["status"], run["note"]) == ("done", None), run
        return run

    def hourly(self) -> Json | None:
        """What the schedule sends when it is our turn, worked off; the run, if there was one."""
        before = {run["run_id"] for run in self.runs()}
        self.send({"type": "start_run", "tenant": self.tenant_id, "kind": "hourly"})
        self.stack_is_idle()
        new = [run for run in self.runs() if run["run_id"] not in before]
        return self.ended(new[0]["run_id"]) if new else None

    def send(self, message: Json) -> None:
        """Put a message into the pull queue."""
        body = json.dumps(message)
        self.stack.client("sqs").send_message(QueueUrl=self._queue(), MessageBody=body)

    def stack_is_idle(self) -> None:
        """Wait until the pull queue holds nothing, for anybody, that can be worked on now."""
        sqs, queue = self.stack.client("sqs"), self._queue()
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        wait_for(
            lambda: sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"],
            lambda found: all(found[name] == "0" for name in names),
            "the pull queue",
            SECONDS,
        )

    def scheduled(self, kind: str) -> Json:
        """What the schedule's function answers, asked to see to all that is due of a kind."""
        reply = self.stack.aws.client("lambda", read_timeout=600).invoke(
            FunctionName=self.physical("ScheduleFunction"), Payload=json.dumps({"kind": kind})
        )
        answer: Json = json.loads(reply["Payload"].read())
        return answer

    def physical(self, logical_id: str) -> str:
        """The name of a table, or the address of a queue, that the template declares."""
        found = self.stack.client("cloudformation").describe_stack_resource(
            StackName="funnel-local", LogicalResourceId=logical_id
        )
        name: str = found["StackResourceDetail"]["PhysicalResourceId"]
        return name

    def _queue(self) -> str:
        return self.physical("PullQueue")

    # Looking

    def all(self, what: str, query: str = "") -> list[Json]:
        """Every row of a list: people, accounts, opportunities or users."""
        rows: list[Json] = []
        cursor = ""
        while True:
            page = self.funnel.call("GET", f"/api/app/{what}?q={query}&cursor={cursor}").json()
            rows += page["items"]
            cursor = page["cursor"]
            if not cursor:
                return rows

    def person(self, person_id: str) -> Json:
        """Everything about a person."""
        found: Json = self.funnel.json("GET", f"/api/app/people/{person_id}")
        return found

    def fields(self, person_id: str) -> Json:
        """A person's fields by name."""
        return {one["name"]: one["value"] for one in self.person(person_id)["fields"]}

    def people_by_link(self) -> dict[str, Json]:
        """Sugar's id of each Lead and Contact that is here, to its person in the list."""
        return {link["sugar_id"]: row for row in self.all("people") for link in row["links"]}

    def errors(self) -> list[Json]:
        """The error report, by root cause."""
        groups: list[Json] = self.funnel.json("GET", "/api/setup/errors")["items"]
        return groups

    def held(self) -> set[tuple[str, str]]:
        """Module and id of each record in the error report."""
        return {
            (error["record"]["module"], error["record"]["sugar_id"])
            for group in self.errors()
            for error in (*group["own"], *group["blocked"])
        }

    def here(self) -> set[tuple[str, str]]:
        """Module and id of each record that is in use here."""
        links = {
            (link["module"], link["sugar_id"]) for p in self.all("people") for link in p["links"]
        }
        lists = {"Accounts": "accounts", "Opportunities": "opportunities", "Users": "users"}
        return links | {(m, row["sugar_id"]) for m, what in lists.items() for row in self.all(what)}

    def there(self) -> set[tuple[str, str]]:
        """Module and id of each live record in Sugar."""
        modules = ("Users", "Accounts", "Leads", "Contacts", "Opportunities")
        return {(module, one) for module in modules for one in self.company.ids(module)}


def changes_in(entry: Json) -> list[Json]:
    """Which fields an entry of a history changed from what to what, and by which rule."""
    names = ("field", "before", "after", "rule")
    return [{name: one[name] for name in names} for one in entry["changes"]]


def eventually(what: str, ready: Callable[[], object]) -> None:
    """Wait until something is so. Raises `StackError`."""
    wait_for(lambda: {"is": ready()}, lambda found: bool(found["is"]), what, SECONDS)


@contextmanager
def new_scene(
    stack: "Stack",
    name: str,
    product: str = "suitecrm",
    endpoints: Sequence[str] | None = None,
    seed: int = 1,
) -> Iterator[Scene]:
    """A new tenant, not connected, and an empty Sugar; `seed` is what its ids are made from."""
    with SugarSimulator(product, endpoints, seed=seed) as sugar:
        invitation = stack.operator.create_tenant(name)
        funnel = FunnelClient(stack.url)
        try:
            funnel.sign_in(invitation.sign_in_url)
            yield Scene(stack, sugar, funnel, invitation.tenant_id, invitation.sign_in_page)
        finally:
            funnel.close()


def populate(scene: Scene, people: int, seed: int = 3) -> None:
    """Fill a Sugar with a small company, the usual dirt in it; its newest record is weeks old."""
    with scene.company.at(datetime.now(UTC) - LONG_AGO):
        build(scene.sugar.sugar, seed, Size.of(people))


def make_old(scene: Scene) -> None:
    """Date all records at least weeks back, those too that have no date or one to come."""
    then = datetime.now(UTC) - LONG_AGO
    for module, one in scene.there():
        changed = (scene.company.get(module, one) or {})["date_modified"]
        if not changed or changed > as_sugar(then):
            scene.company.back_date(module, one, then)
