"""A deployment's tables are brought back to a moment: stopped, restored beside, copied, held, and let go on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from funnel.adapters.dynamodb.redos import redo_item
from funnel.domain.ids import TenantId
from funnel.domain.people.redos import Redo, RedoKind
from scripts import restore
from scripts.restore import Refused, Restore
from scripts.restoring.deployment import PEOPLE, Deployment
from scripts.restoring.deployment import TENANTS as TENANTS_TABLE
from scripts.restoring.functions import DOES_AGAIN, NEVER_STOPPED, PAGES, READERS
from scripts.restoring.rules import rules
from tests.template.source import of_type
from tests.unit.scripts.restoring.aws import STAMP, STOPPED, THEN, Stack
from tests.unit.scripts.restoring.rows import items_of, put, row, rows_of, table

TENANTS = [
    {"pk": {"S": name}, "sk": {"S": "tenant"}, "body": {"S": "{}"}} for name in ("t-1", "t-2")
]
BESIDE = f"funnel-PeopleTable-at-{STAMP}"


class Company:
    """A stack of two tables, whose operator's function answers what a test has it answer."""

    def __init__(self, session: Any, folder: Path) -> None:
        self.said: list[str] = []
        self.slept: list[float] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.redos: dict[str, list[dict[str, Any]]] = {}
        tables = {one: f"funnel-{one}" for one in ("TenantsTable", "PeopleTable")}
        self.aws = Stack(
            session, tables, lambda _, beside: table(self.dynamodb, beside), self.answer
        )
        self.dynamodb = self.aws.dynamodb
        for name in tables.values():
            table(self.dynamodb, name)
        put(self.dynamodb, "funnel-TenantsTable", *TENANTS, row(1))
        of = Deployment("funnel", self.aws)
        self.steps = Restore(of, THEN, self.said.append, folder, self.slept.append)

    def answer(self, wish: dict[str, Any]) -> dict[str, Any]:
        """What is told of a redo are the first of `redos`, one after the other; the last stays."""
        tenant = wish["tenant_id"]
        if wish["action"] == "after_restore":
            return self.answers.get(tenant, {"held_since": "now"})
        assert "PeopleFunction" not in self.aws.stopped
        assert wish["moment"] == STAMP
        told = self.redos[tenant]
        if wish["again"]:
            return {"status": "queued", "done": {}, "failed": {}, "why": ""}
        return told.pop(0) if len(told) > 1 else told[0]

    def leave(self, *tenants: str) -> None:
        """Have something left to be done again."""
        redos = [Redo(TenantId(one), RedoKind.ERASE, "p1") for one in tenants]
        put(self.dynamodb, "funnel-PeopleTable", *map(redo_item, redos))

    def done(self, tenant: str) -> None:
        """A worker has done it."""
        for one in self.left(tenant):
            key = {"pk": one["pk"], "sk": one["sk"]}
            self.dynamodb.delete_item(TableName="funnel-PeopleTable", Key=key)

    def left(self, tenant: str) -> list[Any]:
        """What is left to be done again."""
        rows = items_of(self.dynamodb, "funnel-PeopleTable")
        return [one for one in rows if one["pk"]["S"] == f"{tenant}#redo"]

    def copied(self) -> None:
        """All steps up to the third."""
        self.steps.begin()
        self.there_again()
        self.steps.copy()

    def there_again(self) -> None:
        """What AWS makes in some minutes: the tables beside, with what was in them then."""
        put(self.dynamodb, BESIDE, row(1), row(2))
        put(self.dynamodb, f"funnel-TenantsTable-at-{STAMP}", *TENANTS)


@pytest.fixture
def company(session: Any, tmp_path: Path) -> Company:
    """What is there now; of the people, one was changed and one made since."""
    made = Company(session, tmp_path)
    put(made.dynamodb, "funnel-PeopleTable", row(2, "since"), row(3, "since"))
    return made


