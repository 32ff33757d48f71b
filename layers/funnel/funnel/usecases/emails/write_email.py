"""What a marketer writes becomes an email: made harmless, checked, and what was taken out is said."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from funnel.domain.emails.block_html import block_parts
from funnel.domain.emails.css_rules import parted, sheet_of
from funnel.domain.emails.email_blocks import (
    HTML_IN,
    TEXTS_IN,
    Block,
    Look,
    check_number,
    checked_blocks,
    checked_look,
)
from funnel.domain.emails.emails import Email, EmailId, check_heads, checked_email
from funnel.domain.emails.removed_html import removed
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.mail.merge_fields import checked_template
from funnel.domain.problems import Problems
from funnel.usecases.app import App
from funnel.usecases.emails.merge_values import known_fields
from funnel.usecases.mail.send_mail import check_links, clean_html, clean_mail

PARTS = ("header", "body", "footer")


@dataclass(frozen=True, slots=True)
class EmailWords:
    """What a marketer writes: HTML, or `blocks`, which go before it.

    `header` and `footer` are the frame that no rep changes. `css` is a style sheet of HTML of one's
    own; a `<style>` in the HTML is added to it. `text` "" is made from the HTML; `text_fits` says that
    the text part still fits, though the HTML has changed.
    """

    name: str
    subject: str
    body: str = ""
    header: str = ""
    footer: str = ""
    sales_template: bool = False
    preheader: str = ""
    blocks: tuple[Block, ...] = ()
    look: Look = Look()
    css: str = ""
    text: str = ""
    text_fits: bool = False


@dataclass(frozen=True, slots=True)
class KeptEmail:
    """The email as it is kept, and what was taken out of what was written, such as `<script>`."""

    email: Email
    removed: tuple[str, ...]


def drafted_email(app: App, tenant: TenantId, words: EmailWords) -> Email:
    """An email of these words that is kept nowhere. Raises `InputInvalid` naming the field."""
    now = app.clock.now()
    blank = Email(tenant, EmailId(""), "", "", "", "", "", False, now, now, "")
    named = replace(words, name=words.name.strip() or "-", subject=words.subject.strip() or "-")
    return written(app, blank, named, "").email


def written(app: App, before: Email, words: EmailWords, by: str) -> KeptEmail:
    """The email with these words; nothing is kept yet. Raises `InputInvalid` naming the field."""
    after = replace(
        before,
        name=words.name,
        subject=words.subject,
        preheader=words.preheader,
        sales_template=words.sales_template,
        changed_at=app.clock.now(),
        changed_by=by,
    )
    known = known_fields(app, before.tenant)
    wrong = Problems()
    made, gone = after, list[str]()
    with wrong.found():
        check_heads(words.name, words.subject, words.preheader, known)
    with wrong.found():
        if words.blocks:
            made, gone = _of_blocks(app, after, words, known)
        else:
            made, gone = _of_html(app, after, words)
            if not made.body.strip():
                raise InputInvalid("Write something.", field="body")
    wrong.raise_all()
    # Each part may be fit to be sent, and all together not.
    _cleaned(app, "blocks" if words.blocks else "body", made.html, clean_mail)
    made = checked_email(_with_text(made, before, words), known)
    return KeptEmail(made, tuple(dict.fromkeys(gone)))


def _of_html(app: App, email: Email, words: EmailWords) -> tuple[Email, list[str]]:
    pairs = {name: parted(_lines(getattr(words, name))) for name in PARTS}
    typed = {name: html for name, (html, _) in pairs.items()}
    sheet = sheet_of("\n".join(filter(None, (words.css, *(css for _, css in pairs.values())))))
    cleaned = {name: _cleaned(app, name, html) for name, html in typed.items()}
    gone = [what for name in PARTS for what in removed(typed[name], cleaned[name])]
    made = replace(
        email,
        blocks=(),
        css=str(sheet),
        header=cleaned["header"],
        body=cleaned["body"],
        footer=cleaned["footer"],
    )
    return made, [*gone, *sheet.removed]


def _of_blocks(
    app: App, email: Email, words: EmailWords, known: Collection[str]
) -> tuple[Email, list[str]]:
    check_number(words.blocks)
    look = checked_look(words.look)
    gone: list[str] = []
    clean: list[Block] = []
    for place, block in enumerate(words.blocks):
        changes: dict[str, Any] = {}
        for name in HTML_IN.get(block.kind, ()):
            typed = _lines(getattr(block, name))
            changes[name] = _cleaned(app, f"blocks.{place}.{name}", typed)
            gone += removed(typed, changes[name])
        clean.append(replace(block, **changes))
        for name in TEXTS_IN:
            checked_template(getattr(clean[-1], name), known, f"blocks.{place}.{name}")
    blocks = checked_blocks(clean)
    parts = block_parts(blocks, look)
    made = replace(
        email,
        blocks=blocks,
        look=look,
        css="",
        header="",
        body=_cleaned(app, "blocks", parts.body),
        footer=_cleaned(app, "blocks", parts.footer),
    )
    return made, gone


def _with_text(email: Email, before: Email, words: EmailWords) -> Email:
    text = _lines(words.text).strip()
    is_new = text != before.text or words.text_fits
    mark = email.mark if is_new else before.text_for
    return replace(email, text=text, text_for=mark if text else "")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _cleaned(app: App, name: str, text: str, clean: Callable[[App, str], str] = clean_html) -> str:
    try:
        found = clean(app, text)
        check_links(found)
    except InputInvalid as error:
        raise InputInvalid(error.text, mend=error.mend, field=name) from None
    return found
