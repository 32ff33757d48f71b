"""Where forms are kept, what was sent by them, and how often.

What `ports/store.py` says of all stores holds here too.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from funnel.domain.forms.forms import Form, FormId
from funnel.domain.forms.submissions import Submission
from funnel.domain.ids import TenantId
from funnel.ports.listing import Listing


class FormStore(Protocol):
    """Forms and submissions."""

    def forms(self, tenant: TenantId) -> list[Form]:
        """All forms of a tenant, the oldest first; consistent."""

    def form(self, form_id: FormId) -> Form | None:
        """The form with this id, whosever it is; consistent."""

    def save_form(self, form: Form) -> Form:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def delete_form(self, form: Form) -> None:
        """Remove it if its version still stands; what was sent stays. Raises `Conflict`."""

    def count_view(self, tenant: TenantId, form_id: FormId, day: date) -> None:
        """Count that somebody saw it. Counts of days are kept for 400 days, those of all time for good."""

    def form_counts(
        self, tenant: TenantId, form_id: FormId, days: Iterable[date] = ()
    ) -> dict[date | None, tuple[int, int]]:
        """How often it was seen and sent on these days and, by None, in all; what is nothing is absent."""

    def add_submission(self, sub: Submission) -> bool:
        """Keep it and count it, in one step; False where it is there already, and nothing changes."""

    def submission(
        self, tenant: TenantId, form_id: FormId, at: datetime, hit_id: str
    ) -> Submission | None:
        """What was sent then under this id; consistent."""

    def save_submission(self, sub: Submission) -> Submission:
        """Write it if its version still stands; the stored one.

        Raises `Conflict`, also where it was removed.
        """

    def drop_submission(self, sub: Submission) -> None:
        """Remove it, of whichever version, from where it is found by its person, too."""

    def submissions(
        self, tenant: TenantId, form_id: FormId, limit: int, cursor: str = ""
    ) -> Listing[Submission]:
        """What was sent by a form, newest first."""
