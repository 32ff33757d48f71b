"""What many mails come to, what people received, and who sends: rows of the table of mail."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from funnel.adapters.dynamodb.access import Access, if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.mail_rows import (
    MAIL,
    about_pk,
    mail_of,
    mail_pk,
    place_of,
    tracked_pk,
)
from funnel.adapters.dynamodb.requests import Dynamo, Item, key_of
from funnel.adapters.dynamodb.tables import FORMAT, SHARDS, moment, shard
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_caps import MOST_DAYS, Received
from funnel.domain.mail.mail_tallies import Change, change
from funnel.domain.mail.mail_totals import About, MailTotals, Outcome, counted_by, made_of, tally_of
from funnel.domain.mail.mails import Mail, MailId
from funnel.ports.listing import Listing

CAP = "cap"
SENDERS = "senders"
_SUMS, _LINK, _COUNTER = "sums#", "link#", "n_"
_SECONDS_OF_A_DAY = 86_400
_MOST_ROWS = SHARDS * 500
"""Of the links of an email, with those it had before it was changed: a look reads no more."""


class DynamoMailCounts(Access):
    """The part of `MailStore` that is about many mails."""

    def mail_totals(self, tenant: TenantId, about: About, *, with_links: bool = True) -> MailTotals:
        """What all mails counted by this come to."""
        pk = _totals_pk(tenant, about)
        counts: dict[str, int] = {}
        links: dict[str, tuple[int, int]] = {}
        for item in self._totals(pk, _LINK) if with_links else ():
            people, clicks = links.get(item["target"]["S"], (0, 0))
            more = (int(item["people"]["N"]), int(item["clicks"]["N"]))
            links[item["target"]["S"]] = (people + more[0], clicks + more[1])
        for item in self._totals(pk, _SUMS):
            for name, value in item.items():
                if name.startswith(_COUNTER):
                    key = name.removeprefix(_COUNTER)
                    counts[key] = counts.get(key, 0) + int(value["N"])
        return made_of(counts, links)

    def _totals(self, pk: str, kind: str) -> list[Item]:
        return self._dynamo.query(
            self._tables.mail,
            _MOST_ROWS,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :k)",
            ExpressionAttributeValues={":p": {"S": pk}, ":k": {"S": kind}},
        )

    def mails_about(
        self, tenant: TenantId, about: About, outcome: Outcome, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """Mails of a broadcast or step that came so far."""
        page = self._listings.merged(
            self._tables.mail,
            "about",
            [about_pk(tenant, about, outcome)],
            lambda item: MailId(item["pk"]["S"].rpartition("#")[2]),
            limit,
            cursor=cursor,
        )
        keys = [(mail_pk(tenant, one), MAIL) for one in page.items]
        found = {
            one.mail_id: one
            for one in map(mail_of, self._dynamo.batch_get(self._tables.mail, keys) if keys else ())
        }
        return Listing([found[one] for one in page.items if one in found], page.cursor)

    def received(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Received]:
        """The marketing mails that these people received lately."""
        wanted = {cap_pk(tenant, one): one for one in people}
        items = self._dynamo.batch_get(self._tables.mail, [(pk, CAP) for pk in wanted])
        none = {one: Received(tenant, one) for one in wanted.values()}
        return none | {wanted[i["pk"]["S"]]: from_text(Received, i["body"]["S"]) for i in items}

    def note_sender(self, tenant: TenantId, until: datetime) -> None:
        """Say that a worker of this tenant sends mail until then."""
        item = {
            **key_of(SENDERS, tenant),
            "body": {"S": moment(until)},
            "v": {"N": str(FORMAT)},
            "expires_at": {"N": str(int(until.timestamp()) + _SECONDS_OF_A_DAY)},
        }
        self._dynamo.batch_put(self._tables.mail, [item])

    def senders(self, now: datetime) -> list[TenantId]:
        """Whose mail is being sent now."""
        items = self._dynamo.query_all(
            self._tables.mail,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": SENDERS}},
        )
        return [TenantId(i["sk"]["S"]) for i in items if i["body"]["S"] > moment(now)]

    def forget_sender(self, tenant: TenantId) -> None:
        """Say that nothing of this tenant is sent any more."""
        self._dynamo.batch_delete(self._tables.mail, [(SENDERS, tenant)])


def cap_pk(tenant: TenantId, person_id: PersonId) -> str:
    """The partition of what marketing mail one person received lately."""
    return f"{tenant}#cap#{person_id}"


def count_updates(
    table: str, tenant: TenantId, about: About, change: Change, spread: str
) -> list[dict[str, Any]]:
    """The actions that add a change to totals. `spread` says in which of their parts: any is right."""
    part = shard(spread)
    pk = _totals_pk(tenant, about)
    updates = []
    if change.counts:
        added = {f"{_COUNTER}{name}": by for name, by in change.counts.items()}
        updates.append(_add(table, key_of(pk, f"{_SUMS}{part}"), added))
    for target, (people, clicks) in change.links.items():
        name = hashlib.blake2b(target.encode(), digest_size=16).hexdigest()
        place = key_of(pk, f"{_LINK}{name}#{part}")
        updates.append(_add(table, place, {"people": people, "clicks": clicks}, target))
    return updates


def counts_of(table: str, mail: Mail) -> list[dict[str, Any]]:
    """The actions that add to all totals what changed of a mail since they hold it."""
    more = change(mail.tallied, tally_of(mail))
    abouts = counted_by(mail.about) if more else ()
    return [
        one
        for about in abouts
        for one in count_updates(table, mail.tenant, about, more, mail.mail_id)
    ]


def forgotten(dynamo: Dynamo, table: str, mail: Mail) -> bool:
    """Remove a mail and count it as it is now; False where its version does not stand any more.

    First goes all else that is kept of it: the mail leads whoever goes on to the rest.
    """
    pk, log = mail_pk(mail.tenant, mail.mail_id), place_of(mail)
    places = [(log["pk"]["S"], log["sk"]["S"])] if log else []
    for one in (tracked_pk(mail.token), pk):
        found = dynamo.query_all(
            table,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": one}},
        )
        places += [(one, item["sk"]["S"]) for item in found]
    dynamo.batch_delete(table, [one for one in places if one != (pk, MAIL)])
    removal = {"Delete": {"Key": key_of(pk, MAIL), **if_version(table, mail.version)}}
    return not dynamo.transact([removal, *counts_of(table, mail)])


def received_put(table: str, received: Received) -> dict[str, Any]:
    """The action that writes what a person received, if its version still stands."""
    after = replace(received, version=received.version + 1)
    last = max(after.mails.values())
    put: dict[str, Any] = {
        "TableName": table,
        "Item": {
            **key_of(cap_pk(received.tenant, received.person_id), CAP),
            "body": {"S": to_text(after)},
            "version": {"N": str(after.version)},
            "v": {"N": str(FORMAT)},
            "expires_at": {"N": str(int(last.timestamp()) + MOST_DAYS * _SECONDS_OF_A_DAY)},
        },
        "ConditionExpression": "attribute_not_exists(pk)",
    }
    if received.version:
        put["ConditionExpression"] = "version = :n"
        put["ExpressionAttributeValues"] = {":n": {"N": str(received.version)}}
    return {"Put": put}


def _add(table: str, key: Item, numbers: Mapping[str, int], target: str = "") -> dict[str, Any]:
    names = sorted(numbers)
    adds = ", ".join(f"{name} :{name}" for name in names)
    sets = "SET v = if_not_exists(v, :v)" + (", target = :target" if target else "")
    values: Item = {f":{name}": {"N": str(numbers[name])} for name in names}
    values[":v"] = {"N": str(FORMAT)}
    if target:
        values[":target"] = {"S": target}
    return {
        "Update": {
            "TableName": table,
            "Key": key,
            "UpdateExpression": f"{sets} ADD {adds}",
            "ExpressionAttributeValues": values,
        }
    }


def _totals_pk(tenant: TenantId, about: About) -> str:
    return f"{tenant}#totals#{about.kind.value}#{about.about_id}"
