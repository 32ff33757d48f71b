"""Erasing people on request."""

TEXTS = {
    "erase.ask": "Endgültig löschen …",
    "erase.title": "Diese Person endgültig löschen?",
    "erase.for_good": "Das lässt sich nicht rückgängig machen",
    "erase.for_good.text": (
        "Tun Sie es, wenn eine Person es verlangt. Zum Zusammenführen, Berichtigen oder "
        "Abmelden ist kein Löschen nötig."
    ),
    "erase.what": "Was hier gelöscht wird",
    "erase.what.person": (
        "Alle Felder und Adressen, ihre Einwilligung, der ganze Verlauf und was zu Personen "
        "gehört, die mit dieser zusammengeführt wurden."
    ),
    "erase.what.did": (
        "Besuche, Formulare, Öffnungen und Klicks, der Score, Listen und was nach Sugar "
        "geschrieben werden sollte."
    ),
    "erase.what.records": "Was von ihren Leads und Kontakten in Sugar gelesen wurde.",
    "erase.kept": "Was bleibt",
    "erase.kept.proof": (
        "Ein Nachweis: wer jemanden löschen ließ, wann und wie viele Zeilen. Er nennt weder Namen "
        "noch Adresse."
    ),
    "erase.kept.mark": (
        "Ein Merkmal jeder Adresse und jedes Datensatzes, das sich nicht zurückrechnen lässt. "
        "Anhand dieses Merkmals werden sie ausgelassen, wenn Sugar oder eine Datei sie wieder "
        "bringt, und eine Abmeldung bleibt bestehen."
    ),
    "erase.kept.backup": (
        "Sicherungen der Tabellen, höchstens 35 Tage, und Dateien von Importen und Exporten, "
        "sieben Tage."
    ),
    "erase.sugar": "In Sugar",
    "erase.sugar.text": (
        "In Sugar wird nichts gelöscht. Diese Datensätze bleiben dort, bis jemand sie löscht;"
        " hier werden sie ausgelassen, und der Fehlerbericht sagt das ohne Namen."
    ),
    "erase.sugar.none": "Diese Person ist nicht in Sugar.",
    "erase.confirm": "Zum Bestätigen {word} eingeben",
    "erase.button": "Endgültig löschen",
    "erase.going.title": "Wird gelöscht",
    "erase.going": "Wird gelöscht.",
    "erase.waits": "Noch nicht an der Reihe.",
    "erase.done": "Gelöscht.",
    "erase.done.text": "Hier ist nichts mehr, was erkennen lässt, wer es war.",
    "erase.failed": "Sie ist noch nicht gelöscht",
    "erase.proofs": "Löschungen",
    "erase.proofs.text": (
        "Wer jemanden löschen ließ, wann und wie viel das entfernte. Wer es war, wird nicht "
        "aufbewahrt."
    ),
    "erase.proofs.none": "Noch wurde niemand gelöscht",
    "erase.proofs.none.text": (
        "Auf der Seite jeder Person haben Administratoren „Endgültig löschen …“."
    ),
    "erase.when": "Wann",
    "erase.by": "Von",
    "erase.removed": "Entfernte Zeilen",
    "erase.state": "Status",
    "erase.state.done": "Erledigt",
    "erase.state.going": "Läuft",
    "erase.count.people": "Personen",
    "erase.count.records": "Datensätze aus Sugar",
    "erase.count.addresses": "Adressen",
    "erase.count.consents": "Einwilligungen",
    "erase.count.history": "Einträge im Verlauf",
    "erase.count.activities": "Aktivitäten",
    "erase.count.scores": "Scores",
    "erase.count.prospects": "Zeilen von FunnelVision",
    "erase.count.pushes": "Übertragungen",
    "erase.count.mails": "E-Mails",
    "erase.count.walks": "Wege durch Kampagnen",
    "erase.count.forms": "Gesendete Formulare",
}
