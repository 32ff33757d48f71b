"""Mail that was written to a person."""

TEXTS = {
    "mails.title": "E-Mails",
    "mails.state.queued": "wartet",
    "mails.state.sending": "wird gesendet",
    "mails.state.unclear": "unklar, ob gesendet",
    "mails.state.sent": "gesendet",
    "mails.state.refused": "nicht gesendet",
    "mails.state.bounced": "unzustellbar",
    "mails.state.complained": "als Spam gemeldet",
    "mails.opens.none": "keine Öffnung bekannt",
    "mails.opens.one": "einmal geöffnet",
    "mails.opens.other": "{n}-mal geöffnet",
    "mails.clicks.one": "{n} Klick",
    "mails.clicks.other": "{n} Klicks",
    "mails.machines.one": "eine Maschine einmal",
    "mails.machines.other": "Maschinen {n}-mal",
    "mails.soft.one": "vorübergehend nicht angenommen",
    "mails.soft.other": "{n}-mal vorübergehend nicht angenommen",
    "mails.unsubscribed": "darüber abgemeldet",
}
