"""Both sides held against each other, record by record, from the rows of the tables and Sugar's own data."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from funnel.domain.ids import PULLED_MODULES, Module, PersonId, RecordKey, SugarId
from funnel.domain.mail.mails import MailState
from funnel.domain.pushing.pushes import PushState
from funnel.domain.sync.records import Person, State, SugarRecord
from local.mailbox.pages import Message
from local.sugar.company import Company
from local.sugar.demo.users import STANDARD
from tests.soak.done import Done
from tests.soak.tables import Tables, mail_ids

SAME_FIELDS = {
    Module.LEADS: {"title": "title", "phone_work": "phone_work", "last_name": "last_name"},
    Module.CONTACTS: {"title": "title", "phone_work": "phone_work", "last_name": "last_name"},
    Module.ACCOUNTS: {"name": "name", "phone_office": "phone_office"},
}
"""Sugar's field to ours, of those that somebody changed during the day."""


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
        holders = self._holders()
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
                elif not count and what == "record" and email in self._done.deleted:
                    self.found.explained["pushed, and deleted in Sugar since"] += 1
                elif not count and intent.state is PushState.DONE:
                    self.found.lost.append(f"{what} of {email} in Sugar")
        again = [
            name for name, count in tasks.items() if count > 1 and name.startswith("Call: Call")
        ]
        self.found.doubled += [f"task {name}" for name in again]

    def _holders(self) -> Counter[str]:
        """How many records have an address; the Contact that Sugar made of a Lead is that Lead."""
        leads = [self._company.get("Leads", one) or {} for one in self._company.ids("Leads")]
        converted = {one.get("contact_id") for one in leads}
        found: Counter[str] = Counter()
        for module in ("Leads", "Contacts"):
            for one in self._company.ids(module):
                if module == "Leads" or one not in converted:
                    found.update({e.email.lower() for e in self._company.emails(module, one)})
        return found

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
