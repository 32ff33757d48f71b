"""Tell campaigns what happens to people: who comes onto a list, who leaves one, who sends a form or acts.

Each looks first whether a running campaign asks for it, with one small read.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from funnel.domain.activities import Activity
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.usecases.app import App


def notice_joined(
    app: App, tenant: TenantId, list_id: ListId, people: Iterable[PersonId], *, early: bool = False
) -> None:
    """These people are on the list now. With `early` they are about to be: it is looked at in five minutes.

    Whoever moves people asks early first, and again once the move is written.
    """


def notice_left(
    app: App, tenant: TenantId, list_id: ListId, people: Iterable[PersonId], *, early: bool = False
) -> None:
    """These people are on the list no more. With `early` as `notice_joined`."""


def notice_form(
    app: App, tenant: TenantId, form_id: str, person_id: PersonId, at: datetime, key: str
) -> None:
    """The person sent the form at this moment. `key` is the same when the same form is told of again."""


def notice_activity(
    app: App, tenant: TenantId, person_id: PersonId, activities: Sequence[Activity]
) -> None:
    """The person did something: who waits at a branch for it goes on soon."""
