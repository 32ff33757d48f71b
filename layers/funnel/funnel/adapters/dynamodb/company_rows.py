"""How a company and its visits are spelled: rows that are written often, and so kept short."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.tables import moment, shard
from funnel.domain.companies.companies import CompanyKey
from funnel.domain.companies.company_visits import Company, CompanyVisit
from funnel.domain.ids import TenantId
from funnel.domain.tracking.activities import SubjectId

VISITS, CORRECTIONS = "visits", "corrections"
DATABASES = ("companies", "databases")
COMPANY_SHARDS = 4
"""Partitions that the companies of a tenant are spread over in the indexes."""


def company_pk(tenant: TenantId, key: CompanyKey) -> str:
    """The partition of one company."""
    return f"{tenant}#company#{key}"


def corrections_pk(tenant: TenantId) -> str:
    """The partition of what people of a tenant said of networks; there are few."""
    return f"{tenant}#{CORRECTIONS}"


def shown_pks(tenant: TenantId) -> list[str]:
    """In the indexes, the partitions of those that are shown."""
    return [f"{tenant}#companies#{number}" for number in range(COMPANY_SHARDS)]


def hidden_pks(tenant: TenantId) -> list[str]:
    """In the index `hot`, the partitions of those that are not."""
    return [f"{tenant}#networks#{number}" for number in range(COMPANY_SHARDS)]


def index_keys(company: Company) -> dict[str, Any]:
    """Where it stands in the indexes; nowhere without a visit."""
    seen_at = company.seen_at
    if seen_at is None:
        return {}
    number = shard(company.key) % COMPANY_SHARDS
    pks = shown_pks(company.tenant) if company.is_shown else hidden_pks(company.tenant)
    by_visits: dict[str, Any] = {
        "hot_pk": pks[number],
        "hot_sk": f"{len(company.anonymous):010d}#{company.key}",
    }
    if not company.is_shown:
        return by_visits
    return {**by_visits, "seen_pk": pks[number], "seen_sk": f"{moment(seen_at)}#{company.key}"}


def body_of(company: Company) -> tuple[str, str]:
    """The company, and its visits: each a list, its pages as places in one list of titles."""
    titles = list(dict.fromkeys(page for one in company.visits for page in one.pages))
    place = {page: at for at, page in enumerate(titles)}
    visits = [
        [
            one.visit_id, one.subject, _minutes(one.since),
            round((one.until - one.since).total_seconds() / 60),
            [place[page] for page in one.pages], one.source, one.via, int(one.known),
        ]
        for one in company.visits
    ]  # fmt: skip
    return to_text(replace(company, visits=())), to_text({"pages": titles, "visits": visits})


def company_of(body: str, visits: str, version: int) -> Company:
    """What `body_of` wrote."""
    found = from_text(Company, body)
    return replace(found, visits=tuple(_visits(json.loads(visits))), version=version)


def _visits(kept: dict[str, Any]) -> Iterable[CompanyVisit]:
    titles = kept["pages"]
    for visit_id, subject, since, minutes, pages, source, via, known in kept["visits"]:
        began = datetime.fromtimestamp(since * 60, UTC)
        yield CompanyVisit(
            visit_id, SubjectId(subject), began, began + timedelta(minutes=minutes),
            tuple(titles[at] for at in pages), source, via, bool(known),
        )  # fmt: skip


def _minutes(at: datetime) -> int:
    return int(at.timestamp()) // 60