@pytest.mark.feature("G7")
def test_a_deployment_is_brought_back_step_by_step_and_each_step_can_be_repeated(
    company: Company, tmp_path: Path
) -> None:
    said, steps, aws = company.said, company.steps, company.aws

    with pytest.raises(Refused, match="run begin"):
        steps.copy()
    for _ in range(2):
        steps.begin()
    assert aws.stopped == aws.quiet == STOPPED
    assert company.slept[0] > 890, "what ran already may go on until its time is out"
    assert company.slept[1] == 0
    company.there_again()

    company.answers["t-1"] = {"error": {"code": "Unavailable"}}
    with pytest.raises(Refused, match="t-1"):
        steps.copy()
    assert {wish["tenant_id"] for wish in aws.asked} == {"t-1", "t-2"}
    for step in (steps.go_on, steps.redo):
        with pytest.raises(Refused, match="run copy, to its end"):
            step()
    company.answers["t-1"] = {"error": {"code": "NotFound"}}
    steps.copy()
    assert "tenant t-1: has no Sugar, so there is nothing to hold" in said
    assert aws.asked[-1] == {"action": "after_restore", "tenant_id": "t-2"}
    assert aws.stopped == aws.quiet == STOPPED
    people = rows_of(company.dynamodb, "funnel-PeopleTable")
    assert people == rows_of(company.dynamodb, BESIDE)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    kept = [json.loads(line) for line in file.read_text().splitlines()]
    undone = sorted(one["row"]["sk"]["S"] for one in kept if "People" in one["table"])
    assert undone == ["r2", "r3"]

    for _ in range(2):
        steps.redo()
    assert aws.stopped == aws.quiet == {"PushFunction", "MailFunction"}
    put(company.dynamodb, "funnel-PeopleTable", row(9, "after it"))
    with pytest.raises(Refused, match=r"SetupFunction.*may write: run begin"):
        steps.copy()
    for _ in range(2):
        steps.go_on()
    assert aws.stopped == aws.quiet == set()
    assert f"  {BESIDE}" in said
    after_it = json.dumps(row(9, "after it"), sort_keys=True)
    assert after_it in rows_of(company.dynamodb, "funnel-PeopleTable")
    assert items_of(company.dynamodb, "funnel-TenantsTable") == TENANTS


def test_nothing_goes_out_until_what_may_not_be_undone_is_done_again_for_every_tenant(
    company: Company,
) -> None:
    company.leave("t-1", "t-2")
    company.copied()
    with pytest.raises(Refused, match="t-1, t-2: who was erased since is there again"):
        company.steps.go_on()
    assert company.aws.stopped == STOPPED

    running = {"status": "running", "done": {"erase": 1}, "failed": {}, "why": ""}
    ended = {"status": "done", "done": {"erase": 2, "consent": 3}, "failed": {}, "why": ""}
    failed = {
        "status": "failed",
        "done": {"erase": 1},
        "failed": {"StoreBusy": 1},
        "why": "Others.",
    }
    company.redos = {"t-1": [running, ended], "t-2": [failed]}
    with pytest.raises(Refused, match="left of t-2, and nothing goes out yet"):
        company.steps.redo()
    assert "tenant t-1: 2 people erased again, 3 addresses looked at anew" in company.said
    assert "tenant t-2: 1 could not be done again: StoreBusy" in company.said
    assert "tenant t-2: Others." in company.said
    company.done("t-1")
    assert company.aws.stopped == STOPPED - {"PeopleFunction"}
    with pytest.raises(Refused, match="t-2: who was erased since"):
        company.steps.go_on()

    company.redos["t-2"] = [ended]
    asked = len(company.aws.asked)
    company.steps.redo()
    assert [one["tenant_id"] for one in company.aws.asked[asked:]] == ["t-2", "t-2"]
    company.done("t-2")
    company.steps.go_on()
    assert company.aws.stopped == set()


