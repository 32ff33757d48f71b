"""A deployment as a restore sees it: its tables, functions and tenants, and how far the restore is."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from funnel.adapters.dynamodb.redos import redo_item, redo_pk
from funnel.domain.ids import TenantId
from funnel.domain.people.redos import Redo
from scripts.restoring.functions import Functions
from scripts.restoring.rules import NOTE
from scripts.restoring.tables import write
from scripts.restoring.wanted import Row

TABLE, FUNCTION = "AWS::DynamoDB::Table", "AWS::Lambda::Function"
TENANTS, PEOPLE, OPERATOR = "TenantsTable", "PeopleTable", "OperatorFunction"
_KEY: Row = {"pk": {"S": NOTE}, "sk": {"S": NOTE}}


class Step(StrEnum):
    """How far a restore is whose `copy` has begun, as a row of the deployment says."""

    COPYING = "copying"
    COPIED = "copied"
    REDONE = "redone"


@dataclass(frozen=True, slots=True)
class Deployment:
    """What AWS knows of a stack; `session` is a boto session."""

    stack: str
    session: Any
    _clients: dict[str, Any] = field(default_factory=dict, repr=False)
    _resources: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)

    def client(self, service: str) -> Any:
        """A boto client, made once."""
        if service not in self._clients:
            self._clients[service] = self.session.client(service)
        return self._clients[service]

    def of_type(self, kind: str) -> dict[str, str]:
        """The names of its resources of a type, by logical id; asked for once."""
        if not self._resources:
            pages = self.client("cloudformation").get_paginator("list_stack_resources")
            for page in pages.paginate(StackName=self.stack):
                for one in page["StackResourceSummaries"]:
                    of = self._resources.setdefault(one["ResourceType"], {})
                    of[one["LogicalResourceId"]] = one["PhysicalResourceId"]
        return self._resources[kind]

    def tables(self) -> dict[str, str]:
        """The names of its tables by logical id, in the order of the names."""
        return dict(sorted(self.of_type(TABLE).items(), key=lambda one: one[1]))

    def functions(self) -> Functions:
        """Its functions."""
        return Functions(self.client("lambda"), self.of_type(FUNCTION))

    def state(self, table: str) -> str:
        """What DynamoDB says of a table, "" if there is none."""
        dynamodb = self.client("dynamodb")
        try:
            found = dynamodb.describe_table(TableName=table)
        except dynamodb.exceptions.ResourceNotFoundException:
            return ""
        return str(found["Table"]["TableStatus"])

    def operate(self, wish: dict[str, Any]) -> dict[str, Any]:
        """What the operator's function answers; `error` says what went wrong."""
        name = self.of_type(FUNCTION)[OPERATOR]
        reply = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(wish).encode())
        told: dict[str, Any] = json.loads(reply["Payload"].read() or b"{}")
        return {"error": {"code": "Unhandled", **told}} if reply.get("FunctionError") else told

    def tenants(self) -> Iterator[str]:
        """All there are."""
        pages = (
            self.client("dynamodb")
            .get_paginator("scan")
            .paginate(
                TableName=self.tables()[TENANTS],
                FilterExpression="sk = :tenant",
                ProjectionExpression="pk",
                ExpressionAttributeValues={":tenant": {"S": "tenant"}},
            )
        )
        for page in pages:
            yield from (row["pk"]["S"] for row in page["Items"])

    def with_redos(self) -> list[str]:
        """The tenants of which something is to be done again."""
        return [tenant for tenant in self.tenants() if next(self._redos(tenant), None)]

    def expire_redos(self, tenant: str, at: datetime) -> None:
        """Have what is left of a tenant be forgotten then: the rows hold addresses."""
        dynamodb = self.client("dynamodb")
        for row in self._redos(tenant):
            # One that was done this moment is gone.
            with suppress(dynamodb.exceptions.ConditionalCheckFailedException):
                dynamodb.update_item(
                    TableName=self.tables()[PEOPLE],
                    Key={"pk": row["pk"], "sk": row["sk"]},
                    UpdateExpression="SET expires_at = :at",
                    ConditionExpression="attribute_exists(pk)",
                    ExpressionAttributeValues={":at": {"N": str(int(at.timestamp()))}},
                )

    def _redos(self, tenant: str) -> Iterator[Row]:
        pages = (
            self.client("dynamodb")
            .get_paginator("query")
            .paginate(
                TableName=self.tables()[PEOPLE],
                KeyConditionExpression="pk = :p",
                ExpressionAttributeValues={":p": {"S": redo_pk(TenantId(tenant))}},
                ConsistentRead=True,
            )
        )
        for page in pages:
            yield from page["Items"]

    def leave(self, people: str, redos: Sequence[Redo]) -> None:
        """Have these done again later: rows of this table of people. Raises `NotTaken`."""
        puts = [{"PutRequest": {"Item": redo_item(one)}} for one in redos]
        write(self.client("dynamodb"), people, puts)

    def note(self, step: Step, moment: str) -> None:
        """Write down how far a restore to this moment is."""
        item = {**_KEY, "step": {"S": step.value}, "moment": {"S": moment}}
        self.client("dynamodb").put_item(TableName=self.tables()[TENANTS], Item=item)

    def noted(self) -> tuple[str, str]:
        """How far one is and to which moment; both "" where none has begun to copy."""
        found = self.client("dynamodb").get_item(
            TableName=self.tables()[TENANTS], Key=_KEY, ConsistentRead=True
        )
        item = found.get("Item")
        return (item["step"]["S"], item["moment"]["S"]) if item else ("", "")

    def forget_note(self) -> None:
        """It has come to its end."""
        self.client("dynamodb").delete_item(TableName=self.tables()[TENANTS], Key=_KEY)
