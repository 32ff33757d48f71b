"""What is made in Sugar about a Lead or Contact: Tasks, and Notes of mail that went out."""

from dataclasses import dataclass

from funnel.domain.ids import ConnectionId, RecordKey, SugarId, WrittenModule, derived_id
from funnel.domain.mail.mails import Mail, MailContent

RELATED_MODULES = (WrittenModule.TASKS, WrittenModule.NOTES)

LONGEST_NOTE = 10_000
"""Characters of a mail that a Note takes; the whole mail is in Funnel."""

_CUT = "\n\n(cut off here; the whole email is in Funnel)"


@dataclass(frozen=True, slots=True)
class NoteWish:
    """A Note of a mail that was sent, about the record it was written from. `owner_id` is who wrote."""

    subject: str
    text: str
    about: RecordKey
    owner_id: SugarId


def related_record_id(connection: ConnectionId, module: WrittenModule, key: str) -> SugarId:
    """The Task or Note that an idempotency key makes."""
    return SugarId(derived_id("sugar", connection, module, key))


def note_wish(mail: Mail, content: MailContent) -> NoteWish | None:
    """The Note of a Conversation; None for a mail that was written from no record."""
    try:
        about = RecordKey.parse(mail.about.get("record", ""))
    except ValueError:
        return None
    text = content.text
    if len(text) > LONGEST_NOTE:
        text = text[: LONGEST_NOTE - len(_CUT)] + _CUT
    return NoteWish(mail.subject, text, about, mail.sender)
