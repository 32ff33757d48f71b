"""Activities, tallies and scores."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from funnel.adapters.dynamodb import activity_rows as rows
from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.rows import PERSON
from funnel.adapters.dynamodb.scoring_writes import ScoringWriter
from funnel.adapters.dynamodb.tables import (
    DUE_PARTS,
    SHARDS,
    Tables,
    from_cursor,
    moment,
    person_pk,
    to_cursor,
)
from funnel.domain.errors import StoreBusy, WasErased
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.tallies import NOBODY, ChangeOutcome, ScoreChange, Tally, family, moved
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.ports.activities import DueScore
from funnel.ports.store import Listing

_TRIES = 12


class DynamoActivities(Access):
    """`ActivityStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._scoring_writer = ScoringWriter(dynamo, tables)

    def write(self, tenant: TenantId, changes: Sequence[ScoreChange]) -> list[ChangeOutcome]:
        """Write changes, each whole or not at all."""
        return self._scoring_writer.write(tenant, changes)

    def activity(
        self, tenant: TenantId, subject: SubjectId, activity_id: str, at: datetime
    ) -> Activity | None:
        """One activity."""
        place = (rows.subject_pk(tenant, subject), rows.activity_sk(activity_id, at))
        found = self._dynamo.batch_get(self._tables.activities, [place])
        return rows.activity_of(tenant, found[0]) if found else None

    def written(
        self,
        tenant: TenantId,
        subjects: Iterable[SubjectId],
        moments: Iterable[tuple[str, datetime]],
    ) -> set[tuple[str, datetime]]:
        """Which activities are here under any of these subjects."""
        by_key = {rows.activity_sk(*one): one for one in moments}
        places = [(rows.subject_pk(tenant, s), sk) for s in set(subjects) for sk in by_key]
        found = self._dynamo.batch_get(self._tables.activities, places)
        return {by_key[item["sk"]["S"]] for item in found}

    def list_activities(
        self, tenant: TenantId, subject: SubjectId, limit: int, cursor: str = ""
    ) -> Listing[Activity]:
        """A page of what a subject did, newest first."""
        first = f"{rows.ACTIVITY}#"
        last = first + "~"
        high = min(from_cursor(cursor) or last, last)
        if high < first:
            # Not one of our places: DynamoDB takes no span that ends before it begins.
            return Listing([])
        found = self._dynamo.query(
            self._tables.activities,
            limit + 2,
            KeyConditionExpression="pk = :p AND sk BETWEEN :low AND :high",
            ExpressionAttributeValues={
                ":p": {"S": rows.subject_pk(tenant, subject)},
                ":low": {"S": first},
                ":high": {"S": high},
            },
            ScanIndexForward=False,
            ConsistentRead=True,
        )
        # BETWEEN gives the row at the cursor once more.
        found = [item for item in found if to_cursor(item["sk"]["S"]) != cursor]
        more = len(found) > limit
        page = [rows.activity_of(tenant, item) for item in found[:limit]]
        return Listing(page, to_cursor(found[limit - 1]["sk"]["S"]) if more else "")

    def newest_activities(
        self, tenant: TenantId, subjects: Iterable[SubjectId], limit: int
    ) -> dict[SubjectId, Listing[Activity]]:
        """The first page of each of these."""
        wanted = list(dict.fromkeys(subjects))
        pages = self._dynamo.each(lambda one: self.list_activities(tenant, one, limit), wanted)
        return dict(zip(wanted, pages, strict=True))

    def tallies(self, tenant: TenantId, subjects: Iterable[SubjectId]) -> dict[SubjectId, Tally]:
        """The tallies of these."""
        wanted = list(dict.fromkeys(subjects))
        places = [rows.tally_place(tenant, one) for one in wanted]
        items = self._dynamo.batch_get(self._tables.activities, places)
        return rows.tallies_in(tenant, items, wanted)

    def scores(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Score]:
        """The scores of these people."""
        places = [rows.score_place(tenant, one) for one in dict.fromkeys(people)]
        return rows.scores_in(tenant, self._dynamo.batch_get(self._tables.scores, places))

    def subjects(self, tenant: TenantId, person_id: PersonId) -> list[SubjectId]:
        """All whose activities are this person's."""
        read = partial(self.tallies, tenant)
        root = SubjectId(person_id)
        return list(family(read, read([root])[root]))

    def attach(self, tenant: TenantId, person_id: PersonId, subject: SubjectId) -> PersonId:
        """Have a subject belong to this person."""
        for _ in range(_TRIES):
            change, before = moved(partial(self.tallies, tenant), subject, person_id)
            if change is None or self.write(tenant, [change])[0].written:
                return before
            if self._is_erased(tenant, person_id):
                raise WasErased("The person was erased on request.")
        raise StoreBusy("Others keep changing whose this is.")

    def _is_erased(self, tenant: TenantId, person_id: PersonId) -> bool:
        place = (person_pk(tenant, person_id), PERSON)
        found = self._dynamo.batch_get(self._tables.people, [place]) if person_id else []
        return any("erased" in item for item in found)

    def detach(self, tenant: TenantId, subject: SubjectId) -> PersonId:
        """Have a subject belong to nobody."""
        return self.attach(tenant, NOBODY, subject)

    def scored_people(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[PersonId]:
        """Everybody who has a tally."""
        return self._listings.merged(
            self._tables.activities,
            "",
            [rows.scored_pk(tenant, part) for part in range(SHARDS)],
            _person_of,
            limit,
            cursor=cursor,
        )

    def count_scored(self, tenant: TenantId) -> int:
        """How many these are."""
        return sum(self._dynamo.each(partial(self._count_part, tenant), list(range(SHARDS))))

    def _count_part(self, tenant: TenantId, part: int) -> int:
        return self._dynamo.count(
            self._tables.activities,
            KeyConditionExpression="pk = :p",
            ExpressionAttributeValues={":p": {"S": rows.scored_pk(tenant, part)}},
        )

    def due_scores(self, until: datetime, limit: int, cursor: str = "") -> Listing[DueScore]:
        """The scores that time alone has changed."""
        return self._listings.merged(
            self._tables.scores,
            "due",
            [rows.due_pk(part) for part in range(DUE_PARTS)],
            rows.due_score_of,
            limit,
            cursor=cursor,
            all_tenants=True,
            until=moment(until) + "~",
        )


def _person_of(item: Item) -> PersonId:
    return PersonId(item["sk"]["S"])
