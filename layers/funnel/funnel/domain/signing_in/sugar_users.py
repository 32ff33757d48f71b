"""Who of Sugar's Users may be here, and as what (A5, B7)."""

from funnel.domain.signing_in.tenants import Role, SugarUser
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.records import SugarRecord


def is_a_person(user: SugarRecord) -> bool:
    """Whether a User is one of the people who work in Sugar, not a portal's customers or a group."""
    return not any(user.fields.get(name) is True for name in ("portal_only", "is_group"))


def role_of(user: SugarUser, record: SugarRecord | None) -> Role | None:
    """What a person may do, given their User record here; None for nothing at all.

    Admins in Sugar are admins here. What was told last counts: at sign-in, or by the record as it
    was read since.
    """
    if record is None or not is_active(record) or not is_a_person(record):
        return None
    admin = user.is_admin
    read_since = record.stamp.began >= user.told_at
    if "is_admin" in record.fields and (admin is None or read_since):
        admin = record.fields["is_admin"] is True
    return Role.ADMIN if admin else Role.MARKETER
