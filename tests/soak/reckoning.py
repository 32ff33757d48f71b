"""Both sides held against each other, record by record, from the rows of the tables and Sugar's own data."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from funnel.adapters.dynamodb import activity_rows, mail_rows, report_rows, rows
from funnel.adapters.dynamodb.codec import from_text
from funnel.domain.ids import PULLED_MODULES, Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.mail.mails import Mail, MailState, TrackedMail
from funnel.domain.pushing.pushes import PushIntent, PushState
from funnel.domain.scoring.scores import Score
from funnel.domain.sync.records import Person, State, SugarRecord
from funnel.domain.tracking.activities import Activity
from local.mailbox.pages import Message
from local.sugar.company import Company
from local.sugar.demo.users import STANDARD
from tests.soak.done import Done

Item = dict[str, Any]
SAME_FIELDS = {
    Module.LEADS: {"title": "title", "phone_work": "phone_work", "last_name": "last_name"},
    Module.CONTACTS: {"title": "title", "phone_work": "phone_work", "last_name": "last_name"},
    Module.ACCOUNTS: {"name": "name", "phone_office": "phone_office"},
}
"""Sugar's field to ours, of those that somebody changed during the day."""

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


@dataclass
class Reckoning:
    """What was compared, and what is wrong: lost, doubled, or different without a word."""

    counts: Counter[str] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> dict[str, list[str]]:
        """Nothing, on a good day."""
        kinds = {"lost": self.lost, "doubled": self.doubled, "unexplained": self.unexplained}
        return {name: found for name, found in kinds.items() if found}


