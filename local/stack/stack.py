"""The whole product on one machine: starts its parts in order, and stops what it started."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.mailbox import Mailbox
from local.site import DemoSite
from local.stack import ports
from local.stack.aws import LocalAws
from local.stack.client import FunnelClient, Operator
from local.stack.companies import put_sample
from local.stack.deploy import build_and_deploy
from local.stack.errors import StackError
from local.stack.gateway import Gateway
from local.stack.mappings import Mappings
from local.stack.simulator import Simulator
from local.stack.state import State

WEB_PORT = 8480
SUGAR_PORT = 8481
SITE_PORT = 8482
MAIL_PORT = 8483


@dataclass(frozen=True, slots=True)
class Options:
    """How to start. Ports are wishes, 0 is any; `afresh` drops what is kept.

    `before_aws` is given the address of the local AWS before it starts, and answers the one that the
    functions are to call it at.
    """

    folder: Path
    web_port: int = WEB_PORT
    sugar_port: int = SUGAR_PORT
    site_port: int = SITE_PORT
    mail_port: int = MAIL_PORT
    product: str = "suitecrm"
    seed: int = 7
    afresh: bool = False
    before_aws: Callable[[str], str] | None = None


def silent(text: str) -> None:
    """Say nothing."""


class Stack:
    """A running stack. `start` it, `stop` it, or use it as a context manager.

    `url` is the web app, `sugar.url` the simulated Sugar, `site` the demo company's web
    site, `mailbox` what was sent, `operator` makes tenants, `client("dynamodb")` is a boto3 client of the local AWS.
    """

    aws: LocalAws
    sugar: Simulator
    site: DemoSite
    mailbox: Mailbox
    operator: Operator

    def __init__(self, options: Options, say: Callable[[str], None] = silent) -> None:
        self.options = options
        self.state = State(options.folder)
        self.kept = False
        self.saved = False
        self.url = ""
        self._say = say
        # What is to be stopped, in the order it was started.
        self._stops: list[Callable[[], None]] = []

    def __enter__(self) -> "Stack":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything. Raises `StackError`, with nothing left running."""
        why = self.state.open(afresh=self.options.afresh)
        self.kept = not why
        self._say(f"Starting afresh: {why}." if why else "Going on with the data of the last run.")
        try:
            self._start_parts()
        except BaseException:
            self._stop_parts()
            self.state.close(saved=False)
            raise

    def _start_parts(self) -> None:
        known = self.state.recall()
        sugar_port = ports.free(
            known.get("sugar_port", self.options.sugar_port), "the simulated Sugar", self._say
        )
        logs = self.state.logs
        aws_port = ports.free(0, "the local AWS", self._say)
        before = self.options.before_aws
        seen_at = before(f"http://127.0.0.1:{aws_port}") if before else ""
        self.aws = LocalAws(aws_port, self.state.aws, logs, seen_at)
        self._stops.append(self._stop_aws)
        product, seed = self.options.product, self.options.seed
        self.sugar = Simulator(sugar_port, self.state.sugar, logs, product=product, seed=seed)
        self._stops.append(self.sugar.stop)
        web_port = ports.free(known.get("web_port", self.options.web_port), "the app", self._say)
        gateway = Gateway(web_port, self.aws.url)
        self._stops.append(gateway.stop)
        self.url = gateway.url
        site_port = ports.free(
            known.get("site_port", self.options.site_port), "the demo site", self._say
        )
        self.site = DemoSite(site_port)
        self.site.start()
        self._stops.append(self.site.stop)
        mail_port = ports.free(
            known.get("mail_port", self.options.mail_port), "the mailbox", self._say
        )
        self.mailbox = Mailbox(mail_port, self.aws.url)
        self.mailbox.start()
        self._stops.append(self.mailbox.stop)
        self.aws.wait()
        self._say("Building and deploying template.yaml ...")
        outputs = build_and_deploy(self.aws, logs, {"PublicUrl": self.url})
        put_sample(self.aws.client("s3"), outputs["CompaniesBucket"])
        gateway.aim(outputs["ApiId"])
        self.state.begun()
        mappings = Mappings(self.aws)
        mappings.start(again=self.kept)
        self._stops.append(mappings.stop)
        self.operator = Operator(self.aws, outputs["OperatorFunctionName"])
        self.sugar.wait()
        self.state.remember(
            sugar_port=sugar_port, web_port=web_port, site_port=site_port, mail_port=mail_port
        )
        self.state.remember(aws_url=self.aws.url, operator=outputs["OperatorFunctionName"])

    def client(self, service: str) -> Any:
        """A boto3 client of a service of the local AWS."""
        return self.aws.client(service)

    def sign_in(self, tenant_id: str) -> FunnelClient:
        """A signed-in admin of a tenant."""
        client = FunnelClient(self.url)
        client.sign_in(self.operator.sign_in_link(tenant_id).sign_in_url)
        return client

    def new_tenant(self, name: str) -> FunnelClient:
        """A signed-in admin of a tenant just made."""
        client = FunnelClient(self.url)
        client.sign_in(self.operator.create_tenant(name).sign_in_url)
        return client

    def demo_tenant(self) -> str:
        """The demo tenant's id; made the first time."""
        tenant_id: str = self.state.recall().get("tenant_id", "")
        if not tenant_id:
            tenant_id = self.operator.create_tenant("Demo company").tenant_id
            self.state.remember(tenant_id=tenant_id)
        return tenant_id

    def check(self) -> None:
        """Raise `StackError` if a part has ended by itself."""
        for name, part in (("local AWS", self.aws), ("Sugar simulator", self.sugar)):
            if not part.running():
                raise StackError(f"The {name} has ended. Its log is in {self.state.logs}.")

    def stop(self) -> None:
        """Stop everything this started, saying what. `saved` says then whether the data is kept."""
        self._stop_parts()
        self.state.close(saved=self.saved)

    def _stop_aws(self) -> None:
        self._say("  ending the functions, and saving the data of the local AWS ...")
        self.saved = self.aws.stop()

    def _stop_parts(self) -> None:
        while self._stops:
            self._stops.pop()()
