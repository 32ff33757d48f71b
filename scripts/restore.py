"""Bring the tables of a deployment back to a moment, in place.

    python -m scripts.restore begin   STACK MOMENT   stops what writes, restores each table beside it
    python -m scripts.restore copy    STACK MOMENT   makes the tables what they were, but for what may
                                                     never be undone, and holds the pushes
    python -m scripts.restore redo    STACK MOMENT   erases again who was erased since; then pages and
                                                     reading go on
    python -m scripts.restore go-on   STACK MOMENT   lets all functions run again

MOMENT is one of the last 35 days, such as 2026-11-29T10:00:00Z. Each step can be run again: it goes
on where it was. What `copy` undoes is written to a file here. Whose account and region it is, boto3 takes from where the AWS CLI does.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from funnel.domain.people.redos import Redo
from scripts.restoring.deployment import PEOPLE, Deployment, Step
from scripts.restoring.functions import DOES_AGAIN, PAGES, READERS
from scripts.restoring.rules import rules
from scripts.restoring.tables import Copier, NotTaken
from scripts.restoring.undone import kept_in
from scripts.restoring.wanted import NOT_READ, CarriedOver, Row, as_it_was

POLL_SECONDS = 15.0
_ROUNDS = 20
"""So many looks at what is left, and its messages are sent once more."""

_UNDONE_KEPT = timedelta(days=30)
"""What goes on undone is kept for so long: `redo_after_restore` of the tenant still does it."""

Say = Callable[[str], None]


class Refused(Exception):
    """It cannot be done so; the text says why."""


@dataclass(frozen=True, slots=True)
class Restore:
    """The steps for one deployment and moment; what is undone is kept in a file in `folder`."""

    of: Deployment
    moment: datetime
    say: Say
    folder: Path
    sleep: Callable[[float], None] = time.sleep

    def begin(self) -> None:
        """Stop what writes, and restore every table to one of another name.

        Raises `Refused` before anything is stopped where a table cannot be brought to that moment.
        """
        for table in self.of.tables().values():
            self._refuse_what_cannot_be(table)
        functions = self.of.functions()
        all_of_them = functions.stopped_ones()
        stopping = [name for name in all_of_them if not functions.is_stopped(name)]
        for name in all_of_them:
            functions.stop(name)
        self.say(f"{self.of.stack}: what writes is stopped; queues keep what comes meanwhile.")
        ends = time.monotonic() + max(map(functions.longest, stopping), default=0)
        for table in self.of.tables().values():
            self._restore(table)
        for table in self.of.tables().values():
            self._wait_for(self._beside(table))
            self.say(f"{table}: is there as it was at {self.moment.isoformat()}")
        self.sleep(max(0.0, ends - time.monotonic()))
        self.say(f"Next: copy, or go-on to leave all as it is. Both with {self.moment.isoformat()}")

    def copy(self) -> None:
        """Make each table what it was, but for what may never be undone; hold each tenant's pushes.

        Raises `Refused` where `begin` has not come to its end or something runs again, and `NotTaken`.
        """
        for table in self.of.tables().values():
            if self.of.state(self._beside(table)) != "ACTIVE":
                raise Refused(f"{self._beside(table)} is not there yet: run begin, to its end.")
        functions = self.of.functions()
        running = [name for name in functions.stopped_ones() if not functions.is_stopped(name)]
        if running:
            raise Refused(f"{', '.join(running)} may write: run begin, which stops them.")
        self.of.note(Step.COPYING, self._stamp)
        carried = CarriedOver()
        with kept_in(self._file) as keep:
            for logical, table in self.of.tables().items():
                made = self._copier(logical, table, keep, carried).copy()
                self.say(
                    f"{table}: {made.looked_at} rows, {made.written} written, {made.deleted} deleted"
                )
        self._tell(carried)
        self.say(
            f"What was there before: {self._file}. It holds data of people: delete it in the end."
        )
        refused = [why for tenant in self.of.tenants() if (why := self._hold(tenant))]
        if refused:
            raise Refused("Not held, and nothing runs yet; run copy again:\n" + "\n".join(refused))
        self.of.note(Step.COPIED, self._stamp)
        self.say("Next: redo")

    def redo(self) -> None:
        """Have done again, tenant by tenant, what may not stay undone; then pages and reading go on.

        Raises `Refused` where copy has not come to its end, or something could not be done.
        """
        if self._noted() in ("", Step.COPYING):
            raise Refused("Nothing is there to be done again yet: run copy, to its end.")
        left = self.of.with_redos()
        if left:
            self.of.functions().let_run(DOES_AGAIN)
            for tenant in left:
                self._redo(tenant, again=True)
        failed, rounds = [], 0
        while left:
            rounds += 1
            again = rounds % _ROUNDS == 0
            told = {tenant: self._redo(tenant, again=again) for tenant in left}
            for tenant, one in told.items():
                if one["status"] in ("done", "failed"):
                    self._tell_redone(tenant, one)
            failed += [tenant for tenant, one in told.items() if one["status"] == "failed"]
            left = [one for one in left if told[one]["status"] not in ("done", "failed")]
            if left:
                self.say(f"{len(left)} tenants have something left to be done again")
                self.sleep(POLL_SECONDS)
        if failed:
            raise Refused(
                f"Something is left of {', '.join(failed)}, and nothing goes out yet: the log `people` "
                "says why. Mend it and run redo again."
            )
        self.of.note(Step.REDONE, self._stamp)
        self.of.functions().let_run((*READERS, *PAGES))
        self.say(
            "Pages and reading go on. For each tenant: a full sync, Compare, and Repair. Next: go-on"
        )

    def go_on(self, *, leave_undone: bool = False) -> None:
        """Let all functions run again.

        Raises `Refused` between the beginning of copy and the end of redo, of which `leave_undone`
        leaves out what could not be done.
        """
        noted = self._noted()
        if noted == Step.COPYING:
            raise Refused("The tables are half of then and half of now: run copy, to its end.")
        left = self.of.with_redos() if noted else []
        if left and not leave_undone:
            raise Refused(
                f"{', '.join(left)}: who was erased since is there again. Run redo; where that "
                "cannot be done, go-on --leave-undone goes on all the same."
            )
        for tenant in left:
            ends = datetime.now(UTC) + _UNDONE_KEPT
            self.of.expire_redos(tenant, ends)
            self.say(
                f"tenant {tenant}: something is left undone, see the log `people`; what it is "
                f"about is forgotten after {ends.date().isoformat()}"
            )
        functions = self.of.functions()
        functions.let_run(functions.names)
        self.of.forget_note()
        self.say("All functions run again: look at the dead letters, and send them again.")
        self.say("Delete the tables beside once you are content:")
        for table in self.of.tables().values():
            self.say(f"  {self._beside(table)}")

    # Tables

    def _copier(
        self, logical: str, table: str, keep: Callable[[str, Row], None], carried: CarriedOver
    ) -> Copier:
        dynamodb, people = self.of.client("dynamodb"), self.of.tables()[PEOPLE]

        def leave(redos: Sequence[Redo]) -> None:
            self.of.leave(people, redos)

        rule = rules(dynamodb, table).get(logical, as_it_was)
        return Copier(dynamodb, self._beside(table), table, keep, rule, leave, carried)

    def _tell(self, carried: CarriedOver) -> None:
        for tenant, counts in sorted(carried.by_tenant.items()):
            unread = counts.pop(NOT_READ, 0)
            if counts:
                told = ", ".join(f"{many} {what}" for what, many in sorted(counts.items()))
                self.say(f"tenant {tenant}: carried over: {told}")
            if unread:
                self.say(f"tenant {tenant}: {unread} {NOT_READ} are as they were: see the file")

    def _refuse_what_cannot_be(self, table: str) -> None:
        told = self.of.client("dynamodb").describe_continuous_backups(TableName=table)
        recovery = told["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
        first, last = (recovery.get(f"{edge}RestorableDateTime") for edge in ("Earliest", "Latest"))
        if first is None or last is None or not first <= self.moment <= last:
            raise Refused(
                f"{table} can be brought to a moment from {first} to {last}. Nothing was stopped."
            )

    def _restore(self, table: str) -> None:
        if not self.of.state(self._beside(table)):
            self.of.client("dynamodb").restore_table_to_point_in_time(
                SourceTableName=table,
                TargetTableName=self._beside(table),
                RestoreDateTime=self.moment,
            )

    def _wait_for(self, table: str) -> None:
        while (state := self.of.state(table)) != "ACTIVE":
            if not state:
                raise Refused(f"{table} is gone again: run begin once more, or go-on.")
            self.sleep(POLL_SECONDS)

    def _beside(self, table: str) -> str:
        return f"{table}-at-{self._stamp}"

    @property
    def _stamp(self) -> str:
        return f"{self.moment:%Y%m%d-%H%M%S}"

    @property
    def _file(self) -> Path:
        return self.folder / f"{self.of.stack}-undone-{self._stamp}.jsonl"

    # Tenants

    def _noted(self) -> str:
        """How far it is, "" for not yet copying. Raises `Refused` for a restore to another moment."""
        step, moment = self.of.noted()
        if step and moment != self._stamp:
            raise Refused(f"A restore to {moment} is under way: name that moment.")
        return step

    def _redo(self, tenant: str, *, again: bool = False) -> dict[str, Any]:
        wish = {"action": "redo_after_restore", "tenant_id": tenant, "moment": self._stamp}
        told = self.of.operate({**wish, "again": again})
        if "error" in told:
            raise Refused(f"tenant {tenant}: {told['error']}. Run redo again.")
        return told

    def _tell_redone(self, tenant: str, told: dict[str, Any]) -> None:
        done = told["done"]
        self.say(
            f"tenant {tenant}: {done.get('erase', 0)} people erased again, "
            f"{done.get('consent', 0)} addresses looked at anew"
        )
        if told["why"]:
            self.say(f"tenant {tenant}: {told['why']}")
        for code, many in sorted(told["failed"].items()):
            self.say(f"tenant {tenant}: {many} could not be done again: {code}")

    def _hold(self, tenant: str) -> str:
        """Hold what is written to the tenant's Sugar; why that failed, or ""."""
        told = self.of.operate({"action": "after_restore", "tenant_id": tenant})
        code = told.get("error", {}).get("code", "") if "error" in told else ""
        if not code:
            self.say(f"tenant {tenant}: nothing is written to Sugar until both sides are compared")
        elif code == "NotFound":
            self.say(f"tenant {tenant}: has no Sugar, so there is nothing to hold")
        else:
            return f"tenant {tenant}: {told}"
        return ""


def moment(text: str) -> datetime:
    """A moment with its zone. Raises `ValueError`."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment needs its zone, such as Z")
    return found.astimezone(UTC)


def main(arguments: list[str]) -> int:
    """Do one step; 0 when it came to its end."""
    parser = argparse.ArgumentParser(
        description="Bring the tables of a deployment back to a moment."
    )
    parser.add_argument("step", choices=("begin", "copy", "redo", "go-on"))
    parser.add_argument("stack")
    parser.add_argument("moment", type=moment)
    parser.add_argument(
        "--leave-undone", action="store_true", help="go on though redo could not do it all"
    )
    wish = parser.parse_args(arguments)

    def say(text: str) -> None:
        print(text, flush=True)

    restore = Restore(Deployment(wish.stack, boto3.Session()), wish.moment, say, Path.cwd())
    steps: dict[str, Callable[[], None]] = {
        "begin": restore.begin,
        "copy": restore.copy,
        "redo": restore.redo,
        "go-on": lambda: restore.go_on(leave_undone=wish.leave_undone),
    }
    try:
        steps[wish.step]()
    except (Refused, NotTaken, ClientError, BotoCoreError) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
