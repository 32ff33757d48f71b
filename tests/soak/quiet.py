"""The quiet after a bad day: schedules run until nothing is left to do."""

import json
import math
import time
from typing import Any

from local.mailbox.server import messages
from local.stack.client import FunnelClient
from local.stack.errors import StackError
from local.stack.marketing.readers import put_on_bus
from tests.soak.bad_day import BadDay
from tests.soak.tables import Tables, mail_ids

STEP = 7 * 60
"""Seconds the functions' clock is ahead by in each round: leases, claims and back-offs end."""

KINDS = ("watch", "campaigns", "mail", "segments", "scores")
BEFORE_NIGHT, LEAST_ROUNDS, MOST_ROUNDS = 8, 14, 60
NIGHT = 26 * 3600
"""Once a day the error report and all scores are looked through."""


def settle(day: BadDay, tenant: str) -> list[str]:
    """Come to rest; what every round found, in a line each. Raises `StackError` if there is none."""
    told: list[str] = []
    tables = day.tables(tenant)
    tell_what_was_sent(day, tables, tenant)
    client = day.stack.sign_in(tenant)
    begun = day.ahead
    for number in range(MOST_ROUNDS):
        day.be_ahead(begun + number * STEP + (NIGHT if number >= BEFORE_NIGHT else 0))
        if number == BEFORE_NIGHT:
            # Who was signed in is no longer.
            client = day.stack.sign_in(tenant)
        for kind in KINDS:
            day.tick(kind)
        decided = decide_unclear_mail(day, client, tables)
        if number % 4 == 1:
            read_sugar(day, tenant)
        moved = redrive_all(day)
        queues_are_empty(day)
        run = client.latest_run()
        waiting = tables.waiting()
        state = run["status"] if run else "none"
        told.append(
            f"{number}: run {state}, waiting {waiting}, moved {moved}, unclear mail {decided}"
        )
        rest = not any(waiting.values()) and not moved and not decided
        calm = state in {"done", "failed"} and rest
        if number >= LEAST_ROUNDS and calm:
            # What waits five minutes in a queue (a second look at lists) is done, and what follows from it.
            if told[-2].startswith("all "):
                return told
            queues_are_empty(day, 1000, also_delayed=True)
            told.append("all that waited in queues is done")
    raise StackError("It does not come to rest:\n" + "\n".join(told))


def tell_what_was_sent(day: BadDay, tables: Tables, tenant: str) -> None:
    """What SES tells of the mails it took; the local one tells nothing by itself."""
    entries = [_sent(tenant, one) for one in mail_ids(tables, messages(day.stack.aws.url))]
    put_on_bus(day.stack.client("events"), entries)


def decide_unclear_mail(day: BadDay, client: FunnelClient, tables: Tables) -> int:
    """What an admin does on the mail settings, who asked the people: sent, or again; how many."""
    rows = client.json("GET", "/api/setup/mail/unclear")["items"]
    arrived = set(mail_ids(tables, messages(day.stack.aws.url)))
    for one in rows:
        answer = "sent" if one["mail_id"] in arrived else "again"
        client.json("POST", f"/api/setup/mail/unclear/{one['mail_id']}/{answer}")
    return len(rows)


def read_sugar(day: BadDay, tenant: str) -> None:
    """What the schedule sends when it is the tenant's turn."""
    run = {"type": "start_run", "tenant": tenant, "kind": "hourly"}
    lists = {"type": "read_target_lists", "tenant": tenant}
    for queue, message in (("PullQueue", run), ("TargetListsQueue", lists)):
        day.stack.client("sqs").send_message(
            QueueUrl=day.physical(queue), MessageBody=json.dumps(message)
        )


def redrive_all(day: BadDay) -> dict[str, int]:
    """What an operator does: all is sent again, and what cannot be is dropped; how many of each queue."""
    operator = day.stack.operator
    moved: dict[str, int] = {}
    for queue in operator.do({"action": "dead_letters"})["queues"]:
        name = queue["queue"]
        if not queue["count"]:
            continue
        if queue["goes_back_to"]:
            told = operator.do({"action": "redrive_dead_letters", "queue": name})
            moved[name] = told["moved"]
            continue
        for one in operator.do({"action": "look_at_dead_letters", "queue": name})["messages"]:
            wish = {"queue": name, "message_id": one["message_id"], "reason": "later rounds do it"}
            moved[name] = (
                moved.get(name, 0) + operator.do({"action": "drop_dead_letter", **wish})["dropped"]
            )
    return moved


def queues_are_empty(day: BadDay, seconds: float = 300, *, also_delayed: bool = False) -> None:
    """Wait until no queue holds a message that can be worked on now, or `also_delayed` ones.

    Raises `StackError` where for so many seconds they hold no fewer than before.
    """
    sqs: Any = day.stack.client("sqs")
    names = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
        "RedrivePolicy",
    ]
    fewest, deadline = math.inf, 0.0
    while True:
        busy: dict[str, int] = {}
        for queue in sqs.list_queues()["QueueUrls"]:
            told = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
            count = sum(int(told[name]) for name in names[: 3 if also_delayed else 2])
            if count and "RedrivePolicy" in told:
                busy[queue.rsplit("/", 1)[1]] = count
        if not busy:
            return
        if sum(busy.values()) < fewest:
            fewest, deadline = sum(busy.values()), time.monotonic() + seconds
        if time.monotonic() > deadline:
            raise StackError(f"The queues are not worked off: {busy}")
        time.sleep(1)


def _sent(tenant: str, mail: str) -> dict[str, str]:
    tags = {"ses:configuration-set": ["funnel-local"], "tenant": [tenant], "mail": [mail]}
    detail = {"eventType": "Send", "mail": {"messageId": mail, "tags": tags}, "send": {}}
    return {"Source": "aws.ses", "DetailType": "Email Send", "Detail": json.dumps(detail)}
