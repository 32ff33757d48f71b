"""The rows of one tenant, read whole."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from funnel.adapters.dynamodb import activity_rows, mail_rows, report_rows, rows
from funnel.adapters.dynamodb.codec import from_text
from funnel.domain.ids import PersonId, RecordKey, TenantId
from funnel.domain.mail.mails import Mail, TrackedMail
from funnel.domain.pushing.pushes import PushIntent
from funnel.domain.scoring.scores import Score
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.tracking.activities import Activity
from local.mailbox.pages import Message

Item = dict[str, Any]
TOKEN = re.compile(r"/m/o/([\w-]+)")


class Tables:
    """The rows of one tenant, read whole."""

    def __init__(
        self,
        dynamodb: Any,
        name_of: Callable[[str], str],
        tenant: str,
        now: Callable[[], datetime],
    ) -> None:
        self._dynamodb, self._name_of = dynamodb, name_of
        self._tenant, self._now = TenantId(tenant), now

    def scan(self, table: str) -> Iterator[Item]:
        """All rows of a table, of the tenant or of nobody's."""
        pages = self._dynamodb.get_paginator("scan")
        for page in pages.paginate(TableName=self._name_of(table), ConsistentRead=True):
            yield from page["Items"]

    def own(self, table: str, sort: str = "") -> Iterator[Item]:
        """Those of the tenant whose sort key begins so."""
        for item in self.scan(table):
            if item["pk"]["S"].startswith(self._tenant) and item["sk"]["S"].startswith(sort):
                yield item

    def records(self) -> dict[RecordKey, SugarRecord]:
        """All records."""
        found = (
            rows.record_of(self._tenant, item) for item in self.own("RecordsTable", rows.RECORD)
        )
        return {one.key: one for one in found}

    def people(self) -> dict[PersonId, Person]:
        """All people, merged ones too."""
        found = (
            rows.person_of(self._tenant, item)
            for item in self.own("PeopleTable", rows.PERSON)
            if item["sk"]["S"] == rows.PERSON
        )
        return {one.person_id: one for one in found}

    def activities(self) -> list[Activity]:
        """All that was done."""
        own = self.own("ActivitiesTable", f"{activity_rows.ACTIVITY}#")
        return [activity_rows.activity_of(self._tenant, item) for item in own]

    def scores(self) -> list[Score]:
        """All lead scores."""
        return [
            activity_rows.score_of(self._tenant, item)
            for item in self.own("ScoresTable", activity_rows.SCORE)
        ]

    def reported(self) -> dict[RecordKey, str]:
        """The records in the error report, and a code of each."""
        own = self.own("SyncErrorsTable", report_rows.ERROR)
        found = [report_rows.error_of(self._tenant, item) for item in own]
        return {one.record: one.code for one in found}

    def intents(self) -> list[PushIntent]:
        """All pushes of people."""
        return [from_text(PushIntent, i["body"]["S"]) for i in self.own("PushesTable", "intent")]

    def mails(self) -> dict[str, Mail]:
        """All mail."""
        found = [
            mail_rows.mail_of(item)
            for item in self.own("MailTable", mail_rows.MAIL)
            if item["sk"]["S"] == mail_rows.MAIL
        ]
        return {one.mail_id: one for one in found}

    def tokens(self) -> dict[str, str]:
        """The public token of each mail to the mail."""
        found = [
            from_text(TrackedMail, item["body"]["S"])
            for item in self.scan("MailTable")
            if item["pk"]["S"].startswith("mail#") and item["sk"]["S"] == "tracked"
        ]
        return {one.token: one.mail_id for one in found if one.tenant == self._tenant}

    def waiting(self) -> dict[str, int]:
        """What is due by now or soon, by table."""
        soon = self._now() + timedelta(minutes=5)
        counts = {}
        for table in ("PushesTable", "MailTable", "PeopleTable"):
            due = (item["due_sk"]["S"] for item in self.scan(table) if _is_due(item, self._tenant))
            counts[table] = sum(when <= soon for one in due if (when := _moment_in(one)))
        return counts


def _is_due(item: Item, tenant: str) -> bool:
    return "due_sk" in item and item["pk"]["S"].startswith(tenant)


def _moment_in(text: str) -> datetime | None:
    for part in text.split("#"):
        try:
            found = datetime.fromisoformat(part)
        except ValueError:
            continue
        if found.tzinfo:
            return found
    return None


def mail_ids(tables: Tables, sent: Sequence[Message]) -> list[str]:
    """Which mail each message is, those of others left out."""
    tokens = tables.tokens()
    found = [TOKEN.search(str(one.get("BodyHtml") or "")) for one in sent]
    return [tokens[one[1]] for one in found if one and one[1] in tokens]
