"""FunnelVision: the frame in Sugar, its filters and its states."""

TEXTS = {
    "vision.home.title": "FunnelVision",
    "vision.record.title": "FunnelVision: dieser Datensatz",
    "vision.about.sees": "Sie sehen die Interessenten, die Ihnen in Sugar zugewiesen sind.",
    "vision.about.reports": "Sie sehen auch die dieser Benutzer, die Ihnen unterstellt sind:",
    "vision.about.record": "Sie haben diesen Datensatz in Sugar geöffnet:",
    "vision.filters": "Was angezeigt wird",
    "vision.days": "Zeitraum",
    "vision.days.1": "Heute",
    "vision.days.7": "7 Tage",
    "vision.days.30": "30 Tage",
    "vision.whose": "Wessen Interessenten",
    "vision.whose.mine": "Meine",
    "vision.whose.team": "Mein ganzes Team",
    "vision.whose.many": "Hier stehen die ersten {n} Ihrer Mitarbeiter nach Namen; Sie haben mehr.",
    "vision.panels": "Bereiche",
    "vision.count.one": "{n} neu",
    "vision.count.other": "{n} neu",
    "vision.loading": "FunnelVision wird geladen …",
    "vision.late": "Es dauert länger als üblich.",
    "vision.again": "Erneut versuchen",
    "vision.close": "Schließen",
    "vision.details": "Details",
    "vision.lost": "FunnelVision ist zurzeit nicht erreichbar.",
    "vision.lost.mend": "Jede Minute wird es erneut versucht. Was Sie sehen, ist von vorher.",
    "vision.lost_at_first": "FunnelVision ist zurzeit nicht erreichbar.",
    "vision.lost_at_first.mend": "Jede Minute wird es erneut versucht.",
    "vision.failed": "Das konnte nicht angezeigt werden; der Fehler liegt bei uns.",
    "vision.failed.mend": "In einer Minute wird es erneut versucht; die anderen Bereiche stimmen.",
    "vision.no_token": "Sugar hat nicht mitgeteilt, wer Sie sind.",
    "vision.no_token.mend": (
        "Laden Sie die Seite in Sugar neu. Bleibt es dabei, bitten Sie einen Administrator, "
        "die Einstellungen von Funnel in Sugar zu prüfen."
    ),
    "vision.outside": "FunnelVision wird innerhalb von Sugar angezeigt.",
    "vision.outside.mend": (
        "Öffnen Sie Sugar und fügen Sie FunnelVision dort Ihrer Startseite hinzu."
    ),
    "vision.no_script": "FunnelVision braucht JavaScript, wie Sugar selbst auch.",
    "vision.unknown.title": "FunnelVision ist hier nicht eingerichtet",
    "vision.unknown": "Diese Adresse führt zu keinem Sugar, das mit Funnel verbunden ist.",
    "vision.unknown.mend": (
        "Ein Administrator findet die richtige Adresse in Funnel unter „Einstellungen“, "
        "„Verbindung“, und trägt sie in Sugar ein."
    ),
    "vision.open.title": "Funnel öffnen",
    "vision.open.as": "Sugar meldet Sie als {name}.",
    "vision.open.go": "Weiter",
    "vision.open.hint": "Wenn Sie das nicht sind, schließen Sie diese Seite.",
    "vision.open.refused": "Funnel wurde nicht geöffnet",
    "connection.frames": "Wo FunnelVision angezeigt wird",
    "connection.frames.text": (
        "Seiten von {own} dürfen FunnelVision anzeigen. Wird Sugar auch unter anderen "
        "Adressen geöffnet, tragen Sie diese ein, höchstens vier."
    ),
    "connection.frames.label": "Weitere Adressen, durch Leerzeichen getrennt",
}
