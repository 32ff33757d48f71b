"""The public side of mail, and what is seen of it: rows of the table of mail beside each mail's own."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from botocore.exceptions import ClientError
from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.mail_rows import MAIL, mail_pk, tracked_pk
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo, code_of, key_of
from funnel.adapters.dynamodb.tables import FORMAT, Tables
from funnel.adapters.dynamodb.vision_models import MailRow
from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import KEPT, MailId, MailSeen, MailToken, TrackedMail

FROM, SEEN, TRACKED, COUNT = "from", "seen#", "tracked", "count#"
_COUNTED_FOR = timedelta(days=3)
_MOST_CROWDED = 1000


class DynamoMailSights(Access):
    """The part of `MailStore` that readers meet."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._mails: type[MailRow] = bound(MailRow, tables.mail, dynamo.client)
        self._crowded: set[tuple[MailToken, date]] = set()

    def save_tracked(self, tracked: TrackedMail) -> None:
        """Keep what a mail's public addresses stand on."""
        put = self._with_body(tracked_pk(tracked.token), TRACKED, tracked, tracked.kept_until)
        self._beside(tracked.tenant, tracked.mail_id, put)

    def tracked_mail(self, token: MailToken) -> TrackedMail | None:
        """What a mail's public addresses stand on."""
        body = self._body(tracked_pk(token), TRACKED)
        return from_text(TrackedMail, body) if body else None

    def count_sight(self, token: MailToken, day: date, most: int) -> bool:
        """Count a request for a public address of a mail; what comes beyond costs no write for long."""
        known = (token, day)
        if known in self._crowded:
            return False
        ends = datetime.combine(day, time(), UTC) + _COUNTED_FOR
        try:
            self._dynamo.patiently(
                self._dynamo.client.update_item,
                TableName=self._tables.mail,
                Key=key_of(tracked_pk(token), f"{COUNT}{day.isoformat()}"),
                UpdateExpression="SET v = if_not_exists(v, :v), expires_at = :e ADD sights :one",
                ConditionExpression="attribute_not_exists(sights) OR sights < :most",
                ExpressionAttributeValues={
                    ":v": {"N": str(FORMAT)},
                    ":e": {"N": str(int(ends.timestamp()))},
                    ":one": {"N": "1"},
                    ":most": {"N": str(most)},
                },
            )
        except ClientError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            if len(self._crowded) >= _MOST_CROWDED:
                self._crowded.clear()
            self._crowded.add(known)
            return False
        return True

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
