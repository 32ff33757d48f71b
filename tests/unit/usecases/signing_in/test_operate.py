"""What the operator's command answers."""

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.usecases.signing_in.operate import operate
from tests.fakes.world import World

URL = "https://funnel.example"


def test_both_answers_have_a_link_for_once_and_the_page_where_people_sign_in() -> None:
    world = World()
    created = operate(world.app, URL, {"action": "create_tenant", "name": "Acme"})
    tenant = str(created["tenant_id"])
    linked = operate(world.app, URL, {"action": "sign_in_link", "tenant_id": tenant})
    for answer in (created, linked):
        assert answer["tenant_id"] == tenant
        assert answer["sign_in_page"] == f"{URL}/sign-in/{tenant}"
        assert str(answer["sign_in_url"]).startswith(f"{URL}/sign-in/link?token=")
    assert created["sign_in_url"] != linked["sign_in_url"]
    found = world.store.tenant(TenantId(tenant))
    assert found is not None
    assert found.name == "Acme"


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"action": "create_tenant", "name": " "}, "name"),
        ({"action": "sign_in_link", "tenant_id": "nobody"}, "tenant"),
        ({"action": "sign_in_link", "tenant_id": "nobody", "role": "king"}, "role"),
        ({"action": "else"}, "action"),
    ],
)
def test_what_cannot_be_done_is_refused(wish: dict[str, object], field: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        operate(World().app, URL, wish)
    assert refused.value.field == field