def test_one_that_cannot_be_done_again_is_left_only_where_that_is_said(company: Company) -> None:
    company.leave("t-1")
    company.copied()
    company.redos["t-1"] = [
        {"status": "failed", "done": {}, "failed": {"Unexpected": 1}, "why": ""}
    ]
    with pytest.raises(Refused):
        company.steps.redo()
    company.steps.go_on(leave_undone=True)
    assert company.aws.stopped == set()
    (told,) = [one for one in company.said if "is left undone, see the log `people`" in one]
    assert told.startswith("tenant t-1: ")
    (row,) = company.left("t-1")
    ends = datetime.fromtimestamp(int(row["expires_at"]["N"]), UTC)
    assert told.endswith(f"is forgotten after {ends.date().isoformat()}")
    assert timedelta(days=29) < ends - datetime.now(UTC) <= timedelta(days=30)


def test_one_that_is_done_the_moment_it_is_left_stops_nothing(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.leave("t-1")
    company.copied()
    rows = company.left("t-1")
    company.done("t-1")
    monkeypatch.setattr(Deployment, "_redos", lambda *_: iter(rows))
    company.steps.go_on(leave_undone=True)
    assert company.left("t-1") == []
    assert company.aws.stopped == set()


def test_a_message_that_was_lost_is_asked_for_again_now_and_then(company: Company) -> None:
    company.leave("t-1")
    company.copied()
    running = {"status": "running", "done": {}, "failed": {}, "why": ""}
    company.redos["t-1"] = [
        *[running] * 24,
        {"status": "done", "done": {}, "failed": {}, "why": ""},
    ]
    company.steps.redo()
    asked = [one["again"] for one in company.aws.asked if one["action"] == "redo_after_restore"]
    assert [at for at, again in enumerate(asked) if again] == [0, 20]
    company.redos["t-1"] = [{"error": {"code": "AccessDenied"}}]
    with pytest.raises(Refused, match=r"t-1: .*AccessDenied.*Run redo again"):
        company.steps.redo()


def test_another_moment_is_not_taken_for_the_one_that_is_under_way(
    company: Company, tmp_path: Path
) -> None:
    company.copied()
    another = Restore(
        company.steps.of, THEN - timedelta(hours=1), company.said.append, tmp_path, print
    )
    for step in (another.redo, another.go_on):
        with pytest.raises(Refused, match=f"A restore to {STAMP} is under way"):
            step()
    assert company.aws.stopped == STOPPED


def test_go_on_after_begin_leaves_all_as_it_is(company: Company) -> None:
    company.steps.begin()
    people = rows_of(company.dynamodb, "funnel-PeopleTable")
    company.steps.go_on()
    assert company.aws.stopped == set()
    assert rows_of(company.dynamodb, "funnel-PeopleTable") == people


def test_a_moment_that_cannot_be_come_back_to_stops_nothing(
    company: Company,
) -> None:
    company.aws.first = THEN + timedelta(hours=1)
    with pytest.raises(Refused, match="Nothing was stopped"):
        company.steps.begin()
    assert company.aws.stopped == set()


def test_the_functions_and_keys_it_knows_are_those_of_the_template() -> None:
    functions = set(of_type("AWS::Serverless::Function"))
    assert {*READERS, *PAGES, *DOES_AGAIN, *NEVER_STOPPED} <= functions
    tables = of_type("AWS::DynamoDB::Table")
    assert {TENANTS_TABLE, PEOPLE, *rules(None, "")} <= set(tables)
    for name, one in tables.items():
        keys = [key["AttributeName"] for key in one["KeySchema"]]
        assert keys == ["pk", "sk"], name


@pytest.mark.parametrize("text", ["yesterday", "2026-11-28T10:00:00"])
def test_a_moment_that_is_none_is_refused_before_anything_is_done(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        restore.main(["begin", "funnel", text])
    assert "MOMENT" in capsys.readouterr().err.upper()
