"""Read the tallies that make up people: their own, and those of all who belong to them."""

from collections.abc import Sequence

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.tallies import Tally
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.app import App


def read_families(
    app: App, tenant: TenantId, people: Sequence[PersonId]
) -> dict[PersonId, dict[SubjectId, Tally]]:
    """The tallies of those who did anything, themselves or by others; read level by level."""
    found: dict[PersonId, dict[SubjectId, Tally]] = {i: {} for i in people}
    todo = {i: {SubjectId(i)} for i in people}
    while wanted := set().union(*todo.values()):
        tallies = app.activities.tallies(tenant, sorted(wanted))
        for i, subjects in todo.items():
            some = {s: tallies[s] for s in subjects if tallies[s].version}
            found[i] |= some
            todo[i] = {s for one in some.values() for s in one.subjects} - set(found[i])
    return {i: some for i, some in found.items() if some}
