"""Companies that visited, what people said of them, and how the databases stand."""

from dataclasses import replace
from datetime import datetime

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import Access, put_if_version, put_once_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.company_rows import (
    DATABASES,
    VISITS,
    body_of,
    company_of,
    company_pk,
    corrections_pk,
    hidden_pks,
    index_keys,
    shown_pks,
)
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import Tables, moment
from funnel.adapters.dynamodb.vision_models import VisionRow
from funnel.domain.companies.companies import CompanyKey, Correction
from funnel.domain.companies.company_databases import CompanyDatabases
from funnel.domain.companies.company_visits import Company
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.ports.listing import Listing


class DynamoCompanies(Access):
    """`CompanyStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._companies: type[VisionRow] = bound(VisionRow, tables.vision, dynamo.client)

    def company(
        self, tenant: TenantId, key: CompanyKey
    ) -> tuple[Company | None, Correction | None]:
        """A company, and what was said of it."""
        places = (company_pk(tenant, key), VISITS), (corrections_pk(tenant), str(key))
        found = {
            item["sk"]["S"]: item for item in self._dynamo.batch_get(self._tables.vision, places)
        }
        company, said = found.get(VISITS), found.get(key)
        return _company(company) if company else None, _correction(said) if said else None

    def save_company(self, company: Company, expires_at: datetime) -> Company:
        """Write it if its version still stands."""
        after = replace(company, version=company.version + 1)
        body, visits = body_of(after)
        row = self._companies(
            company_pk(company.tenant, company.key),
            VISITS,
            body=body,
            visits=visits,
            **index_keys(after),
        )
        row.expires_at = int(expires_at.timestamp())
        row.version = after.version
        table = self._tables.vision
        if not put_once_if_version(self._dynamo, table, row.serialize(), company.version):
            raise Conflict("Somebody else changed this company meanwhile.")
        return after

    def companies_seen(
        self, tenant: TenantId, since: datetime, limit: int
    ) -> tuple[list[Company], bool]:
        """Those that are shown, the last one seen first."""
        return self._first("seen", shown_pks(tenant), limit, since=moment(since))

    def companies_by_visits(self, tenant: TenantId, limit: int) -> tuple[list[Company], bool]:
        """Those that are shown, by visits."""
        return self._first("hot", shown_pks(tenant), limit)

    def networks_by_visits(self, tenant: TenantId, limit: int) -> tuple[list[Company], bool]:
        """Those that are not shown, by visits."""
        return self._first("hot", hidden_pks(tenant), limit)

    def _first(
        self, index: str, pks: list[str], limit: int, since: str = ""
    ) -> tuple[list[Company], bool]:
        """From the end of each partition, put in one order."""
        parts = self._dynamo.each(lambda pk: self._end_of(index, pk, limit + 1, since), pks)
        name = f"{index}_sk"
        items = sorted(
            (item for part in parts for item in part), key=lambda one: one[name]["S"], reverse=True
        )
        return [_company(item) for item in items[:limit]], len(items) > limit

    def _end_of(self, index: str, pk: str, limit: int, since: str) -> list[Item]:
        condition, values = f"{index}_pk = :p", {":p": {"S": pk}}
        if since:
            condition, values = f"{condition} AND {index}_sk >= :s", {**values, ":s": {"S": since}}
        return self._dynamo.query(
            self._tables.vision,
            limit,
            IndexName=index,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=False,
        )

    def save_correction(self, correction: Correction) -> Correction:
        """Write it if its version still stands."""
        after = replace(correction, version=correction.version + 1)
        row = self._companies(
            corrections_pk(correction.tenant), str(correction.key), body=to_text(after)
        )
        row.version = after.version
        table = self._tables.vision
        if not put_if_version(self._dynamo, table, row.serialize(), correction.version):
            raise Conflict("Somebody else changed this company meanwhile.", mend="Try again.")
        return after

    def corrections(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Correction]:
        """What was said of networks, by key."""
        pks = [corrections_pk(tenant)]
        return self._listings.merged(
            self._tables.vision, "", pks, _correction, limit, cursor=cursor
        )

    def company_databases(self) -> CompanyDatabases | None:
        """How the databases stood."""
        try:
            row = self._dynamo.patiently(lambda: self._companies.get(*DATABASES))
        except DoesNotExist:
            return None
        return from_text(CompanyDatabases, row.body or "")

    def save_company_databases(self, databases: CompanyDatabases) -> None:
        """Keep how they stand."""
        row = self._companies(*DATABASES, body=to_text(databases))
        self._dynamo.patiently(row.save)


def _company(item: Item) -> Company:
    return company_of(item["body"]["S"], item["visits"]["S"], int(item["version"]["N"]))


def _correction(item: Item) -> Correction:
    return replace(from_text(Correction, item["body"]["S"]), version=int(item["version"]["N"]))
