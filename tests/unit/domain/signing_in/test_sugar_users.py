"""What a person whom Sugar let in may do here."""

from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.crm import Value
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.signing_in.sugar_users import role_of
from funnel.domain.signing_in.tenants import Role, SugarUser
from funnel.domain.sync.records import ReadStamp, State, SugarRecord

SIGNED_IN = datetime(2026, 3, 2, 9, tzinfo=UTC)
BEFORE, SINCE = SIGNED_IN - timedelta(hours=1), SIGNED_IN + timedelta(hours=1)
ANNA = SugarId("anna")


def record(read: datetime, state: State = State.SYNCED, **fields: Value) -> SugarRecord:
    key = RecordKey(Module.USERS, ANNA)
    stamp = ReadStamp(read, read, read + timedelta(seconds=1))
    return SugarRecord(
        TenantId("acme"), key, state, {"status": "Active", **fields}, stamp, "", "Anna", read
    )


@pytest.mark.parametrize(
    ("told", "read", "recorded", "role"),
    [
        (True, BEFORE, False, Role.ADMIN),
        (False, BEFORE, True, Role.MARKETER),
        (True, SINCE, False, Role.MARKETER),
        (False, SINCE, True, Role.ADMIN),
        (None, BEFORE, True, Role.ADMIN),
        (None, BEFORE, False, Role.MARKETER),
        (None, BEFORE, None, Role.MARKETER),
        (True, SINCE, True, Role.ADMIN),
    ],
)
def test_what_was_told_last_decides_who_is_an_admin(
    told: bool | None, read: datetime, recorded: bool | None, role: Role
) -> None:
    assert role_of(SugarUser(ANNA, told, SIGNED_IN), record(read, is_admin=recorded)) is role


@pytest.mark.parametrize(("told", "role"), [(True, Role.ADMIN), (None, Role.MARKETER)])
def test_where_records_do_not_say_who_is_an_admin_the_sign_in_does(
    told: bool | None, role: Role
) -> None:
    assert role_of(SugarUser(ANNA, told, SIGNED_IN), record(SINCE)) is role


def test_who_is_not_here_deleted_or_inactive_may_do_nothing() -> None:
    user = SugarUser(ANNA, True, SIGNED_IN)
    assert role_of(user, None) is None
    assert role_of(user, record(SINCE, State.DELETED, is_admin=True)) is None
    inactive = record(SINCE, status="Inactive", is_admin=True)
    assert role_of(user, inactive) is None
