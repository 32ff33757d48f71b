"""Add an email, change it, and remove it; what is in it is made harmless, and what went is said."""

from dataclasses import dataclass, replace

from funnel.domain.emails import MOST_EMAILS, Email, EmailId, checked_email
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import TenantId, derived_id
from funnel.domain.removed_html import removed
from funnel.usecases.app import App
from funnel.usecases.send_mail import check_whole, clean_html

PARTS = ("header", "body", "footer")


@dataclass(frozen=True, slots=True)
class EmailWords:
    """What a marketer writes. `header` and `footer` are the frame that no rep changes."""

    name: str
    subject: str
    body: str
    header: str = ""
    footer: str = ""
    sales_template: bool = False


@dataclass(frozen=True, slots=True)
class KeptEmail:
    """The email as it is kept, and what was taken out of what was written, such as `<script>`."""

    email: Email
    removed: tuple[str, ...]


def add_email(app: App, tenant: TenantId, key: str, words: EmailWords, by: str) -> KeptEmail:
    """A new email; asked for again by the same key, it is the same one. Raises `InputInvalid`."""
    email_id = EmailId(derived_id("email", tenant, key))
    stored = app.emails.email(tenant, email_id)
    if stored is not None:
        return KeptEmail(stored, ())
    if len(app.emails.emails(tenant)) >= MOST_EMAILS:
        raise InputInvalid(
            f"There are {MOST_EMAILS} emails already, which is all there can be.",
            mend="Delete some that are not used any more.",
        )
    now = app.clock.now()
    blank = Email(tenant, email_id, "", "", "", "", "", False, now, now, by)
    kept = _written(app, blank, words, by)
    try:
        return replace(kept, email=app.emails.save_email(kept.email))
    except Conflict:
        stored = app.emails.email(tenant, email_id)
        if stored is None:
            raise
        return KeptEmail(stored, kept.removed)


def change_email(
    app: App, tenant: TenantId, email_id: EmailId, words: EmailWords, version: int, by: str
) -> KeptEmail:
    """Change what somebody looked at in this version.

    Raises `NotFound`, `InputInvalid`, and `Conflict` where it was changed since: nothing of it is
    lost, unless whoever writes has seen it.
    """
    email = email_of(app, tenant, email_id)
    kept = _written(app, email, words, by)
    if _same(kept.email, email):
        return KeptEmail(email, kept.removed)
    if email.version != version:
        raise Conflict(
            f"{email.changed_by or 'Somebody'} changed this email while you were writing.",
            mend="Look at theirs in another tab. Saving once more puts yours in its place.",
        )
    return replace(kept, email=app.emails.save_email(kept.email))


def delete_email(app: App, tenant: TenantId, email_id: EmailId, version: int) -> None:
    """Remove it as it was seen. What was sent from it stays. Raises `NotFound` and `Conflict`."""
    app.emails.delete_email(replace(email_of(app, tenant, email_id), version=version))


def email_of(app: App, tenant: TenantId, email_id: EmailId) -> Email:
    """The tenant's email. Raises `NotFound`."""
    found = app.emails.email(tenant, email_id)
    if found is None:
        raise NotFound("There is no such email.")
    return found


def _written(app: App, before: Email, words: EmailWords, by: str) -> KeptEmail:
    typed = {name: getattr(words, name).replace("\r\n", "\n") for name in PARTS}
    cleaned = {name: _cleaned(app, name, text) for name, text in typed.items()}
    after = replace(
        before,
        name=words.name,
        subject=words.subject,
        sales_template=words.sales_template,
        changed_at=app.clock.now(),
        changed_by=by,
        header=cleaned["header"],
        body=cleaned["body"],
        footer=cleaned["footer"],
    )
    gone = [what for name in PARTS for what in removed(typed[name], cleaned[name])]
    check_whole("".join(cleaned.values()), "body")
    return KeptEmail(checked_email(after), tuple(dict.fromkeys(gone)))


def _cleaned(app: App, name: str, text: str) -> str:
    try:
        return clean_html(app, text)
    except InputInvalid as error:
        raise InputInvalid(error.text, mend=error.mend, field=name) from None


def _same(one: Email, other: Email) -> bool:
    said = replace(one, changed_at=other.changed_at, changed_by=other.changed_by)
    return said == other
