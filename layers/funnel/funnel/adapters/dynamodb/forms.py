"""Forms by tenant and by id, what was sent by them, and how often."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from funnel.adapters.dynamodb import form_rows as rows
from funnel.adapters.dynamodb.access import Access, if_version
from funnel.adapters.dynamodb.requests import Item, can_be, key_of
from funnel.domain.errors import Conflict
from funnel.domain.forms.forms import Form, FormId
from funnel.domain.forms.submissions import Submission
from funnel.domain.ids import TenantId
from funnel.ports.listing import Listing


class DynamoForms(Access):
    """`FormStore` in DynamoDB."""

    def forms(self, tenant: TenantId) -> list[Form]:
        """All forms of a tenant, the oldest first."""
        items = self._dynamo.query_all(
            self._tables.marketing,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={":p": {"S": tenant}, ":s": {"S": f"{rows.FORM}#"}},
        )
        return sorted(map(rows.form_of, items), key=lambda one: (one.created_at, one.form_id))

    def form(self, form_id: FormId) -> Form | None:
        """The form with this id."""
        item = self._form_row(f"{rows.FORM}#{form_id}", rows.FORM)
        return rows.form_of(item) if item else None

    def save_form(self, form: Form) -> Form:
        """Write it if its version still stands."""
        after = replace(form, version=form.version + 1)
        puts = [
            {
                "Put": {
                    "Item": rows.form_item(after, key),
                    **if_version(self._tables.marketing, form.version),
                }
            }
            for key in rows.form_keys(form)
        ]
        self._all_or_conflict(puts)
        return after

    def delete_form(self, form: Form) -> None:
        """Remove it if its version still stands."""
        self._all_or_conflict(
            [
                {
                    "Delete": {
                        "Key": key_of(*key),
                        **if_version(self._tables.marketing, form.version),
                    }
                }
                for key in rows.form_keys(form)
            ]
        )

    def count_view(self, tenant: TenantId, form_id: FormId, day: date) -> None:
        """Count that somebody saw it."""
        for which in (day, None):
            update = rows.count_update(self._tables.marketing, tenant, form_id, which, "seen")
            self._dynamo.patiently(self._dynamo.client.update_item, **update)

    def form_counts(
        self, tenant: TenantId, form_id: FormId, days: Iterable[date] = ()
    ) -> dict[date | None, tuple[int, int]]:
        """How often it was seen and sent."""
        keys = [rows.count_key(tenant, form_id, day) for day in (*days, None)]
        items = self._dynamo.batch_get(self._tables.marketing, keys)
        return {rows.day_of(item): rows.counted(item) for item in items}

    def add_submission(self, sub: Submission) -> bool:
        """Keep it and count it, in one step."""
        table = self._tables.marketing
        first = replace(sub, version=1)
        day = sub.taken_at.date()
        lost = self._dynamo.transact(
            [
                {"Put": {"Item": rows.sent_item(first), **if_version(table, 0)}},
                {"Put": {"TableName": table, "Item": rows.person_item(first)}},
                *(
                    {"Update": rows.count_update(table, sub.tenant, sub.form_id, which, "hits")}
                    for which in (day, None)
                ),
            ]
        )
        return not lost

    def submission(
        self, tenant: TenantId, form_id: FormId, at: datetime, hit_id: str
    ) -> Submission | None:
        """What was sent then under this id."""
        item = self._form_row(*rows.sent_key(tenant, form_id, at, hit_id))
        return rows.sent_of(item) if item else None

    def save_submission(self, sub: Submission) -> Submission:
        """Write it if its version still stands."""
        table, after = self._tables.marketing, replace(sub, version=sub.version + 1)
        self._all_or_conflict(
            [{"Put": {"Item": rows.sent_item(after), **if_version(table, sub.version)}}]
        )
        return after

    def drop_submission(self, sub: Submission) -> None:
        """Remove it."""
        keys = [rows.key_of_sent(sub), rows.person_key(sub)]
        self._dynamo.batch_delete(self._tables.marketing, keys)

    def submissions(
        self, tenant: TenantId, form_id: FormId, limit: int, cursor: str = ""
    ) -> Listing[Submission]:
        """What was sent by a form, newest first."""
        pk = rows.sent_pk(tenant, form_id)
        return self._listings.newest(self._tables.marketing, pk, rows.sent_of, limit, cursor)

    def _form_row(self, pk: str, sk: str) -> Item | None:
        if not can_be(pk, sk):
            return None
        reply = self._dynamo.patiently(
            self._dynamo.client.get_item,
            TableName=self._tables.marketing,
            Key=key_of(pk, sk),
            ConsistentRead=True,
        )
        found: Item | None = reply.get("Item")
        return found

    def _all_or_conflict(self, actions: list[dict[str, Any]]) -> None:
        if self._dynamo.transact(actions):
            raise Conflict("Somebody else changed this meanwhile.", mend="Look at it again.")
