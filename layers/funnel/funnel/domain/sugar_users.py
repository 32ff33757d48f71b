"""Who of Sugar's Users may be here, and as what (A5, B7)."""

from funnel.domain.pull_rules import is_active
from funnel.domain.records import SugarRecord
from funnel.domain.tenants import Role, SugarUser


def is_colleague(record: SugarRecord) -> bool:
    """Whether a User is one person who works there: customers in a portal share a User."""
    return not any(record.fields.get(name) in (True, "1") for name in ("portal_only", "is_group"))


def role_of(user: SugarUser, record: SugarRecord | None) -> Role | None:
    """What a person may do, given their User record here; None for nothing at all.

    Admins in Sugar are admins here. What was told last counts: at sign-in, or by the record as it
    was read since.
    """
    if record is None or not is_active(record) or not is_colleague(record):
        return None
    admin = user.is_admin
    read_since = record.stamp.began >= user.told_at
    if "is_admin" in record.fields and (admin is None or read_since):
        admin = record.fields["is_admin"] is True
    return Role.ADMIN if admin else Role.MARKETER
