"""Add an email, change it, copy it, put it aside, and remove it; nobody's change is lost."""

from dataclasses import replace

from funnel.domain.emails.emails import LONGEST_NAME, MOST_EMAILS, Email, EmailId
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import TenantId, derived_id
from funnel.domain.text import copy_name
from funnel.usecases.app import App
from funnel.usecases.emails.write_email import EmailWords, KeptEmail, written
from funnel.usecases.uses.email_uses import uses_of

__all__ = [
    "EmailWords",
    "KeptEmail",
    "add_email",
    "archive_email",
    "change_email",
    "copy_email",
    "delete_email",
    "email_of",
]


def add_email(app: App, tenant: TenantId, key: str, words: EmailWords, by: str) -> KeptEmail:
    """A new email; asked for again by the same key, it is the same one. Raises `InputInvalid`."""
    email_id = EmailId(derived_id("email", tenant, key))
    stored = app.emails.email(tenant, email_id)
    if stored is not None:
        return KeptEmail(stored, ())
    now = app.clock.now()
    blank = Email(tenant, email_id, "", "", "", "", "", False, now, now, by)
    kept = written(app, blank, words, by)
    return replace(kept, email=_added(app, kept.email))


def copy_email(app: App, tenant: TenantId, email_id: EmailId, key: str, by: str) -> Email:
    """A new email that says the same; by the same key it is made once. Raises `NotFound`."""
    original = email_of(app, tenant, email_id)
    copied = EmailId(derived_id("email", tenant, f"copy {email_id} {key}"))
    stored = app.emails.email(tenant, copied)
    if stored is not None:
        return stored
    now = app.clock.now()
    return _added(
        app,
        replace(
            original,
            email_id=copied,
            name=copy_name(original.name, LONGEST_NAME),
            sales_template=False,
            created_at=now,
            changed_at=now,
            changed_by=by,
            archived_at=None,
            version=0,
        ),
    )


def archive_email(
    app: App, tenant: TenantId, email_id: EmailId, *, archived: bool, by: str
) -> Email:
    """Put it aside, so that it is offered nowhere, or take it back. What uses it goes on.

    Raises `NotFound`, and `Conflict` where it was changed at this very moment.
    """
    email = email_of(app, tenant, email_id)
    if (email.archived_at is not None) is archived:
        return email
    now = app.clock.now()
    return app.emails.save_email(
        replace(email, archived_at=now if archived else None, changed_at=now, changed_by=by)
    )


def change_email(
    app: App, tenant: TenantId, email_id: EmailId, words: EmailWords, version: int, by: str
) -> KeptEmail:
    """Change what somebody looked at in this version.

    Raises `NotFound`, `InputInvalid`, and `Conflict` where it was changed since: nothing of it is
    lost, unless whoever writes has seen it.
    """
    email = email_of(app, tenant, email_id)
    kept = written(app, email, words, by)
    if _same(kept.email, email):
        return KeptEmail(email, kept.removed)
    if email.version != version:
        raise Conflict(
            f"{email.changed_by or 'Somebody'} changed this email while you were writing.",
            mend="Look at theirs in another tab. Saving once more puts yours in its place.",
        )
    return replace(kept, email=app.emails.save_email(kept.email))


def delete_email(app: App, tenant: TenantId, email_id: EmailId, version: int) -> None:
    """Remove it as it was seen. What was sent from it stays.

    Raises `NotFound`, and `Conflict` where it was changed since, or something still uses it.
    """
    email = email_of(app, tenant, email_id)
    uses = uses_of(app, tenant, email_id)
    if uses:
        raise Conflict(
            f"“{uses[0].name[:80]}” uses this email.",
            mend="Take it out there first, or archive the email: then it is offered nowhere any more.",
        )
    app.emails.delete_email(replace(email, version=version))


def email_of(app: App, tenant: TenantId, email_id: EmailId) -> Email:
    """The tenant's email. Raises `NotFound`."""
    found = app.emails.email(tenant, email_id)
    if found is None:
        raise NotFound("There is no such email.")
    return found


def _added(app: App, email: Email) -> Email:
    if len(app.emails.emails(email.tenant)) >= MOST_EMAILS:
        raise InputInvalid(
            f"There are {MOST_EMAILS} emails already, which is all there can be.",
            mend="Delete some that are not used any more.",
        )
    try:
        return app.emails.save_email(email)
    except Conflict:
        stored = app.emails.email(email.tenant, email.email_id)
        if stored is None:
            raise
        return stored


def _same(one: Email, other: Email) -> bool:
    said = replace(one, changed_at=other.changed_at, changed_by=other.changed_by)
    return said == other
