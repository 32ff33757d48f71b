"""Signing in."""

TEXTS = {
    "sign_in.title": "Anmelden",
    "sign_in.how": (
        "Jedes Unternehmen hat hier eine eigene Anmeldeseite. Dort melden Sie sich mit Ihrem "
        "Benutzernamen und Passwort von Sugar an."
    ),
    "sign_in.how.ask": (
        "Fragen Sie die Person, die Funnel in Ihrem Unternehmen betreibt, nach der Adresse."
    ),
    "sign_in.how.remembers": (
        "Haben Sie sich einmal angemeldet, merkt sich dieser Browser die Seite."
    ),
    "sign_in.how.once": (
        "Ein Link gilt einmal und eine Stunde lang. Danach bleiben Sie zwölf Stunden angemeldet."
    ),
    "sign_in.remembered": (
        "Dieser Browser merkt sich die Seite, auf der Sie sich zuletzt angemeldet haben."
    ),
    "sign_in.with_sugar": "Mit Sugar anmelden",
    "sign_in.no_sugar": "Sugar antwortet nicht, oder Sie haben dort keinen Benutzer?",
    "sign_in.no_sugar.how": (
        "Bitten Sie die Person, die Funnel in Ihrem Unternehmen betreibt, um einen "
        "Anmeldelink. Er braucht kein Sugar."
    ),
    "sign_in.operator": "Sie betreiben Funnel selbst?",
    "sign_in.operator.how": (
        "Rufen Sie die Operator-Funktion mit der Aktion sign_in_link und der ID des Mandanten auf; "
        "sie antwortet mit einem Link und mit der Adresse der Anmeldeseite des Mandanten."
    ),
    "sign_in.company": "{company}: mit dem Benutzernamen und Passwort, die Sie in Sugar haben.",
    "sign_in.user_name": "Benutzername in Sugar",
    "sign_in.password": "Passwort in Sugar",
    "sign_in.password.hint": "Sugar prüft es. Funnel vergisst es sofort.",
    "sign_in.button": "Anmelden",
    "sign_in.look_again": "Erneut nachsehen",
    "sign_in.no_tenant": "Diese Anmeldeseite gibt es nicht.",
    "sign_in.no_tenant.mend": (
        "Prüfen Sie die Adresse, oder fragen Sie die Person, die Funnel in Ihrem Unternehmen "
        "betreibt, danach."
    ),
    "sign_in.waiting.title": "Sugar wird gefragt",
    "sign_in.waiting.text": "Das dauert ein paar Sekunden. Die Seite geht von selbst weiter.",
    "sign_in.waiting.stop": "Zurück zum Formular",
    "sign_in.link.title": "Willkommen bei Funnel",
    "sign_in.link.text": "Dieser Link meldet Sie auf diesem Gerät an. Er gilt einmal.",
    "sign_in.link.button": "Anmelden",
    "sign_in.used.title": "Dieser Link gilt nicht mehr",
    "sign_in.used.text": (
        "Er wurde schon benutzt oder ist älter als eine Stunde. Bitten Sie die Person, die "
        "ihn erstellt hat, um einen neuen."
    ),
    "sign_in.out.title": "Sie sind abgemeldet",
    "sign_in.out.text": "Ihre Sitzung auf diesem Gerät ist beendet.",
    "sign_in.unsaved": "Ihre Sitzung war abgelaufen",
    "sign_in.unsaved.text": "Was Sie zuletzt gesendet haben, ist nicht gespeichert. Melden Sie sich an "
    "und geben Sie es noch einmal ein.",
}