class Reckoner:
    """Compares all of it."""

    def __init__(
        self, tables: Tables, company: Company, sent: Sequence[Message], done: Done
    ) -> None:
        self._tables, self._company, self._sent, self._done = tables, company, sent, done
        self._records, self._people = tables.records(), tables.people()
        self._reported = tables.reported()
        self.found = Reckoning()

    def all(self) -> Reckoning:
        """Everything."""
        self._of_sugar()
        self._of_people()
        self._of_visits()
        self._of_scores()
        self._of_pushes()
        self._of_mails()
        self._of_what_we_made()
        return self.found

    def _explain(self, key: RecordKey, what: str) -> None:
        """What differs is told in the error report, or it is unexplained."""
        if key in self._reported:
            self.found.explained[self._reported[key]] += 1
        else:
            self.found.unexplained.append(f"{key}: {what}")

    def _of_sugar(self) -> None:
        """Each live record of Sugar is here as it is there, and nothing else is."""
        for module in PULLED_MODULES:
            there = {RecordKey(module, SugarId(one)) for one in self._company.ids(module.value)}
            here = {k for k, r in self._records.items() if k.module is module and _in_use(r)}
            self.found.counts[f"{module.value} in Sugar"] = len(there)
            for key in there:
                record = self._records.get(key)
                if record is None:
                    if key in self._reported:
                        self.found.explained[self._reported[key]] += 1
                    else:
                        self.found.lost.append(f"{key} is not here")
                elif record.state is not State.SYNCED:
                    self._explain(key, record.state.value)
                else:
                    self._compare(record)
            for key in here - there:
                self._explain(key, "here, and not in Sugar")

    def _compare(self, record: SugarRecord) -> None:
        theirs = self._company.get(record.key.module.value, record.key.sugar_id) or {}
        for sugar_field, ours in SAME_FIELDS.get(record.key.module, {}).items():
            there = unescape(theirs.get(sugar_field) or "").strip()
            here = str(record.fields.get(ours) or "").strip()
            if there != here:
                self._explain(record.key, f"{ours} is {here!r} here and {there!r} there")

    def _of_people(self) -> None:
        """Each record is a person's link, and each address is one person's."""
        for key, record in self._records.items():
            if (
                key.module not in (Module.LEADS, Module.CONTACTS)
                or record.state is not State.SYNCED
            ):
                continue
            person = self._root(record.person_id)
            if person is None or key not in {link.key for link in person.links}:
                self.found.lost.append(f"{key} is no link of its person")
        holders = Counter(e for p in self._people.values() if not p.merged_into for e in p.emails)
        self.found.counts["people"] = sum(not p.merged_into for p in self._people.values())
        self.found.doubled += [f"{e} is held by {n} people" for e, n in holders.items() if n > 1]
        for email in self._done.people:
            if not holders[email]:
                self.found.lost.append(f"{email} was made here and is nobody's")

    def _root(self, person_id: PersonId) -> Person | None:
        person = self._people.get(person_id)
        while person and person.merged_into:
            person = self._people.get(person.merged_into)
        return person

    def _of_visits(self) -> None:
        """Each hit that was taken is one activity."""
        times = Counter(one.activity_id for one in self._tables.activities())
        self.found.counts["hits"] = len(self._done.hits)
        self.found.lost += [f"hit {hit}" for hit in self._done.hits if not times[hit]]
        self.found.doubled += [f"activity {one}" for one, n in times.items() if n > 1]

    def _of_scores(self) -> None:
        """Each lead score is the one in Sugar."""
        for score in self._tables.scores():
            person = self._people.get(score.person_id)
            if person is None or person.merged_into:
                continue
            for link in person.links:
                there = self._company.get(link.key.module.value, link.key.sugar_id)
                record = self._records.get(link.key)
                if there is None or record is None or record.state is not State.SYNCED:
                    continue
                told = there.get("funnel_score_c") or "0"
                self.found.counts["scores in Sugar"] += 1
                if told != str(score.value):
                    self._explain(link.key, f"score {score.value} here and {told} there")

    def _of_pushes(self) -> None:
        """Each push that was asked for has made one record and one task."""
        intents = {one.intent_id: one for one in self._tables.intents()}
        tasks = Counter(
            (self._company.get("Tasks", one) or {}).get("name", "")
            for one in self._company.ids("Tasks")
        )
        self.found.counts["pushes"] = len(self._done.pushes)
        holders: Counter[str] = Counter()
        for module in ("Leads", "Contacts"):
            for one in self._company.ids(module):
                holders.update({e.email.lower() for e in self._company.emails(module, one)})
        for email, push in self._done.pushes.items():
            intent = intents.get(push)
            if intent is None:
                self.found.lost.append(f"push of {email}")
                continue
            if intent.state is not PushState.DONE:
                self.found.unexplained.append(f"push of {email} is {intent.state.value}")
            for what, count in (
                ("record", holders[email]), ("task", tasks[f"Call: Call {email}"]),
            ):  # fmt: skip
                if count > 1:
                    self.found.doubled.append(f"{count} {what}s of {email} in Sugar")
                elif not count and intent.state is PushState.DONE:
                    self.found.lost.append(f"{what} of {email} in Sugar")
        again = [
            name for name, count in tasks.items() if count > 1 and name.startswith("Call: Call")
        ]
        self.found.doubled += [f"task {name}" for name in again]

    def _of_mails(self) -> None:
        """A mail went out at most once, and one that went out is known to have."""
        mails = self._tables.mails()
        times = Counter(mail_ids(self._tables, self._sent))
        self.found.counts["mails"] = len(mails)
        self.found.doubled += [
            f"mail {one} went out {n} times" for one, n in times.items() if n > 1
        ]
        for mail_id, mail in mails.items():
            out = times[mail_id]
            if mail.state is MailState.SENT and not out:
                self.found.lost.append(f"mail {mail_id} is sent, and nobody got it")
            if mail.state in (MailState.QUEUED, MailState.SENDING):
                self.found.unexplained.append(f"mail {mail_id} is {mail.state.value}")
            if mail.state is MailState.UNCLEAR:
                self.found.explained["unclear mail"] += 1
            if mail.state is MailState.REFUSED and out:
                self.found.unexplained.append(f"mail {mail_id} is refused, and went out")
        self.found.lost += [
            f"mail to {e}" for e, one in self._done.mails.items() if one not in mails
        ]

    def _of_what_we_made(self) -> None:
        """What our own user made in Sugar is there once."""
        api = STANDARD["api"]
        for module, name in (
            ("Accounts", "name"),
            ("Campaigns", "name"),
            ("ProspectLists", "name"),
        ):
            found = [self._company.get(module, one) or {} for one in self._company.ids(module)]
            ours = Counter(row[name] for row in found if row.get("created_by") == api)
            self.found.counts[f"{module} made here"] = sum(ours.values())
            self.found.doubled += [f"{module} {n}" for n, count in ours.items() if count > 1]
        every = [self._company.get("Tasks", one) or {} for one in self._company.ids("Tasks")]
        tasks = [one for one in every if one.get("created_by") == api]
        same = Counter((one["name"], one["parent_id"]) for one in tasks)
        self.found.counts["Tasks made here"] = len(tasks)
        self.found.doubled += [f"task {what}" for what, count in same.items() if count > 1]


def _in_use(record: SugarRecord) -> bool:
    return record.state in (State.SYNCED, State.STALE)
