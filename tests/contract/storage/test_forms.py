"""Forms: by tenant and by id, changed by one at a time; what was sent by them, once, and how often."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from funnel.domain.campaigns.campaigns import OwnerChoice, OwnerRule, SyncPlan, TaskPlan
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import Conflict
from funnel.domain.forms.forms import Form, FormActions, FormField, FormId, Widget
from funnel.domain.forms.submissions import ActionState, FormAction, Outcome, Submission
from funnel.domain.ids import ListId, PersonId, SugarId, TenantId, WrittenModule
from funnel.domain.mapping.fields import FieldType
from funnel.domain.people.erasure import Traces
from funnel.domain.pushing.pushes import Priority, TaskKind
from funnel.domain.tracking.hits import SiteKey
from tests.contract.storage.builders import NOW, UNICODE
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import pages

ADA, BEN = PersonId("ada"), PersonId("ben")


def form(tenant: TenantId, name: str = "Fair") -> Form:
    """A form with something everywhere; its id is unlike any other test's."""
    task = TaskPlan(TaskKind.CALL, UNICODE, 2, time(8, 30), Priority.HIGH)
    owner = OwnerChoice(OwnerRule.ROUND_ROBIN, (SugarId("u1"), SugarId("u2")))
    sync = SyncPlan(WrittenModule.LEADS, owner, "Web", True, task)
    return Form(
        tenant, FormId(f"{tenant}-{name}"), SiteKey("site"), name,
        (
            FormField("email", "Address", Widget.EMAIL, True, kind=FieldType.EMAIL),
            FormField("custom_size", "Größe", Widget.CHOICE, False, "hint", ("S", "M"), "M"),
            FormField("lead_source", "From", Widget.HIDDEN, from_query="utm_source"),
        ),
        NOW, NOW, "Ann", "Title", "Intro", "Send", "Thanks", "https://site.test/thanks",
        FormActions(ListId("l1"), ("u1",), sync, EmailId("e1"), "Europe/Berlin"),
    )  # fmt: skip


def submission(tenant: TenantId, number: int = 1, person: PersonId = ADA) -> Submission:
    """One that was sent, each a minute after the one before."""
    actions = {
        FormAction.FIELDS: Outcome(ActionState.DONE, "Filled: city", NOW),
        FormAction.CAMPAIGNS: Outcome(ActionState.WAITS),
    }
    return Submission(
        tenant, FormId("fair"), f"hit-{number}", NOW + timedelta(minutes=number), person,
        "ada@example.test", {"email": "Ada@example.test", "city": UNICODE}, "https://site.test/",
        NOW + timedelta(minutes=number), actions, "token", NOW, "I agree",
    )  # fmt: skip


def test_a_form_is_found_by_its_tenant_and_by_its_id(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert store.forms(tenant) == []
    first = store.save_form(form(tenant))
    assert first == replace(form(tenant), version=1)
    second = store.save_form(replace(form(tenant, "Zoo"), created_at=NOW + timedelta(hours=1)))
    assert store.forms(tenant) == [first, second]
    assert store.form(first.form_id) == first
    assert (store.forms(other), store.form(FormId("none"))) == ([], None)


def test_a_form_is_changed_and_removed_by_one_at_a_time(store: Store, tenant: TenantId) -> None:
    first = store.save_form(form(tenant))
    with pytest.raises(Conflict):
        store.save_form(form(tenant))
    second = store.save_form(replace(first, name="Other", active=False))
    for late in (store.save_form, store.delete_form):
        with pytest.raises(Conflict):
            late(first)
    assert (store.form(first.form_id), store.forms(tenant)) == (second, [second])
    store.delete_form(second)
    assert (store.form(first.form_id), store.forms(tenant)) == (None, [])


def test_what_was_sent_is_kept_and_counted_once(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    sub, fair = submission(tenant), FormId("fair")
    assert store.submission(tenant, fair, sub.at, sub.hit_id) is None
    assert [store.add_submission(sub) for _ in range(2)] == [True, False]
    kept = store.submission(tenant, fair, sub.at, sub.hit_id)
    assert kept == replace(sub, version=1)
    store.count_view(tenant, fair, NOW.date())
    store.count_view(tenant, fair, NOW.date())
    store.add_submission(submission(tenant, 60 * 24))
    today, later = NOW.date(), NOW.date() + timedelta(days=1)
    assert store.form_counts(tenant, fair, [today, later]) == {
        today: (2, 1), later: (0, 1), None: (2, 2)
    }  # fmt: skip
    assert store.form_counts(tenant, fair) == {None: (2, 2)}
    assert store.form_counts(new_tenant(), fair, [today]) == {}


def test_what_was_sent_is_changed_by_one_at_a_time_and_not_once_it_is_gone(
    store: Store, tenant: TenantId
) -> None:
    sub = submission(tenant)
    store.add_submission(sub)
    first = store.submission(tenant, sub.form_id, sub.at, sub.hit_id)
    assert first is not None
    second = store.save_submission(replace(first, confirmed_at=None))
    assert second.version == 2
    with pytest.raises(Conflict):
        store.save_submission(first)
    store.drop_submission(first)
    store.drop_submission(first)
    assert store.submission(tenant, sub.form_id, sub.at, sub.hit_id) is None
    with pytest.raises(Conflict):
        store.save_submission(second)
    assert store.purge(tenant, Traces((ADA,), (ADA,), (), ()))["forms"] == 0


def test_what_was_sent_is_listed_newest_first(store: Store, tenant: TenantId) -> None:
    for number in (2, 5, 1, 4, 3):
        store.add_submission(submission(tenant, number))
    found = pages(lambda cursor: store.submissions(tenant, FormId("fair"), 2, cursor))
    assert found == [replace(submission(tenant, n), version=1) for n in (5, 4, 3, 2, 1)]
    assert store.submissions(tenant, FormId("other"), 2).items == []


def test_what_a_person_sent_is_erased_with_the_person(store: Store, tenant: TenantId) -> None:
    for number, who in ((1, ADA), (2, BEN), (3, ADA)):
        store.add_submission(submission(tenant, number, who))
    traces = Traces((ADA,), (ADA,), (), ())
    assert [store.purge(tenant, traces)["forms"] for _ in range(2)] == [2, 0]
    left = store.submissions(tenant, FormId("fair"), 9).items
    assert [one.hit_id for one in left] == ["hit-2"]
