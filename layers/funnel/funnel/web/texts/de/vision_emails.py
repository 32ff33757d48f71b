"""FunnelVision: My Emails, and writing to a prospect."""

TEXTS = {
    "vision.emails": "Meine E-Mails",
    "vision.emails.none.never": "Sie haben noch nicht geschrieben",
    "vision.emails.none.never.text": (
        "Wählen Sie „E-Mail schreiben“ bei einem Interessenten. Hier sehen Sie, "
        "wann sie geöffnet und was angeklickt wird."
    ),
    "vision.emails.none.not_then": "In dieser Zeit wurde nichts gesendet",
    "vision.emails.none.not_then.text": "Wählen Sie oben einen längeren Zeitraum.",
    "vision.emails.to": "An",
    "vision.emails.last": "zuletzt",
    "vision.emails.clicks.one": "einmal geklickt",
    "vision.emails.clicks.other": "{n}-mal geklickt",
    "vision.emails.machines.one": "außerdem einmal von Maschinen",
    "vision.emails.machines.other": "außerdem {n}-mal von Maschinen",
    "vision.emails.machines.title": (
        "Mailprogramme und Scanner öffnen und klicken, bevor Menschen es tun. Sie werden "
        "getrennt gezählt."
    ),
    "vision.emails.again": "Neu laden",
    "vision.emails.links": "Links",
    "vision.emails.link": "Link",
    "vision.emails.clicked": "Klicks",
    "vision.emails.seen": "Wie sie gesendet wurde",
    "vision.emails.written": "E-Mail",
    "vision.write": "E-Mail schreiben",
    "vision.write.to": "An {name} schreiben",
    "vision.write.from": "Von",
    "vision.write.receiver": "An",
    "vision.write.templates": "Mit einer Vertriebsvorlage beginnen",
    "vision.write.find": "Vorlage suchen",
    "vision.write.found_none": "Keine Vorlage heißt so.",
    "vision.write.no_templates": "Noch keine Vertriebsvorlage",
    "vision.write.no_templates.text": (
        "Das Marketing kann in Funnel unter „E-Mails“ welche schreiben."
    ),
    "vision.write.blank": "Mit einer leeren Seite beginnen",
    "vision.write.draft": "Das ist Ihr Entwurf von vorher.",
    "vision.write.draft.drop": "Neu beginnen",
    "vision.write.address": "Adresse",
    "vision.write.subject": "Betreff",
    "vision.write.no_subject": "noch kein Betreff",
    "vision.write.words": "Text",
    "vision.write.tools": "Aussehen",
    "vision.write.bold": "Fett",
    "vision.write.italic": "Kursiv",
    "vision.write.list": "Liste",
    "vision.write.link": "Link",
    "vision.write.link.address": "Wohin der Link führt",
    "vision.write.link.set": "Übernehmen",
    "vision.write.frame": "Kopf- und Fußbereich von „{name}“ bleiben, wie sie sind.",
    "vision.write.send": "Senden",
    "vision.write.preview": "Vorschau",
    "vision.write.other": "Andere Vorlage",
    "vision.write.seen": "Wie der Interessent sie sehen wird",
    "vision.write.behind": "Das ist älter als das, was Sie geschrieben haben.",
    "vision.write.sent": "Ihre E-Mail an {name} ist unterwegs.",
    "vision.write.sent.text": "Antworten kommen in Ihr eigenes Postfach.",
}
