"""FunnelVision: Prospect Activity, and what a prospect did."""

TEXTS = {
    "vision.activity": "Aktivitäten der Interessenten",
    "vision.activity.here": "Gerade auf der Website",
    "vision.activity.details": "Details zu {name}, Score {score}",
    "vision.activity.score": "Score: für Details drücken",
    "vision.activity.more_pages": "und {n} weitere",
    "vision.activity.more": "Frühere Besuche anzeigen",
    "vision.activity.earlier": "Frühere anzeigen",
    "vision.activity.visits.one": "{n} Besuch, nach Tagen",
    "vision.activity.visits.other": "{n} Besuche, nach Tagen",
    "vision.activity.some": "(derer, die zuletzt da waren)",
    "vision.activity.machines.one": "{n} von einer Maschine",
    "vision.activity.machines.other": "{n} von Maschinen",
    "vision.activity.nothing": (
        "Noch wurde nichts gesehen: kein Besuch, kein Formular, keine geöffnete E-Mail."
    ),
    "vision.activity.none.no_site": "Noch wird keine Website erfasst",
    "vision.activity.none.no_site.text": (
        "Bitten Sie das Marketing, Ihre Website in Funnel unter „Tracking“ anzulegen und die "
        "Zeile dazu in die Seiten einzubauen."
    ),
    "vision.activity.none.nobody_known": "Keiner Ihrer Interessenten war bisher auf der Website",
    "vision.activity.none.nobody_known.text": (
        "Ein Besuch gehört zu einem Interessenten, sobald er zu erkennen gibt, wer er ist: "
        "über ein Formular oder einen Link in einer E-Mail. Dann werden auch die Besuche "
        "davor angezeigt."
    ),
    "vision.activity.none.not_seen": (
        "Keiner Ihrer Interessenten war in dieser Zeit auf der Website"
    ),
    "vision.activity.none.not_seen.text": (
        "Wählen Sie oben einen längeren Zeitraum: Davor gab es Besuche."
    ),
}
