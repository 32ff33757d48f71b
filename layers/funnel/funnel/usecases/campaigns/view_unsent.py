"""Who came by a step that sends a mail and got none, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.campaigns.campaigns import CampaignId, StepId
from funnel.domain.campaigns.enrolments import PARTS, Enrolment, EnrolmentId, What
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App
from funnel.usecases.campaigns.keep_campaigns import campaign_of
from funnel.usecases.campaigns.view_walks import names_of_walks, with_mails

_READS = 20
"""At most so often for one page: of many walks only few may have been passed over."""


@dataclass(frozen=True, slots=True)
class UnsentRow:
    """Somebody who got no mail of a step: when it would have, and why it did not."""

    enrolment_id: EnrolmentId
    person_id: PersonId
    name: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class UnsentPage:
    """A page of them; `cursor` is where the search goes on, "" at the end. A page may be short, or empty."""

    items: tuple[UnsentRow, ...]
    cursor: str


def unsent_at(
    app: App,
    tenant: TenantId,
    campaign_id: CampaignId,
    step: StepId,
    cursor: str = "",
    limit: int = 100,
) -> UnsentPage:
    """Those whose mail of this step was not asked for, or was and did not go out. Raises `NotFound`.

    Looks through the walks of the campaign; of one that came by more than once the last time counts.
    Of the erased nothing is said.
    """
    campaign_of(app, tenant, campaign_id)
    part, at = _begins(cursor)
    found: list[UnsentRow] = []
    for _ in range(_READS):
        wanted = limit - len(found)
        listing = app.campaigns.list_enrolments(tenant, campaign_id, part, wanted, at)
        found.extend(_unsent(app, tenant, listing.items, step))
        part, at = (part, listing.cursor) if listing.cursor else (part + 1, "")
        if part == PARTS:
            return UnsentPage(tuple(found), "")
        if len(found) >= limit:
            break
    return UnsentPage(tuple(found), f"{part}:{at}")


def _unsent(
    app: App, tenant: TenantId, walks: Sequence[Enrolment], step: StepId
) -> Iterator[UnsentRow]:
    trails = {one.enrolment_id: [d for d in one.trail if d.step == step] for one in walks}
    told = iter(with_mails(app, tenant, [line for lines in trails.values() for line in lines]))
    came_by = {one.enrolment_id: [next(told) for _ in trails[one.enrolment_id]] for one in walks}
    passed = [
        (one, line)
        for one in walks
        for line in [d for d in came_by[one.enrolment_id] if d.what is What.NOT_SENT][-1:]
        if one.person_id
    ]
    names = names_of_walks(app, tenant, [one for one, _ in passed])
    for one, line in passed:
        name = names.get(one.person_id, "")
        yield UnsentRow(one.enrolment_id, one.person_id, name, line.at, line.note)


def _begins(cursor: str) -> tuple[int, str]:
    number, _, at = cursor.partition(":")
    if not cursor:
        return 0, ""
    if not (number.isascii() and number.isdigit() and int(number) < PARTS):
        raise InputInvalid("This is no place in the list.", field="cursor")
    return int(number), at
