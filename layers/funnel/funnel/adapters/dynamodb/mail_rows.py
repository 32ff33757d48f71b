"""Mail as rows of its table: keys, and places in the indexes."""

from dataclasses import replace

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.tables import moment, person_pk, shard
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_totals import About, AboutKind, Outcome, counted_by, outcome_of
from funnel.domain.mail.mails import Mail, MailId, MailState

MAIL = "mail"


def mail_pk(tenant: TenantId, mail_id: MailId) -> str:
    """The partition of one mail."""
    return f"{tenant}#mail#{mail_id}"


def tracked_pk(token: str) -> str:
    """The partition of a mail's public side."""
    return f"mail#{token}"


def due_pk(part: int) -> str:
    """One shard of what waits, over all tenants; a tenant is in one."""
    return f"due#{part}"


def unclear_pk(tenant: TenantId) -> str:
    """A tenant's mail of which nobody can tell whether it went out."""
    return f"{tenant}#unclear"


def about_pk(tenant: TenantId, about: About, outcome: Outcome) -> str:
    """The mails of a broadcast or step that came so far, in the index `about`."""
    return f"{tenant}#{about.kind.value}#{about.about_id}#{outcome.value}"


def log_sk(mail: Mail) -> str:
    """A place among what was written to a person."""
    return f"{MAIL}#{moment(mail.asked_at)}#{mail.mail_id}"


def told_pk(tenant: TenantId, person_id: PersonId) -> str:
    """The mails to our own users that tell of one person: they go with it, and are in no list of it."""
    return f"{tenant}#told#{person_id}"


def place_of(mail: Mail) -> Item | None:
    """The key of the row by which it is found among a person's; None for one that is about nobody."""
    if not mail.user:
        return key_of(person_pk(mail.tenant, mail.person_id), log_sk(mail))
    told_of = mail.goes_with
    return key_of(told_pk(mail.tenant, told_of), log_sk(mail)) if told_of else None


def attributes(mail: Mail) -> Item:
    """A mail's own row, with its places in the indexes."""
    item: Item = {"version": {"N": str(mail.version)}, "body": {"S": to_text(mail)}}
    if mail.sender:
        item["sender_pk"] = {"S": f"{mail.tenant}#{mail.sender}"}
        item["sender_sk"] = {"S": f"{moment(mail.asked_at)}#{mail.mail_id}"}
    if mail.due_at is not None:
        urgency = int(not mail.is_urgent)
        place = f"{mail.tenant}#{urgency}#{moment(mail.due_at)}#{mail.mail_id}"
        item |= {"due_pk": {"S": due_pk(shard(mail.tenant))}, "due_sk": {"S": place}}
    elif mail.state is MailState.UNCLEAR and mail.claimed_at is not None:
        place = f"{moment(mail.claimed_at)}#{mail.mail_id}"
        item |= {"due_pk": {"S": unclear_pk(mail.tenant)}, "due_sk": {"S": place}}
    listed = [one for one in counted_by(mail.about) if one.kind is not AboutKind.EMAIL]
    if listed:
        item["about_pk"] = {"S": about_pk(mail.tenant, listed[0], outcome_of(mail))}
        item["about_sk"] = {"S": f"{moment(mail.asked_at)}#{mail.mail_id}"}
    return item


def kept_until(mail: Mail) -> str:
    """Until when it is kept, in seconds since 1970."""
    return str(int((mail.asked_at + mail.kept_for).timestamp()))


def mail_of(item: Item) -> Mail:
    """The mail of its row."""
    return replace(from_text(Mail, item["body"]["S"]), version=int(item["version"]["N"]))


def logged(item: Item) -> MailId:
    """Which mail a place in a person's log leads to."""
    return MailId(item["stamp"]["S"].rpartition("#")[2])
