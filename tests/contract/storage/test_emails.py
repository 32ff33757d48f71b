"""Emails that marketers wrote: by tenant, whole and as a list, changed by one at a time."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store


def email(tenant: TenantId, name: str = "Offer") -> Email:
    """An email with something everywhere."""
    return Email(
        tenant, EmailId(f"id-{name}"), name, "Hi {{first_name|you}}", "<p>Head</p>",
        "<p>Öl & Gas {{company}}</p>", "<p>Foot</p>", True, NOW, NOW, "Ann",
    )  # fmt: skip


def test_an_email_comes_back_whole_and_in_the_list_of_its_tenant(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert (store.emails(tenant), store.email(tenant, EmailId("id-Offer"))) == ([], None)
    offer = store.save_email(email(tenant))
    assert offer == replace(email(tenant), version=1)
    again = store.save_email(replace(email(tenant, "a second"), sales_template=False))
    assert store.emails(tenant) == [again.head, offer.head]
    assert store.email(tenant, offer.email_id) == offer
    assert (store.emails(other), store.email(other, offer.email_id)) == ([], None)


def test_an_email_is_changed_and_removed_by_one_at_a_time(store: Store, tenant: TenantId) -> None:
    first = store.save_email(email(tenant))
    with pytest.raises(Conflict):
        store.save_email(email(tenant))
    second = store.save_email(replace(first, body="<p>Other</p>", name="Zoo"))
    for late in (store.save_email, store.delete_email):
        with pytest.raises(Conflict):
            late(first)
    assert store.email(tenant, first.email_id) == second
    assert store.emails(tenant) == [second.head]
    store.delete_email(second)
    assert (store.email(tenant, first.email_id), store.emails(tenant)) == (None, [])
    with pytest.raises(Conflict):
        store.save_email(second)
