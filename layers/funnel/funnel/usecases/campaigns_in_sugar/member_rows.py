"""Write down what became of a campaign's people in Sugar: their rows, and the error report."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, SugarMember, member_error
from funnel.domain.ids import PersonId, RecordKey
from funnel.domain.sync.records import Unit
from funnel.usecases.app import App


class MemberRows:
    """The rows of one campaign, called `name`. `moved` counts how many more are on the list."""

    def __init__(self, app: App, one: CampaignInSugar, name: str) -> None:
        self._app = app
        self._one = one
        self._name = name
        self.moved = 0

    def save(self, changes: Sequence[tuple[SugarMember, SugarMember]]) -> list[SugarMember | None]:
        """From each as it was to as it is: as they are stored now.

        None for one that others changed meanwhile: it is due, and looked at again.
        """
        if not changes:
            return []
        todo = [(before, after) for before, after in changes if after != before]
        done = self._app.campaigns_in_sugar.save_sugar_members(
            self._one.tenant, [after for _, after in todo]
        )
        stored: dict[PersonId, SugarMember | None] = {}
        for (before, after), written in zip(todo, done, strict=True):
            stored[after.person_id] = replace(after, version=after.version + 1) if written else None
            if written:
                self.moved += (after.on_list is not None) - (before.on_list is not None)
        return [stored.get(after.person_id, after) for _, after in changes]

    def forget(self, row: SugarMember) -> None:
        """Nothing is to be known of it any more."""
        self.close([row])
        if row.version:
            self._app.campaigns_in_sugar.forget_sugar_member(row)
            self.moved -= row.on_list is not None

    def fail(self, row: SugarMember, name: str, record: RecordKey) -> None:
        """In the error report, and not tried again before the night or somebody asks for it."""
        now = self._app.clock.now()
        before = self._app.records.errors_of(row.tenant, record)
        error = member_error(row, record, name, self._name, before, now)
        if row.failed != record:
            self.close([row])
        self._app.records.commit(row.tenant, [Unit(errors=[error])])
        self.save([(row, replace(row, due_at=None, failed=record))])

    def close(self, rows: Iterable[SugarMember]) -> None:
        """What they were in the error report for is over."""
        for row in rows:
            if row.failed is not None:
                closed = [(row.failed, row.error_id)]
                self._app.records.commit(row.tenant, [Unit(closed=closed)])
