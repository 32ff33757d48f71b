"""Where a record is opened in Sugar, by what the server is."""

import pytest

from funnel.domain.connecting.sugar_links import list_url, record_url, written_url
from funnel.domain.crm import Dialect, Endpoint
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule

LEAD = RecordKey(Module.LEADS, SugarId("a/1"))
OLD = "https://crm.test/index.php?module={}&action=DetailView&record={}"


def endpoint(version: str, product: str = "SugarCRM") -> Endpoint:
    return Endpoint(
        "https://crm.test/rest", "https://crm.test", Dialect.REST_11, version, "", product
    )


@pytest.mark.parametrize(
    ("version", "product"),
    [("6.5.26", "SugarCRM"), ("7.14.2", "SuiteCRM"), ("", "SugarCRM"), ("x7", "SugarCRM")],
)
def test_old_sugars_and_suitecrm_have_pages_of_index_php(version: str, product: str) -> None:
    where = endpoint(version, product)
    assert record_url(where, LEAD) == OLD.format("Leads", "a%2F1")
    assert list_url(where, SugarId("l1")) == OLD.format("ProspectLists", "l1")


@pytest.mark.parametrize("version", ["7.0.0", "7", "14.0.1"])
def test_from_sugar_7_on_pages_are_sidecars_but_for_users(version: str) -> None:
    where = endpoint(version)
    assert record_url(where, LEAD) == "https://crm.test/#Leads/a%2F1"
    assert list_url(where, SugarId("l1")) == "https://crm.test/#ProspectLists/l1"
    assert written_url(where, WrittenModule.TASKS, SugarId("t1")) == "https://crm.test/#Tasks/t1"
    user = RecordKey(Module.USERS, SugarId("u1"))
    assert record_url(where, user) == (
        "https://crm.test/#bwc/index.php?module=Users&action=DetailView&record=u1"
    )
