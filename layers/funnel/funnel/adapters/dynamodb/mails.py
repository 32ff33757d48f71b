"""Mail, what is seen of it, and a tenant's mail settings."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist, PutError

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.mail_rows import (
    MAIL,
    attributes,
    due_pk,
    kept_until,
    log_sk,
    logged,
    mail_of,
    mail_pk,
    tracked_pk,
    unclear_pk,
)
from funnel.adapters.dynamodb.marketing_models import MarketingRow
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo, Item, code_of, key_of
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
from funnel.adapters.dynamodb.vision_models import MailRow
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, SugarId, TenantId
from funnel.domain.mails import (
    KEPT,
    Mail,
    MailContent,
    MailId,
    MailSeen,
    MailToken,
    TrackedMail,
)
from funnel.domain.senders import MailSettings
from funnel.ports.listing import Listing

CONTENT, FROM, SEEN, TRACKED = "content", "from", "seen#", "tracked"
_AFTER = "$"
"""Sorts after the `#` that ends a tenant in a key of the index `due`."""


class DynamoMails(Access):
    """`MailStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._mails: type[MailRow] = bound(MailRow, tables.mail, dynamo.client)
        self._settings: type[MarketingRow] = bound(MarketingRow, tables.marketing, dynamo.client)

    def add_mail(self, mail: Mail, content: MailContent) -> Mail:
        """Keep a new mail with its content, both or none."""
        after = replace(mail, version=1)
        pk = mail_pk(mail.tenant, mail.mail_id)
        log = {**key_of(person_pk(mail.tenant, mail.person_id), log_sk(mail)), "stamp": {"S": pk}}
        items = [
            {**key_of(pk, MAIL), **attributes(after)},
            {**key_of(pk, CONTENT), "body": {"S": to_text(content)}},
            *([] if mail.user else [log]),
        ]
        common = {"v": {"N": str(FORMAT)}, "expires_at": {"N": kept_until(mail)}}
        puts = [{"TableName": self._tables.mail, "Item": {**item, **common}} for item in items]
        puts[0]["ConditionExpression"] = "attribute_not_exists(pk)"
        if self._dynamo.transact([{"Put": put} for put in puts]):
            raise Conflict("This mail was asked for already.")
        return after

    def save_mail(self, mail: Mail) -> Mail:
        """Write it if its version still stands."""
        after = replace(mail, version=mail.version + 1)
        item = {
            **key_of(mail_pk(mail.tenant, mail.mail_id), MAIL),
            **attributes(after),
            "v": {"N": str(FORMAT)},
            "expires_at": {"N": kept_until(mail)},
        }
        asked: dict[str, Any] = {
            "TableName": self._tables.mail,
            "Item": item,
            "ConditionExpression": "version = :v",
            "ExpressionAttributeValues": {":v": {"N": str(mail.version)}},
        }
        if self._dynamo.transact([{"Put": asked}]):
            raise Conflict("This mail was changed meanwhile.", mend="Try again.")
        return after

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
        body = self._body(mail_pk(tenant, mail_id), CONTENT)
        return from_text(MailContent, body) if body else None

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

    def tenants_with_due_mails(self, now: datetime) -> list[TenantId]:
        """Who has mail that is due by now: one look for each that has mail which waits."""
        found: list[TenantId] = []
        for part in range(SHARDS):
            low = " "
            while rows := self._due(part, low, "\U0010ffff", 1):
                tenant = TenantId(rows[0]["due_sk"]["S"].partition("#")[0])
                if self.due_mails(tenant, now, 1):
                    found.append(tenant)
                low = f"{tenant}{_AFTER}"
        return found

    def _due(self, part: int, low: str, high: str, limit: int) -> list[Item]:
        return self._dynamo.query(
            self._tables.mail,
            limit,
            IndexName="due",
            KeyConditionExpression="due_pk = :p AND due_sk BETWEEN :low AND :high",
            ExpressionAttributeValues={
                ":p": {"S": due_pk(part)},
                ":low": {"S": low},
                ":high": {"S": high},
            },
        )

    def unclear_mails(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Mail]:
        """Mail of which nobody can tell whether it went out, oldest first."""
        return self._listings.merged(
            self._tables.mail, "due", [unclear_pk(tenant)], mail_of, limit, cursor=cursor
        )

    def save_tracked(self, tracked: TrackedMail) -> None:
        """Keep what a mail's public addresses stand on."""
        put = self._with_body(tracked_pk(tracked.token), TRACKED, tracked, tracked.kept_until)
        self._beside(tracked.tenant, tracked.mail_id, put)

    def tracked_mail(self, token: MailToken) -> TrackedMail | None:
        """What a mail's public addresses stand on."""
        body = self._body(tracked_pk(token), TRACKED)
        return from_text(TrackedMail, body) if body else None

    def keep_seen(self, tenant: TenantId, mail_id: MailId, seen: MailSeen) -> None:
        """Keep an open or click; one of an older version changes nothing."""
        pk = mail_pk(tenant, mail_id)
        put = self._with_body(pk, SEEN + seen.activity_id, seen, seen.at + KEPT)
        version = {"N": str(seen.version)}
        put["Item"]["version"] = version
        put["ConditionExpression"] = "attribute_not_exists(pk) OR version < :n"
        put["ExpressionAttributeValues"] = {":n": version}
        self._beside(tenant, mail_id, put)

    def seen_of(self, tenant: TenantId, mail_id: MailId) -> list[MailSeen]:
        """All opens and clicks of a mail that are kept."""
        items = self._dynamo.query_all(
            self._tables.mail,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={
                ":p": {"S": mail_pk(tenant, mail_id)},
                ":s": {"S": SEEN},
            },
        )
        return [from_text(MailSeen, item["body"]["S"]) for item in items]

    def keep_sent_from(self, tenant: TenantId, mail_id: MailId, ip: str, until: datetime) -> None:
        """Keep from which IP address it was written."""
        row = self._mails(mail_pk(tenant, mail_id), FROM, body=ip)
        row.expires_at = int(until.timestamp())
        self._dynamo.patiently(row.save)

    def sent_from(self, tenant: TenantId, mail_id: MailId) -> str:
        """The IP address it was written from."""
        return self._body(mail_pk(tenant, mail_id), FROM)

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
        rows, before = self._settings, settings.version
        after = replace(settings, version=before + 1)
        row = rows(settings.tenant, MAIL, body=to_text(after))
        row.version = after.version
        condition = rows.version == before if before else rows.pk.does_not_exist()
        try:
            self._dynamo.patiently(lambda: row.save(condition))
        except PutError as error:
            if code_of(error) == CONDITION_FAILED:
                text = "Somebody else changed them meanwhile."
                raise Conflict(text, mend="Try again.") from error
            raise
        return after

    def _with_body(self, pk: str, sk: str, body: object, until: datetime) -> dict[str, Any]:
        item = {
            **key_of(pk, sk),
            "body": {"S": to_text(body)},
            "v": {"N": str(FORMAT)},
            "expires_at": {"N": str(int(until.timestamp()))},
        }
        return {"TableName": self._tables.mail, "Item": item}

    def _beside(self, tenant: TenantId, mail_id: MailId, put: dict[str, Any]) -> None:
        """Write it if the mail is there: nothing of one that was erased comes back."""
        check = {
            "TableName": self._tables.mail,
            "Key": key_of(mail_pk(tenant, mail_id), MAIL),
            "ConditionExpression": "attribute_exists(pk)",
        }
        self._dynamo.transact([{"Put": put}, {"ConditionCheck": check}])

    def _body(self, pk: str, sk: str) -> str:
        try:
            row = self._dynamo.patiently(lambda: self._mails.get(pk, sk, consistent_read=True))
        except DoesNotExist:
            return ""
        return row.body or ""
