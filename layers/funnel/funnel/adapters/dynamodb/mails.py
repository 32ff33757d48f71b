"""Mail, what is seen of it, and a tenant's mail settings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import put_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.mail_counts import (
    DynamoMailCounts,
    count_updates,
    counts_of,
    forgotten,
    received_put,
)
from funnel.adapters.dynamodb.mail_rows import (
    MAIL,
    attributes,
    due_pk,
    kept_until,
    logged,
    mail_of,
    mail_pk,
    place_of,
    tracked_pk,
    unclear_pk,
)
from funnel.adapters.dynamodb.mail_sights import TRACKED, DynamoMailSights
from funnel.adapters.dynamodb.marketing_models import MarketingRow
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import Dynamo, Item, key_of
from funnel.adapters.dynamodb.tables import (
    FORMAT,
    SHARDS,
    Tables,
    from_cursor,
    moment,
    person_pk,
    shard,
    to_cursor,
)
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, SugarId, TenantId
from funnel.domain.mail.mail_caps import Received
from funnel.domain.mail.mail_tallies import Tally, change, together
from funnel.domain.mail.mail_totals import About, counted_by, tally_of
from funnel.domain.mail.mails import (
    Mail,
    MailContent,
    MailId,
    TrackedMail,
)
from funnel.domain.mail.senders import MailSettings
from funnel.ports.listing import Listing

CONTENT = "content"
_CHANGED = "This mail was changed meanwhile."
_ROWS = 3
"""Rows that a new mail has."""

_MOST_BYTES = 3_000_000
"""Of one transaction: DynamoDB takes 4 MB."""

_AFTER = "$"
"""Sorts after the `#` that ends a tenant in a key of the index `due`."""


class DynamoMails(DynamoMailCounts, DynamoMailSights):
    """`MailStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._settings: type[MarketingRow] = bound(MarketingRow, tables.marketing, dynamo.client)

    def add_mail(self, mail: Mail, content: MailContent) -> Mail:
        """Keep a new mail with its content, both or none."""
        if self._add([(mail, content)]):
            raise Conflict("This mail was asked for already.")
        return _new(mail)

    def add_mails(self, asked: Sequence[tuple[Mail, MailContent]]) -> list[bool]:
        """Keep new mails, as many in one transaction as fit; those there already are left out of it."""
        kept: dict[MailId, bool] = {}
        for part in self._transactions(asked):
            left = list(part)
            while left and (lost := self._add(left)):
                kept |= {left[at][0].mail_id: False for at in lost}
                left = [one for at, one in enumerate(left) if at not in lost]
            kept |= {mail.mail_id: True for mail, _ in left}
        return [kept[mail.mail_id] for mail, _ in asked]

    def _transactions(
        self, asked: Sequence[tuple[Mail, MailContent]]
    ) -> Iterator[list[tuple[Mail, MailContent]]]:
        """Parts of what is asked for, each with all that counts it."""
        part: list[tuple[Mail, MailContent]] = []
        size = 0
        counters: set[About] = set()
        for mail, content in asked:
            more = {*counters, *counted_by(mail.about)}
            fits = (len(part) + 1) * _ROWS + len(more) <= self._dynamo.transaction
            if part and not (fits and size + content.size <= _MOST_BYTES):
                yield part
                part, size, more = [], 0, set(counted_by(mail.about))
            part.append((mail, content))
            size, counters = size + content.size, more
        if part:
            yield part

    def _add(self, asked: Sequence[tuple[Mail, MailContent]]) -> set[int]:
        """The places of those that are there already, upon which nothing was kept."""
        table = self._tables.mail
        actions: list[dict[str, Any]] = []
        sums: dict[About, Tally] = {}
        owners: list[int] = []
        for at, (mail, content) in enumerate(asked):
            after = _new(mail)
            pk = mail_pk(mail.tenant, mail.mail_id)
            log = place_of(mail)
            items: list[Item] = [
                {**key_of(pk, MAIL), **attributes(after)},
                {**key_of(pk, CONTENT), "body": {"S": to_text(content)}},
                *([{**log, "stamp": {"S": pk}}] if log else []),
            ]
            common = {"v": {"N": str(FORMAT)}, "expires_at": {"N": kept_until(mail)}}
            puts = [{"TableName": table, "Item": {**item, **common}} for item in items]
            owners += [at] * len(puts)
            puts[0]["ConditionExpression"] = "attribute_not_exists(pk)"
            actions += [{"Put": put} for put in puts]
            for about in counted_by(mail.about):
                sums[about] = together(sums.get(about, Tally()), after.tallied)
        if not asked:
            return set()
        first = asked[0][0]
        for about, tally in sums.items():
            more = change(Tally(), tally)
            actions += count_updates(table, first.tenant, about, more, first.mail_id)
        return {owners[at] for at in self._dynamo.transact(actions)}

    def save_mail(self, mail: Mail) -> Mail:
        """Write it if its version still stands."""
        after, actions = self._written(mail)
        if self._dynamo.transact(actions):
            raise Conflict(_CHANGED, mend="Try again.")
        return after

    def claim_mail(self, mail: Mail, tracked: TrackedMail, received: Received | None) -> Mail:
        """Write a mail that is about to be handed over, its public side, and what its person received."""
        after, actions = self._written(mail)
        put = self._with_body(tracked_pk(tracked.token), TRACKED, tracked, tracked.kept_until)
        actions.append({"Put": put})
        if received is not None:
            actions.append(received_put(self._tables.mail, received))
        if self._dynamo.transact(actions):
            raise Conflict(_CHANGED, mend="Try again.")
        return after

    def _written(self, mail: Mail) -> tuple[Mail, list[dict[str, Any]]]:
        """The mail as it will be stored, and what writes it and counts it."""
        after = replace(mail, version=mail.version + 1, tallied=tally_of(mail))
        put: dict[str, Any] = {
            "TableName": self._tables.mail,
            "Item": {
                **key_of(mail_pk(mail.tenant, mail.mail_id), MAIL),
                **attributes(after),
                "v": {"N": str(FORMAT)},
                "expires_at": {"N": kept_until(mail)},
            },
            "ConditionExpression": "version = :v",
            "ExpressionAttributeValues": {":v": {"N": str(mail.version)}},
        }
        return after, [{"Put": put}, *counts_of(self._tables.mail, mail)]

    def forget_mail(self, mail: Mail) -> None:
        """Remove it with all that is kept of it, and count it."""
        if not forgotten(self._dynamo, self._tables.mail, mail) and self.mail(
            mail.tenant, mail.mail_id
        ):
            raise Conflict(_CHANGED, mend="Try again.")

    def mail(self, tenant: TenantId, mail_id: MailId) -> Mail | None:
        """One mail."""
        return self.mails(tenant, [mail_id]).get(mail_id)

    def mails(self, tenant: TenantId, ids: Iterable[MailId]) -> dict[MailId, Mail]:
        """The mails with these ids that are there."""
        keys = [(mail_pk(tenant, one), MAIL) for one in dict.fromkeys(ids)]
        found = self._dynamo.batch_get(self._tables.mail, keys) if keys else []
        return {one.mail_id: one for one in map(mail_of, found)}

    def mail_content(self, tenant: TenantId, mail_id: MailId) -> MailContent | None:
        """What a mail says."""
        return self.mail_contents(tenant, [mail_id]).get(mail_id)

    def mail_contents(self, tenant: TenantId, ids: Iterable[MailId]) -> dict[MailId, MailContent]:
        """What these mails say."""
        keys = [(mail_pk(tenant, one), CONTENT) for one in dict.fromkeys(ids)]
        found = self._dynamo.batch_get(self._tables.mail, keys) if keys else []
        contents = [from_text(MailContent, item["body"]["S"]) for item in found]
        return {one.mail_id: one for one in contents}

    def mails_of_sender(
        self, tenant: TenantId, sender: SugarId, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """What a Sugar user wrote, newest first."""
        condition, values = "sender_pk = :p", {":p": {"S": f"{tenant}#{sender}"}}
        if cursor:
            condition += " AND sender_sk < :s"
            values[":s"] = {"S": from_cursor(cursor)}
        found = self._dynamo.query(
            self._tables.mail,
            limit + 1,
            IndexName="sender",
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=False,
        )
        last = found[limit - 1]["sender_sk"]["S"] if len(found) > limit else ""
        return Listing(list(map(mail_of, found[:limit])), to_cursor(last) if last else "")

    def mails_of_person(
        self, tenant: TenantId, person_id: PersonId, limit: int, cursor: str = ""
    ) -> Listing[Mail]:
        """What was written to a person, newest first."""
        page = self._listings.newest(
            self._tables.mail, person_pk(tenant, person_id), logged, limit, cursor
        )
        found = self.mails(tenant, page.items)
        return Listing([found[one] for one in page.items if one in found], page.cursor)

    def due_mails(self, tenant: TenantId, now: datetime, limit: int) -> list[Mail]:
        """The first of what is due by now, urgent ones first."""
        found: list[Item] = []
        for urgency in (0, 1):
            if len(found) < limit:
                low = f"{tenant}#{urgency}#"
                found += self._due(shard(tenant), low, f"{low}{moment(now)}{_AFTER}", limit)
        return list(map(mail_of, found[:limit]))

    def count_due_mails(self, tenant: TenantId, now: datetime, most: int) -> int:
        """How much that nobody waits for is due by now."""
        low = f"{tenant}#1#"
        asked = _due_between(shard(tenant), low, f"{low}{moment(now)}{_AFTER}")
        return self._dynamo.count(self._tables.mail, most, ConsistentRead=False, **asked)

    def tenants_with_due_mails(self, now: datetime) -> list[TenantId]:
        """Who has mail that is due by now: one look for each that has mail which waits."""
        found: list[TenantId] = []
        for part in range(SHARDS):
            low = " "
            while rows := self._first_known(part, low, "\U0010ffff"):
                tenant = TenantId(rows[0]["due_sk"]["S"].partition("#")[0])
                spans = (f"{tenant}#{urgency}#" for urgency in (0, 1))
                if any(self._first_known(part, s, f"{s}{moment(now)}{_AFTER}") for s in spans):
                    found.append(tenant)
                low = f"{tenant}{_AFTER}"
        return found

    def _due(self, part: int, low: str, high: str, limit: int) -> list[Item]:
        return self._dynamo.query(self._tables.mail, limit, **_due_between(part, low, high))

    def _first_known(self, part: int, low: str, high: str) -> list[Item]:
        return self._dynamo.query_known(self._tables.mail, 1, **_due_between(part, low, high))

    def unclear_mails(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Mail]:
        """Mail of which nobody can tell whether it went out, oldest first."""
        return self._listings.merged(
            self._tables.mail, "due", [unclear_pk(tenant)], mail_of, limit, cursor=cursor
        )

    def mail_settings(self, tenant: TenantId) -> MailSettings:
        """The tenant's mail settings."""
        try:
            row = self._dynamo.patiently(
                lambda: self._settings.get(tenant, MAIL, consistent_read=True)
            )
        except DoesNotExist:
            return MailSettings(tenant)
        return replace(from_text(MailSettings, row.body), version=int(row.version))

    def save_mail_settings(self, settings: MailSettings) -> MailSettings:
        """Write them if their version still stands."""
        after = replace(settings, version=settings.version + 1)
        row = self._settings(settings.tenant, MAIL, body=to_text(after), version=after.version)
        table = self._tables.marketing
        if not put_if_version(self._dynamo, table, row.serialize(), settings.version):
            raise Conflict("Somebody else changed them meanwhile.", mend="Try again.")
        return after


def _due_between(part: int, low: str, high: str) -> dict[str, Any]:
    return {
        "IndexName": "due",
        "KeyConditionExpression": "due_pk = :p AND due_sk BETWEEN :low AND :high",
        "ExpressionAttributeValues": {
            ":p": {"S": due_pk(part)},
            ":low": {"S": low},
            ":high": {"S": high},
        },
    }


def _new(mail: Mail) -> Mail:
    return replace(mail, version=1, tallied=tally_of(mail))
