"""`python -m local.stack run`: the whole product on this machine, until Ctrl-C.

`python -m local.stack operate '{"action": ...}'` does on it what an operator does on AWS.
"""

import argparse
import json
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from botocore.exceptions import BotoCoreError

from local.stack import ROOT
from local.stack.aws import AwsAt
from local.stack.client import Operator
from local.stack.demo import (
    allow_mail,
    connect_demo,
    follow_site,
    market,
    show_quote_form,
    show_run,
)
from local.stack.errors import StackError
from local.stack.stack import MAIL_PORT, SITE_PORT, SUGAR_PORT, WEB_PORT, Options, Stack
from local.stack.state import State
from local.stack.visits import send_visits


class Stopped(BaseException):
    """We were asked to stop."""


def main() -> int:
    """Run the stack; 0 when stopped as asked, 1 with the reason said when it cannot go on."""
    arguments = parse()
    if arguments.command == "operate":
        return operate(arguments.state, arguments.wish)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_now)
    options = Options(
        arguments.state,
        web_port=arguments.port,
        sugar_port=arguments.sugar_port,
        site_port=arguments.site_port,
        mail_port=arguments.mail_port,
        product=arguments.product,
        seed=arguments.seed,
        afresh=arguments.fresh,
    )
    stack = Stack(options, say)
    started = time.monotonic()
    try:
        stack.start()
        run(stack, started, exit_after_sync=arguments.exit_after_sync)
    except StackError as why:
        say(str(why))
        if stack.kept:
            say("If it does not mend itself: `make run ARGS=--fresh` starts without the kept data.")
        return 1
    except Stopped:
        say("Stopping: what is under way is ended and the data saved. This can take a minute ...")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stack.stop()
    kept = "is kept for the next start" if stack.saved else "could not be saved"
    say(f"Stopped. The data {kept}.")
    return 0


def run(stack: Stack, started: float, *, exit_after_sync: bool) -> None:
    """Connect the demo company, show the first sync, say where everything is, and stay."""
    client = connect_demo(stack, say)
    follow_site(stack, client)
    allow_mail(client)
    show_quote_form(stack, client)
    say("")
    say(f"Ready after {time.monotonic() - started:.0f} s.")
    invitation = stack.operator.sign_in_link(stack.demo_tenant())
    say(f"  Funnel             {invitation.sign_in_url}")
    say("                     (signs in once, within the hour)")
    say(f"  or with Sugar      {invitation.sign_in_page}")
    say("                     user admin, password admin; as a marketer owneronly, owneronly")
    say(f"  Sugar (simulated)  {stack.sugar.url}/")
    say("                     user admin, password admin; on Home, sign in as a sales person")
    say("                     to see FunnelVision with that person's own prospects")
    say(f"  A web site         {stack.site.url}/")
    say("                     (visit it: what you look at, and who you are, appears in Funnel)")
    say(f"  Mail that was sent {stack.mailbox.url}/")
    say("                     (read it and click in it: that appears in Funnel)")
    say(f"  Data and logs      {stack.state.folder}")
    say("Stop everything with Ctrl-C.")
    say("")
    show_run(stack, client)
    if not exit_after_sync and not stack.state.recall().get("visited"):
        send_visits(stack, client, datetime.now(UTC))
        stack.state.remember(visited=True)
        say(
            "Three weeks of visits of the web site are being written down; they are on the pages in a few minutes."
        )
    if not exit_after_sync:
        market(stack, client, say)
    while not exit_after_sync:
        stack.check()
        time.sleep(1)


def operate(folder: Path, wish: str) -> int:
    """Invoke the operator's function of the stack that runs, and print its answer; 1 if it refuses."""
    known = State(folder).recall()
    try:
        operator = Operator(AwsAt(known["aws_url"]), known["operator"])
        say(json.dumps(operator.do(json.loads(wish)), indent=1))
    except KeyError:
        say("There is no stack here; `make run` starts one.")
    except ValueError:
        say(f"This is no JSON: {wish}")
    except StackError as why:
        say(str(why))
    except BotoCoreError as why:
        say(f"The stack does not run: {why}")
    else:
        return 0
    return 1


def stop_now(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into the end of what goes on."""
    raise Stopped


def say(text: str) -> None:
    """Print a line at once, also when the output is a file."""
    print(text, flush=True)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m local.stack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    operator = commands.add_parser("operate")
    operator.add_argument("wish", help="as JSON, as docs/operations.md has it")
    operator.add_argument("--state", type=Path, default=ROOT / ".local/run", help="of the stack")
    command = commands.add_parser("run")
    command.add_argument("--state", type=Path, default=ROOT / ".local/run", help="what is kept")
    command.add_argument("--fresh", action="store_true", help="drop what was kept")
    command.add_argument("--port", type=int, default=WEB_PORT, help="of the web app; 0 is any")
    command.add_argument("--sugar-port", type=int, default=SUGAR_PORT, help="of Sugar; 0 is any")
    command.add_argument("--site-port", type=int, default=SITE_PORT, help="of the demo site")
    command.add_argument("--mail-port", type=int, default=MAIL_PORT, help="of the mailbox")
    command.add_argument("--product", default="suitecrm", help="what Sugar is simulated")
    command.add_argument("--seed", type=int, default=7, help="of the demo data")
    command.add_argument("--exit-after-sync", action="store_true", help="stop when it has synced")
    arguments = parser.parse_args()
    arguments.state = arguments.state.resolve()
    return arguments


if __name__ == "__main__":
    sys.exit(main())
