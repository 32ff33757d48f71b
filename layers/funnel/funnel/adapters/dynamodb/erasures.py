"""Proofs of erasures, the marks of what was erased, and removing all rows of a person."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb import activity_rows, address_rows
from funnel.adapters.dynamodb.access import Access, put_if_version
from funnel.adapters.dynamodb.broadcasts import audience_pk, broadcasts_pk
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.form_rows import led_to, person_forms_pk
from funnel.adapters.dynamodb.mail_counts import cap_pk, forgotten
from funnel.adapters.dynamodb.mail_rows import MAIL, mail_of, told_pk, tracked_pk
from funnel.adapters.dynamodb.models import PersonRow, bound
from funnel.adapters.dynamodb.report_rows import history_pk
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import Tables, email_pk, moment, person_pk, record_pk, shard
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_states import refused, unclear
from funnel.domain.mail.mails import Mail, MailState
from funnel.domain.people.erasure import Erasure, Traces
from funnel.ports.listing import Listing

_TRIES = 6
_ROUNDS = 20
"""Looks at a partition: each finds what was written since the one before."""
_ENDINGS: Mapping[MailState, Callable[[Mail], Mail]] = {
    MailState.QUEUED: partial(refused, reason="The person was erased."),
    MailState.SENDING: unclear,
}
"""What becomes of mails that nothing has become of yet."""

PROOF, MARK = "proof#", "mark#"


class DynamoErasures(Access):
    """`ErasureStore` in DynamoDB, and the marks that `RecordStore` tells."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._proofs: type[PersonRow] = bound(PersonRow, tables.people, dynamo.client)

    def erased(self, tenant: TenantId) -> dict[str, bool]:
        """The marks of what was erased, each with whether it may not be written to."""
        items = self._dynamo.query_all(
            self._tables.people,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={":p": {"S": erased_pk(tenant)}, ":s": {"S": MARK}},
        )
        return {item["sk"]["S"][len(MARK) :]: "consent" in item for item in items}

    def save_erasure(self, erasure: Erasure) -> Erasure:
        """Keep its marks, then write it if its version still stands; the stored one."""
        marks = [_mark(erasure, mark) for mark in erasure.marks]
        self._dynamo.batch_put(self._tables.people, marks)
        row = self._proofs(
            erased_pk(erasure.tenant), PROOF + erasure.person_id, body=to_text(erasure)
        )
        row.version = erasure.version + 1
        if not put_if_version(self._dynamo, self._tables.people, row.serialize(), erasure.version):
            raise Conflict("Somebody else changed it meanwhile.", mend="Try again.")
        return replace(erasure, version=erasure.version + 1)

    def erasure(self, tenant: TenantId, person_id: PersonId) -> Erasure | None:
        """The proof of one erasure."""
        pk, sk = erased_pk(tenant), PROOF + person_id
        try:
            row = self._dynamo.patiently(lambda: self._proofs.get(pk, sk, consistent_read=True))
        except DoesNotExist:
            return None
        return replace(from_text(Erasure, row.body), version=int(row.version))

    def erasures(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Erasure]:
        """The proofs, in the order of the people's ids."""
        pks = [erased_pk(tenant)]
        return self._listings.merged(
            self._tables.people, "", pks, _proof, limit, prefix=PROOF, cursor=cursor
        )

    def marked_at(self, tenant: TenantId, mark: str) -> datetime | None:
        """When what a mark stands for was erased."""
        found = self._dynamo.batch_get(self._tables.people, [(erased_pk(tenant), MARK + mark)])
        return datetime.fromisoformat(found[0]["at"]["S"]) if found else None

    def lift(self, tenant: TenantId, mark: str) -> None:
        """Forget a mark; nothing if there is none."""
        self._dynamo.batch_delete(self._tables.people, [(erased_pk(tenant), MARK + mark)])

    def purge(self, tenant: TenantId, traces: Traces) -> dict[str, int]:
        """Remove all rows there are of these; how many, by kind."""
        tables = self._tables
        persons = [person_pk(tenant, one) for one in traces.people]
        subjects = [history_pk(tenant, one) for one in traces.people]
        records = [history_pk(tenant, str(key)) for key in traces.records]
        done = [history_pk(tenant, one) for one in traces.subjects]
        marks = [f"{tenant}#score#{one}" for one in traces.people]
        scored = [activity_rows.scored_place(tenant, one) for one in traces.people]
        self._emptied(tables.mail, [cap_pk(tenant, one) for one in traces.people])
        if traces.people:
            self._leave_audiences(tenant, traces.people)
        removed = {
            **self._addresses(tenant, traces.emails),
            "history": self._emptied(tables.history, [*subjects, *records]),
            "activities": self._emptied(tables.activities, done),
            "scores": self._emptied(tables.scores, subjects),
            "pushes": self._pushes_of(tenant, persons, marks),
            "mails": self._mails_of([*persons, *(told_pk(tenant, one) for one in traces.people)]),
            "forms": self._forms_of(person_forms_pk(tenant, one) for one in traces.people),
            "prospects": self._emptied(
                tables.vision, [record_pk(tenant, key) for key in traces.records]
            ),
        }
        # Whoever has no tally any more is not listed anew by what was under way.
        self._dynamo.batch_delete(tables.activities, scored)
        return removed

    def _forms_of(self, persons: Iterable[str]) -> int:
        """First what was sent, to which only the person's own rows lead; how many there were."""
        done, table = 0, self._tables.marketing
        for person in persons:
            for rows in self._until_none(table, person):
                sent = led_to(rows)
                self._dynamo.batch_delete(table, sent)
                done += len(sent)
        return done

    def _mails_of(self, persons: Iterable[str]) -> int:
        """Of each mail first its public side, to which only its own row leads; how many there were."""
        done, table = 0, self._tables.mail
        for person in persons:
            for log in self._until_none(table, person):
                found = [item["stamp"]["S"] for item in log if "stamp" in item]
                rows = [item for pk in found for item in self._items(table, pk)]
                bodies = [json.loads(item["body"]["S"]) for item in rows if item["sk"]["S"] == MAIL]
                public = [tracked_pk(body["token"]) for body in bodies]
                for item in rows:
                    if item["sk"]["S"] == MAIL and "due_pk" in item:
                        self._wait_no_more(item)
                self._emptied(table, [*public, *found])
                done += len(bodies)
        return done

    def _wait_no_more(self, item: Item) -> None:
        """Forget a mail that waits, or is on its way out: totals would count it as waiting for ever."""
        found = [item]
        for _ in range(_TRIES):
            mails = [one for one in map(mail_of, found) if one.state in _ENDINGS]
            if all(forgotten(self._dynamo, self._tables.mail, _ENDINGS[o.state](o)) for o in mails):
                return
            found = self._dynamo.batch_get(self._tables.mail, [(item["pk"]["S"], MAIL)])
        raise StoreBusy("Others keep changing the mails of this person.")

    def _leave_audiences(self, tenant: TenantId, people: Iterable[PersonId]) -> None:
        """Out of the audience of every broadcast there ever was; there are few."""
        rows = self._dynamo.query_all(
            self._tables.mail,
            IndexName="about",
            KeyConditionExpression="about_pk = :p",
            ExpressionAttributeValues={":p": {"S": broadcasts_pk(tenant)}},
        )
        ids = [row["pk"]["S"].rpartition("#")[2] for row in rows]
        places = [(audience_pk(tenant, i, shard(one)), one) for one in people for i in ids]
        self._dynamo.batch_delete(self._tables.mail, places)

    def _addresses(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, int]:
        keys = list(self._keys(self._tables.people, [email_pk(tenant, one) for one in emails]))
        self._dynamo.batch_delete(self._tables.people, keys)
        consents = sum(sk == address_rows.CONSENT for _, sk in keys)
        return {"addresses": len(keys) - consents, "consents": consents}

    def _pushes_of(self, tenant: TenantId, persons: Sequence[str], marks: Sequence[str]) -> int:
        """First what was to be pushed, to which only the person's log leads; how much there was."""
        table = self._tables.pushes
        done = self._emptied(table, marks)
        for person in persons:
            for log in self._until_none(table, person):
                stamps = (item["stamp"]["S"] for item in log if "stamp" in item)
                done += self._emptied(table, [f"{tenant}#push#{one}" for one in stamps])
        return done

    def _until_none(self, table: str, pk: str) -> Iterator[list[Item]]:
        """The rows of a partition, which go once it is seen to what they lead to; then those written meanwhile.

        One that nobody has read stays: nothing else leads to its rest. What stands on a row that is gone
        was written before that went. Raises `StoreBusy` while others go on writing.
        """
        for _ in range(_ROUNDS):
            items = self._items(table, pk)
            if not items:
                return
            yield items
            self._dynamo.batch_delete(table, [(pk, item["sk"]["S"]) for item in items])
        raise StoreBusy("Others keep writing what is to be erased.")

    def _emptied(self, table: str, pks: Iterable[str]) -> int:
        """One after the other: those which lead to the rest are the last, and stay if one before fails."""
        return sum(len(items) for pk in pks for items in self._until_none(table, pk))

    def _keys(self, table: str, pks: Iterable[str]) -> Iterator[tuple[str, str]]:
        for pk in pks:
            for item in self._items(table, pk):
                yield item["pk"]["S"], item["sk"]["S"]

    def _items(self, table: str, pk: str) -> list[Item]:
        return self._dynamo.query_all(
            table,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": pk}},
        )


def erased_pk(tenant: TenantId) -> str:
    """The partition of a tenant's erasures; there are few."""
    return f"{tenant}#erased"


def _mark(erasure: Erasure, mark: str) -> Item:
    item: Item = {
        "pk": {"S": erased_pk(erasure.tenant)},
        "sk": {"S": MARK + mark},
        "v": {"N": "1"},
        "at": {"S": moment(erasure.marked_at)},
    }
    if mark in erasure.opted_out:
        item["consent"] = {"BOOL": True}
    return item


def _proof(item: Item) -> Erasure:
    return replace(from_text(Erasure, item["body"]["S"]), version=int(item["version"]["N"]))
