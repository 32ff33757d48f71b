"""What a person did."""

TEXTS = {
    "activities.title": "Aktivitäten",
    "activities.empty": "Bisher wurde nichts gesehen",
    "activities.empty.text": (
        "Besuche Ihrer Websites, Formulare und E-Mails erscheinen hier, sobald bekannt ist, dass "
        "sie von dieser Person stammen: wenn ein Formular ausgefüllt oder ein signierter Link "
        "geöffnet wird."
    ),
    "activities.visit": "Besuch",
    "activities.visit.site": "Besuch auf {site}",
    "activities.pages.one": "{n} Seite",
    "activities.pages.other": "{n} Seiten",
    "activities.lasted": "{duration} lang",
    "activities.kind.page view": "Seite",
    "activities.kind.form": "Formular",
    "activities.kind.email open": "E-Mail geöffnet",
    "activities.kind.email click": "Link angeklickt",
    "activities.kind.points": "Punkte aus einer Kampagne",
    "activities.form": "Formular „{form}“ gesendet",
    "activities.form.unnamed": "Formular gesendet",
    "activities.source.direct": "kam direkt",
    "activities.source.email": "aus einer E-Mail",
    "activities.source.email.named": "aus der E-Mail „{name}“",
    "activities.source.campaign": "aus der Kampagne „{name}“",
    "activities.source.referral": "von {host}",
    "activities.source.search": "gesucht mit {engine}",
    "activities.source.term": "„{term}“ gesucht mit {engine}",
    "activities.all": "Alle Aktivitäten",
}
