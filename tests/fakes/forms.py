"""Forms and submissions in memory."""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from funnel.domain.errors import Conflict
from funnel.domain.forms.forms import Form, FormId
from funnel.domain.forms.submissions import Submission
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing

Day = date | None


class MemoryForms:
    """`FormStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._forms_lock = threading.RLock()
        self._forms: dict[FormId, Form] = {}
        self._sent_forms: dict[tuple[TenantId, FormId], dict[str, Submission]] = {}
        self._views: Counter[tuple[TenantId, FormId, Day]] = Counter()
        self._sent_counts: Counter[tuple[TenantId, FormId, Day]] = Counter()

    def forms(self, tenant: TenantId) -> list[Form]:
        """All forms of a tenant, the oldest first."""
        with self._forms_lock:
            found = [one for one in self._forms.values() if one.tenant == tenant]
        return sorted(found, key=lambda one: (one.created_at, one.form_id))

    def form(self, form_id: FormId) -> Form | None:
        """The form with this id."""
        return self._forms.get(form_id)

    def save_form(self, form: Form) -> Form:
        """Write it if its version still stands."""
        with self._forms_lock:
            self._check(self._forms.get(form.form_id), form.version)
            after = replace(form, version=form.version + 1)
            self._forms[form.form_id] = after
            return after

    def delete_form(self, form: Form) -> None:
        """Remove it if its version still stands."""
        with self._forms_lock:
            self._check(self._forms.get(form.form_id), form.version)
            self._forms.pop(form.form_id, None)

    def count_view(self, tenant: TenantId, form_id: FormId, day: date) -> None:
        """Count that somebody saw it."""
        with self._forms_lock:
            self._views.update([(tenant, form_id, day), (tenant, form_id, None)])

    def form_counts(
        self, tenant: TenantId, form_id: FormId, days: Iterable[date] = ()
    ) -> dict[date | None, tuple[int, int]]:
        """How often it was seen and sent."""
        with self._forms_lock:
            places = {day: (tenant, form_id, day) for day in (*days, None)}
            counts = {d: (self._views[at], self._sent_counts[at]) for d, at in places.items()}
        return {day: found for day, found in counts.items() if any(found)}

    def add_submission(self, sub: Submission) -> bool:
        """Keep it and count it."""
        with self._forms_lock:
            of_form = self._sent_forms.setdefault((sub.tenant, sub.form_id), {})
            if _place(sub) in of_form:
                return False
            of_form[_place(sub)] = replace(sub, version=1)
            at = (sub.tenant, sub.form_id)
            self._sent_counts.update([(*at, sub.taken_at.date()), (*at, None)])
            return True

    def submission(
        self, tenant: TenantId, form_id: FormId, at: datetime, hit_id: str
    ) -> Submission | None:
        """What was sent then under this id."""
        of_form = self._sent_forms.get((tenant, form_id), {})
        return of_form.get(f"{at.isoformat(timespec='microseconds')}#{hit_id}")

    def save_submission(self, sub: Submission) -> Submission:
        """Write it if its version still stands."""
        with self._forms_lock:
            of_form = self._sent_forms.setdefault((sub.tenant, sub.form_id), {})
            self._check(of_form.get(_place(sub)), sub.version)
            of_form[_place(sub)] = after = replace(sub, version=sub.version + 1)
            return after

    def drop_submission(self, sub: Submission) -> None:
        """Remove it."""
        with self._forms_lock:
            self._sent_forms.get((sub.tenant, sub.form_id), {}).pop(_place(sub), None)

    def submissions(
        self, tenant: TenantId, form_id: FormId, limit: int, cursor: str = ""
    ) -> Listing[Submission]:
        """What was sent by a form, newest first."""
        with self._forms_lock:
            of_form = self._sent_forms.get((tenant, form_id), {})
            places = sorted((p for p in of_form if not cursor or p < cursor), reverse=True)
            last = places[limit - 1] if len(places) > limit else ""
            return Listing([of_form[place] for place in places[:limit]], last)

    def _purge_forms(self, tenant: TenantId, people: Iterable[PersonId]) -> int:
        gone = [
            sub
            for (whose, _), of_form in self._sent_forms.items()
            for sub in of_form.values()
            if whose == tenant and sub.person_id in people
        ]
        for sub in gone:
            self.drop_submission(sub)
        return len(gone)

    def _check(self, stored: Form | Submission | None, version: int) -> None:
        if (stored.version if stored else 0) != version:
            raise Conflict("Somebody else changed this meanwhile.")


def _place(sub: Submission) -> str:
    return f"{sub.at.isoformat(timespec='microseconds')}#{sub.hit_id}"
