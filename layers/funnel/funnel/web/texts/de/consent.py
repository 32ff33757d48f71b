"""Whether an address may be written to: on a person's page."""

TEXTS = {
    "consent.title": "E-Mail-Adressen und Einwilligung",
    "consent.opted_out": "Abgemeldet",
    "consent.invalid": "Ungültig",
    "consent.free": "Keine Abmeldung bekannt.",
    "consent.email_opt_out.yes.Sugar": "In Sugar abgemeldet",
    "consent.email_opt_out.yes.Funnel": "Hier abgemeldet",
    "consent.email_opt_out.no.Sugar": "Abmeldung in Sugar zurückgenommen",
    "consent.email_opt_out.no.Funnel": "Abmeldung hier zurückgenommen",
    "consent.invalid_email.yes.Sugar": "In Sugar als ungültig markiert",
    "consent.invalid_email.yes.Funnel": "E-Mail kam zurück",
    "consent.invalid_email.no.Sugar": "In Sugar wieder als gültig markiert",
    "consent.invalid_email.no.Funnel": "Wieder gültig",
    "consent.by": "von {name}",
    "consent.reason": "„{reason}“",
    "consent.in_sugar.agrees": "In Sugar steht dasselbe.",
    "consent.in_sugar.soon": "Sugar wird es mitgeteilt.",
    "consent.in_sugar.read_only": (
        "Sugar wird es nicht mitgeteilt, weil die Verbindung nur liest. Es wird mitgeteilt, "
        "sobald ein Administrator Funnel schreiben lässt."
    ),
    "consent.in_sugar.paused": (
        "Sugar wird es mitgeteilt, sobald die Synchronisation weitergeht; sie ist angehalten."
    ),
    "consent.in_sugar.not_connected": "Sugar wird es mitgeteilt, sobald eines verbunden ist.",
    "consent.in_sugar.nobody": (
        "Zurzeit hat kein Lead oder Kontakt in Sugar diese Adresse. Mit dem nächsten, der sie hat, "
        "kommt es dorthin."
    ),
    "consent.in_sugar.failed": (
        "Sugar hat es nicht angenommen. Der Fehlerbericht sagt, warum; jede Nacht wird es "
        "erneut versucht."
    ),
    "consent.unsubscribe": "Abmelden",
    "consent.unsubscribe.of": "{email} abmelden",
    "consent.take_back": "Zurücknehmen …",
    "consent.take_back.of": "Abmeldung von {email} zurücknehmen",
    "consent.take_back.why": "Warum darf an diese Adresse wieder geschrieben werden?",
    "consent.take_back.hint": "Es bleibt im Verlauf, und Sugar wird es mitgeteilt.",
    "consent.take_back.admins": "Nur ein Administrator kann sie zurücknehmen, mit einem Grund.",
    "consent.by_hand": (
        "Dieses Sugar bietet nur soap.php und kann nicht benachrichtigt werden. Setzen Sie es"
        " dort von Hand, bei dem Datensatz mit dieser Adresse."
    ),
    "consent.by_hand.done": "In Sugar von Hand erledigt",
    "consent.by_hand.done.of": "Für {email} in Sugar von Hand erledigt",
    "consent.by_hand.admins": "Ein Administrator gibt hier an, wenn es erledigt ist.",
    "consent.done.by_hand": "Vermerkt: In Sugar steht jetzt dasselbe.",
    "consent.done.unsubscribed": "Abgemeldet. An diese Adresse schreibt niemand mehr.",
    "consent.done.taken_back": "Die Abmeldung ist zurückgenommen.",
    "cause.ConsentNotTaken": (
        "Sugar hat eine Änderung von {field} für die Adresse {value} nicht übernommen."
    ),
    "cause.ConsentNotTaken.mend": (
        "Setzen Sie es in Sugar von Hand, bei der Adresse dieses Datensatzes, oder finden Sie"
        " heraus, was in Sugar es rückgängig macht (ein Workflow, ein Plug-in). Jede Nacht "
        "wird es erneut versucht."
    ),
    "cause.ConsentRefused": (
        "Sugar lässt unseren Benutzer {field} der Adresse {value} nicht ändern."
    ),
    "cause.ConsentRefused.mend": (
        "Geben Sie dem Benutzer, mit dem Funnel sich anmeldet, das Recht, diesen Datensatz zu"
        " sehen und E-Mail-Adressen zu bearbeiten. Jede Nacht wird es erneut versucht."
    ),
    "cause.ConsentImpossible": (
        "Diesem Sugar kann {field} der Adresse {value} nicht mitgeteilt werden: Es bietet nur"
        " soap.php."
    ),
    "cause.ConsentImpossible.mend": (
        "Setzen Sie es in Sugar von Hand, und drücken Sie „In Sugar von Hand erledigt“ hier "
        "auf der Seite der Person; oder verbinden Sie ein Sugar, das service/v4_1 bietet."
    ),
    "consent.welcome": "In E-Mails eingewilligt,",
    "history.kind.agreed": "In E-Mails eingewilligt",
    "history.kind.consent": "Einwilligung geändert",
    "history.kind.told": "Nach Sugar geschrieben",
}
