"""FunnelVision: Who's Hot, and a prospect whole."""

TEXTS = {
    "vision.hot": "Heiße Interessenten",
    "vision.hot.why": "Warum {score}? {name}",
    "vision.hot.why.short": "Warum {score}?",
    "vision.hot.times": "{n}×",  # noqa: RUF001
    "vision.hot.fresh": "Gerade eben ist etwas geschehen",
    "vision.hot.never": "noch nicht gesehen",
    "vision.hot.more": "Mehr anzeigen",
    "vision.hot.everybody": "Auch zeigen, wer in dieser Zeit nicht auf der Website war",
    "vision.hot.none.no_rules": "Noch keine Scoring-Regeln",
    "vision.hot.none.no_rules.text": (
        "Interessenten erhalten nach Regeln Punkte für das, was sie tun. Das Marketing kann "
        "sie in Funnel unter „Scoring“ anlegen."
    ),
    "vision.hot.none.no_prospects": "Noch wurde niemand gesehen",
    "vision.hot.none.no_prospects.text": (
        "Ihre Leads und Kontakte erscheinen hier mit dem ersten Besuch oder Klick, der sie "
        "erkennen lässt: über ein Formular oder einen Link in einer E-Mail."
    ),
    "vision.hot.none.no_scores": "Zurzeit hat niemand Punkte",
    "vision.hot.none.no_scores.text": (
        "Ihre Interessenten waren auf der Website, taten aber nichts, was Punkte bringt, oder"
        " es ist zu lange her."
    ),
    "vision.hot.none.not_seen": "Niemand mit einem Score war in dieser Zeit hier",
    "vision.hot.none.not_seen.text": (
        "Wählen Sie oben einen längeren Zeitraum, oder sehen Sie sich alle an."
    ),
    "vision.trend": "Score der letzten 30 Tage: zu Beginn {first}, höchstens {most}, jetzt {now}",
    "vision.change.title": "in den letzten 7 Tagen",
    "vision.prospect": "Dieser Interessent",
    "vision.prospect.open.Leads": "Lead in Sugar öffnen",
    "vision.prospect.open.Contacts": "Kontakt in Sugar öffnen",
    "vision.prospect.other.Leads": "Auch der Lead {name}",
    "vision.prospect.other.Contacts": "Auch der Kontakt {name}",
    "vision.prospect.other.Prospects": "Auch der Zielkontakt {name}",
    "vision.prospect.owner": "Zugewiesen an",
    "vision.prospect.phone": "Telefon",
    "vision.prospect.email": "E-Mail",
    "vision.prospect.no_email": "Es ist keine Adresse bekannt.",
    "vision.prospect.may_mail": "Darf angeschrieben werden",
    "vision.prospect.opted_out": "Abgemeldet: keine E-Mails",
    "vision.prospect.invalid": "Ungültig: E-Mails kommen nicht an",
    "vision.prospect.trend": "Wie sich der Score entwickelt hat",
    "vision.prospect.days_ago": "vor 30 Tagen",
    "vision.prospect.activities": "Letzte Aktivitäten",
}
