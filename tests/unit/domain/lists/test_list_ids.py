"""One list for each thing that makes one, and no two for one."""

from datetime import UTC, datetime

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.lists.auto_lists import AUTO_FIELDS, accounts_of, checked_fields
from funnel.domain.lists.lists import auto_list_id, manual_list_id, segment_id, target_list_id
from funnel.domain.sync.records import ReadStamp, State, SugarRecord

NOW = datetime(2026, 3, 2, tzinfo=UTC)
A, B = TenantId("a"), TenantId("b")


def record(module: Module, state: State = State.SYNCED, parent: str = "acc") -> SugarRecord:
    key = RecordKey(module, SugarId("r"))
    stamp = ReadStamp(NOW, NOW, NOW)
    return SugarRecord(A, key, state, {}, stamp, "", "R", NOW, parent_id=SugarId(parent))


def test_lists_of_one_key_are_one_for_each_tenant_and_kind() -> None:
    ids = [
        make(tenant, key)
        for make in (manual_list_id, segment_id, target_list_id)
        for tenant in (A, B)
        for key in (SugarId("k"), SugarId("l"))
    ]
    ids += [auto_list_id(t, f, v) for t in (A, B) for f in ("x", "y") for v in ("k", "l")]
    assert len(set(ids)) == len(ids) == 20
    assert auto_list_id(A, "x", " K ") == auto_list_id(A, "x", "k")


def test_accounts_are_those_of_contacts_in_use() -> None:
    account = RecordKey(Module.ACCOUNTS, SugarId("acc"))
    assert accounts_of([record(Module.CONTACTS), record(Module.CONTACTS, State.STALE)]) == {account}
    for other in (
        record(Module.LEADS),
        record(Module.CONTACTS, State.DELETED),
        record(Module.CONTACTS, parent=""),
    ):
        assert accounts_of([other]) == set()


def test_fields_with_lists_stand_in_their_usual_order_and_are_known() -> None:
    names = list(AUTO_FIELDS)
    assert checked_fields(reversed(names)) == tuple(names)
    with pytest.raises(InputInvalid, match="no lists by mood") as told:
        checked_fields(["salutation", "zeal", "mood"])
    assert told.value.field == "fields"
    assert told.value.mend == f"Choose among {', '.join(names)}."
