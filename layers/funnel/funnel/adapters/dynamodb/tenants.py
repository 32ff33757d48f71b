"""Tenants, one-use links, attempts to sign in and sessions."""

from datetime import datetime

from pynamodb.exceptions import DoesNotExist, UpdateError

from funnel.adapters.dynamodb.access import Access, put_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.models import TenantRow, bound, format_kept
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo, code_of, key_of
from funnel.adapters.dynamodb.tables import Tables
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Session, SignInAttempt, SignInLink, Tenant

TENANT, SESSIONS, LINK, ATTEMPT, SESSION = "tenant", "sessions", "link", "attempt", "session"


class DynamoTenants(Access):
    """`TenantStore` in DynamoDB.

    A session is good while the count it began under is still the tenant's: ending all is one write.
    """

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._tenant_rows: type[TenantRow] = bound(TenantRow, tables.tenants, dynamo.client)

    def create_tenant(self, tenant: Tenant) -> None:
        """Keep a tenant. Raises `Conflict` if the id is taken."""
        row = self._tenant_rows(tenant.tenant, TENANT, body=to_text(tenant), version=1)
        if not put_if_version(self._dynamo, self._tables.tenants, row.serialize(), 0):
            raise Conflict(f"There is a tenant {tenant.tenant} already.")

    def tenant(self, tenant: TenantId) -> Tenant | None:
        """One tenant."""
        row = self._get(tenant, TENANT)
        return _with_version(from_text(Tenant, row.body), row) if row else None

    def put_link(self, link: SignInLink) -> None:
        """Keep a one-use link until it expires."""
        row = self._tenant_rows(
            f"link#{link.token_hash}",
            LINK,
            body=to_text(link),
            expires_at=_seconds(link.expires_at),
        )
        self._dynamo.patiently(row.save)

    def use_link(self, token_hash: str, now: datetime) -> SignInLink | None:
        """Take the link away; None if there is none, or it was used, or has expired."""
        row = self._get(f"link#{token_hash}", LINK)
        if row is None:
            return None
        take = {
            "TableName": self._tables.tenants,
            "Key": key_of(row.pk, row.sk),
            "ConditionExpression": "attribute_exists(pk)",
        }
        # A transaction: a plain delete whose answer was lost finds the link gone, and lets nobody in.
        if self._dynamo.transact([{"Delete": take}]):
            return None
        link = from_text(SignInLink, row.body)
        return link if link.expires_at > now else None

    def put_attempt(self, attempt: SignInAttempt) -> None:
        """Keep an attempt until it expires."""
        row = self._tenant_rows(
            f"attempt#{attempt.token_hash}",
            ATTEMPT,
            body=to_text(attempt),
            expires_at=_seconds(attempt.expires_at),
        )
        self._dynamo.patiently(row.save)

    def attempt(self, token_hash: str, now: datetime) -> SignInAttempt | None:
        """An attempt that has not expired and that nobody took."""
        row = self._get(f"attempt#{token_hash}", ATTEMPT)
        if row is None or row.taken_by:
            return None
        attempt = from_text(SignInAttempt, row.body)
        return attempt if attempt.expires_at > now else None

    def take_attempt(self, token_hash: str, by: str, now: datetime) -> bool:
        """Take it for `by`, again too; False if another did, or there is none at `now`."""
        rows = self._tenant_rows
        row = rows(f"attempt#{token_hash}", ATTEMPT)
        free = rows.taken_by.does_not_exist() | (rows.taken_by == by)
        there = rows.pk.exists() & (rows.expires_at > _seconds(now))
        try:
            self._dynamo.patiently(lambda: row.update([rows.taken_by.set(by)], there & free))
        except UpdateError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            return False
        return True

    def put_session(self, session: Session) -> None:
        """Keep a session until it expires."""
        row = self._tenant_rows(
            f"session#{session.token_hash}",
            SESSION,
            body=to_text(session),
            turn=self._turn(session.tenant),
            expires_at=_seconds(session.expires_at),
        )
        self._dynamo.patiently(row.save)

    def session(self, token_hash: str, now: datetime) -> Session | None:
        """A session that has not expired, nor been ended with the others of its tenant."""
        row = self._get(f"session#{token_hash}", SESSION)
        if row is None:
            return None
        session = from_text(Session, row.body)
        good = session.expires_at > now and self._turn(session.tenant) == row.turn
        return session if good else None

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        self._dynamo.patiently(self._tenant_rows(f"session#{token_hash}", SESSION).delete)

    def end_sessions(self, tenant: TenantId) -> None:
        """Forget all sessions of a tenant that began before now."""
        row = self._tenant_rows(tenant, SESSIONS)
        self._dynamo.patiently(
            lambda: row.update([self._tenant_rows.turn.add(1), format_kept(self._tenant_rows)])
        )

    def _turn(self, tenant: TenantId) -> int:
        row = self._get(tenant, SESSIONS)
        return int(row.turn) if row else 0

    def _get(self, pk: str, sk: str) -> TenantRow | None:
        try:
            return self._dynamo.patiently(
                lambda: self._tenant_rows.get(pk, sk, consistent_read=True)
            )
        except DoesNotExist:
            return None


def _with_version(tenant: Tenant, row: TenantRow) -> Tenant:
    return Tenant(tenant.tenant, tenant.name, tenant.created_at, int(row.version))


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
