"""Mail that was written to a person."""

TEXTS = {
    "mails.title": "Email",
    "mails.state.queued": "waits",
    "mails.state.sending": "being sent",
    "mails.state.unclear": "not clear whether sent",
    "mails.state.sent": "sent",
    "mails.state.refused": "not sent",
    "mails.state.bounced": "bounced",
    "mails.state.complained": "marked as spam",
    "mails.opens.none": "not seen opened",
    "mails.opens.one": "opened once",
    "mails.opens.other": "opened {n} times",
    "mails.clicks.one": "{n} click",
    "mails.clicks.other": "{n} clicks",
    "mails.machines.one": "a machine once",
    "mails.machines.other": "machines {n} times",
    "mails.soft.one": "not taken just then",
    "mails.soft.other": "not taken just then, {n} times",
    "mails.unsubscribed": "unsubscribed by it",
}
