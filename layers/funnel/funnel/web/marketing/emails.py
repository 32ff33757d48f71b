"""Emails: the list, writing one of blocks or of HTML, copying it and putting it aside."""

from urllib.parse import quote, urlencode

from funnel.domain.emails.email_blocks import BlockKind, Font
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.mail.mail_html import text_of
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.emails.keep_emails import (
    EmailWords,
    KeptEmail,
    add_email,
    archive_email,
    change_email,
    copy_email,
    delete_email,
    email_of,
)
from funnel.usecases.emails.merge_values import own_fields
from funnel.usecases.emails.view_emails import draft_so_far, list_emails, words_of
from funnel.usecases.uses.email_uses import uses_of, uses_of_each
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.mail_page import live_mail_page, mail_page
from funnel.web.marketing.email_forms import (
    BLOCKS,
    FIRST,
    HTML,
    EmailForm,
    edited,
    form_of,
    new_block,
)
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

DONE = {
    "added": "emails.added",
    "changed": "emails.changed",
    "deleted": "emails.deleted",
    "copied": "emails.copied",
    "archived": "emails.archived",
    "restored": "emails.restored",
}


@room.page("GET", "/app/emails")
def show_all(asked: Asked) -> Reply:
    """All emails; those that are archived apart."""
    done = DONE.get(asked.query("saved"))
    wants_archived = asked.query("archived") == "yes"
    found = asked.app.emails.emails(asked.tenant)
    shown = [one for one in found if (one.archived_at is not None) is wants_archived]
    return page(
        asked,
        "emails/all.html",
        title=asked.texts("emails.title"),
        emails=shown,
        uses=uses_of_each(asked.app, asked.tenant, shown),
        wants_archived=wants_archived,
        has_archived=any(one.archived_at for one in found),
        flash=asked.texts(done) if done else "",
    )


@room.page("GET", "/app/emails/new")
def ask_new(asked: Asked) -> Reply:
    """The form for a new one."""
    way = HTML if asked.query("way") == HTML else BLOCKS
    words = EmailWords("", "", sales_template=False, blocks=FIRST if way == BLOCKS else ())
    return _form(asked, EmailForm(words, way, key=asked.app.ids.new_id()))


@room.page("POST", "/app/emails/new")
def add(asked: Asked) -> Reply:
    """Add it, and go there; a button of a block only changes the form."""
    form = form_of(asked.form())
    try:
        moved = _moved(asked, form)
        if moved is not None:
            return _form(asked, moved)
        if not form.key:
            raise InputInvalid("Open the form for a new email again.")
        kept = add_email(asked.app, asked.tenant, form.key, form.words, asked.who.user_name)
    except InputInvalid as error:
        return _form(asked, form, error)
    return _kept(kept, "added")


@room.page("POST", "/app/emails/draft")
def draft(asked: Asked) -> Reply:
    """What is in the form, as a mail to look at; nothing is kept.

    Blocks that are not finished are left out of it, and the header says what they miss.
    """
    try:
        found, problem = draft_so_far(asked.app, asked.tenant, form_of(asked.form()).words)
    except InputInvalid as error:
        return Reply(400, "", headers={"X-Problem": quote(error.text)})
    reply = mail_page(found.html)
    reply.headers["X-Problem"] = quote(problem)
    return reply


@room.page("GET", "/app/emails/letter")
def letter(asked: Asked) -> Reply:
    """An empty page that a mail is put into by the page around it: nothing of anybody is in it."""
    return live_mail_page(page(asked, "vision/letter_page.html"), ())


@room.page("GET", "/app/emails/<email_id>")
def show_one(asked: Asked, email_id: str) -> Reply:
    """One email."""
    return _form(asked, None, email_id=email_id)


@room.page("POST", "/app/emails/<email_id>")
def change(asked: Asked, email_id: str) -> Reply:
    """Save what was changed, unless somebody else did meanwhile."""
    form, by = form_of(asked.form()), asked.who.user_name
    try:
        moved = _moved(asked, form)
        if moved is not None:
            return _form(asked, moved, email_id=email_id)
        kept = change_email(
            asked.app, asked.tenant, EmailId(email_id), form.words, version_of(form.version), by
        )
    except (InputInvalid, Conflict) as error:
        return _form(asked, form, error, email_id)
    return _kept(kept, "changed")


@room.page("POST", "/app/emails/<email_id>/copy")
def copy(asked: Asked, email_id: str) -> Reply:
    """Make a copy, and go there. Of one version one copy is made, however often it is asked for."""
    key = asked.form_value("key")
    found = copy_email(asked.app, asked.tenant, EmailId(email_id), key, asked.who.user_name)
    return see_other(f"/app/emails/{found.email_id}?saved=copied")


@room.page("POST", "/app/emails/<email_id>/archive")
def archive(asked: Asked, email_id: str) -> Reply:
    """Put it aside, or take it back."""
    archived, by = asked.form_value("archived") == "yes", asked.who.user_name
    archive_email(asked.app, asked.tenant, EmailId(email_id), archived=archived, by=by)
    done = "archived" if archived else "restored"
    return see_other(f"/app/emails/{email_id}?saved={done}")


@room.page("POST", "/app/emails/<email_id>/delete")
def delete(asked: Asked, email_id: str) -> Reply:
    """Remove it, unless something uses it."""
    try:
        version = version_of(asked.form_value("version"))
        delete_email(asked.app, asked.tenant, EmailId(email_id), version)
    except (Conflict, InputInvalid) as error:
        return _form(asked, None, error, email_id)
    return see_other("/app/emails?saved=deleted")


def version_of(text: str) -> int:
    """Raises `InputInvalid`."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputInvalid("Open the email again.")
    return int(text)


def _moved(asked: Asked, form: EmailForm) -> EmailForm | None:
    """The form after the button that was pressed in it; None if it is to be saved."""
    what = asked.form_value("do")
    return edited(form, what) if what else None


def _kept(kept: KeptEmail, done: str) -> Reply:
    values = {"saved": done}
    if kept.removed:
        values["removed"] = " ".join(kept.removed)
    return see_other(f"/app/emails/{kept.email.email_id}?{urlencode(values)}")


def _form(
    asked: Asked, form: EmailForm | None, error: FunnelError | None = None, email_id: str = ""
) -> Reply:
    tenant = asked.tenant
    whole = email_of(asked.app, tenant, EmailId(email_id)) if email_id else None
    if form is None:
        assert whole is not None
        form = EmailForm(words_of(whole), BLOCKS if whole.blocks else HTML)
    done = DONE.get(asked.query("saved")) if not error else None
    own = own_fields(asked.app, tenant)
    return page(
        asked,
        "emails/one.html",
        title=whole.name if whole else asked.texts("emails.new"),
        status=status_of(error) if error else 200,
        email=whole,
        form=form,
        is_conflict=isinstance(error, Conflict),
        error=form_error(error) if error else None,
        removed=asked.query("removed")[:400].split() if done else [],
        fields=list_emails(asked.app, tenant).fields,
        own_labels={one.name: one.label for one in own},
        kinds=list(BlockKind),
        blanks=[new_block(one) for one in BlockKind],
        fonts=list(Font),
        text_is_old=bool(whole and whole.text_is_old and form.words.text),
        made_text=text_of(whole.html) if whole else "",
        uses=uses_of(asked.app, tenant, EmailId(email_id)) if whole else (),
        flash=asked.texts(done) if done else "",
    )
