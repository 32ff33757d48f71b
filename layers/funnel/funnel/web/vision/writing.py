"""Conversations: a rep writes to a prospect, from its drawer or beside its record in Sugar."""

from dataclasses import dataclass

from funnel.domain.errors import NotFound
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId, TenantId
from funnel.domain.vision.sugar_origins import frame_origins
from funnel.domain.vision.viewers import Viewer
from funnel.usecases.vision.admit_viewer import connection_at
from funnel.usecases.vision.begin_conversation import (
    ConversationStart,
    begin_conversation,
)
from funnel.usecases.vision.view_sent import WholeSent, whole_sent
from funnel.usecases.vision.write_conversation import (
    ConversationDraft,
    ConversationPreview,
    ConversationWords,
    open_draft,
    preview_conversation,
    send_conversation,
)
from funnel.web.asked import Asked
from funnel.web.mail_page import live_mail_page
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.vision.look import Look
from funnel.web.vision.room import EITHER, HERE, Part, VisionRoom

BLANK = "blank"
"""In place of a template's id: no template."""

_TO = "/write/<module>/<sugar_id>"

room = VisionRoom()


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """Who writes to whom, and the words to begin with."""

    start: ConversationStart
    draft: ConversationDraft


@room.part(
    "GET",
    _TO,
    "Who writes to whom, what is in the way, and the Sales Templates",
    ConversationStart,
    audiences=EITHER,
)
def begin(look: Look, module: str, sugar_id: str) -> Part:
    """What a rep is shown first."""
    start = begin_conversation(look.app, look.viewer, _key(module, sugar_id), look.url)
    return Part("vision/write.html", start)


@room.part(
    "GET",
    f"{_TO}/<email_id>",
    "A draft from a Sales Template, or from `blank`, filled in for a prospect",
    OpenedDraft,
    audiences=EITHER,
)
def draft(look: Look, module: str, sugar_id: str, email_id: str) -> Part:
    """The editor."""
    key, template = _key(module, sugar_id), "" if email_id == BLANK else email_id
    start = begin_conversation(look.app, look.viewer, key, look.url)
    opened = open_draft(look.app, look.viewer, key, template)
    context = {"letter": letter_address(look.viewer), "place": f"{key}/{email_id}"}
    return Part("vision/editor.html", OpenedDraft(start, opened), context)


@room.part(
    "POST",
    f"{_TO}/preview",
    "What was written, as the prospect will see it",
    ConversationPreview,
    body=ConversationWords,
    audiences=EITHER,
)
def preview(look: Look, module: str, sugar_id: str) -> Part:
    """The page of the mail."""
    words = look.sent(ConversationWords)
    found = preview_conversation(look.app, look.viewer, _key(module, sugar_id), words)
    return Part("vision/letter.html", found, {"letter": letter_address(look.viewer)})


@room.part(
    "POST",
    f"{_TO}/send",
    "Have it sent, once for each key",
    WholeSent,
    body=ConversationWords,
    audiences=EITHER,
)
def send(look: Look, module: str, sugar_id: str) -> Part:
    """What became of it so far."""
    words, key = look.sent(ConversationWords), _key(module, sugar_id)
    mail_id = send_conversation(look.app, look.viewer, key, words, look.asked.source)
    found = whole_sent(look.app, look.viewer, mail_id, look.url)
    context = {"letter": letter_address(look.viewer), "key": words.key}
    return Part("vision/mail.html", found, context)


@room.page("GET", f"{HERE}/letter")
def letter(asked: Asked, tenant: str, connection: str) -> Reply:
    """An empty page that a mail is put into by the page around it: nothing personal is in it."""
    found = connection_at(asked.app, TenantId(tenant), ConnectionId(connection))
    parents = frame_origins(found) if found else ()
    return live_mail_page(page(asked, "vision/letter_page.html"), parents)


def letter_address(viewer: Viewer) -> str:
    """Where that page is."""
    return f"/vision/{viewer.tenant}/{viewer.connection_id}/letter"


def _key(module: str, sugar_id: str) -> RecordKey:
    if module not in set(Module):
        raise NotFound("There is no such prospect of yours.", mend="Look for it in Sugar.")
    return RecordKey(Module(module), SugarId(sugar_id))
