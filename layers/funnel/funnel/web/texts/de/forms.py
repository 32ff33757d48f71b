"""Forms: as visitors see them, and as marketers build them."""

TEXTS = {
    "form.text": "Hinterlassen Sie Ihre E-Mail-Adresse, und wir melden uns.",
    "form.optional": "freiwillig",
    "form.choose": "Bitte wählen …",
    "form.send": "Senden",
    "form.leave_empty": "Dieses Feld bitte leer lassen",
    "form.wrong.one": "Eine Angabe stimmt noch nicht. Sie ist unten markiert.",
    "form.wrong.other": "{n} Angaben stimmen noch nicht. Sie sind unten markiert.",
    "form.thanks": "Vielen Dank",
    "form.thanks.text": "Es ist angekommen. Sie können diese Seite schließen.",
    "form.thanks.confirm": (
        "Eines fehlt noch: Öffnen Sie die E-Mail, die gerade zu Ihnen unterwegs ist, und bestätigen Sie "
        "über ihren Link Ihre Adresse. Ist sie in einigen Minuten nicht da, sehen Sie im Spam nach."
    ),
    "form.go_on": "Weiter",
    "form.gone": "Hier ist nichts",
    "form.confirm": "Ja, bestätigen",
    "form.confirm.text": "Dieses Formular wurde mit der Adresse {email} gesendet. Waren Sie das?",
    "form.confirm.not_you": (
        "Wenn Sie es nicht waren, schließen Sie diese Seite: Es geschieht nichts."
    ),
    "form.confirmed": "Vielen Dank. {email} ist bestätigt. Sie können diese Seite schließen.",
    "nav.forms": "Formulare",
    "forms.title": "Formulare",
    "forms.text": (
        "Bauen Sie ein Formular, stellen Sie es auf eine Website und legen Sie fest, was mit "
        "jeder Einsendung geschieht: Felder der Person, eine Liste, eine E-Mail an Ihre "
        "Leute, ein Lead mit einer Aufgabe in Sugar."
    ),
    "forms.new": "Neues Formular",
    "forms.none": "Noch kein Formular",
    "forms.none.text": (
        "Bauen Sie eines: Es hat eine eigene Seite und lässt sich in jede Seite Ihrer Website"
        " einbauen."
    ),
    "forms.none.site": "Zuerst eine Website anlegen",
    "forms.none.sites": (
        "Ein Formular gehört zu einer Website; deren Domains und Kontingent gelten auch für "
        "das Formular."
    ),
    "forms.name": "Name",
    "forms.name.hint": "Unter dem es wiedergefunden wird, auch in Scoring-Regeln und Kampagnen.",
    "forms.site": "Website",
    "forms.site.gone": "gelöscht",
    "forms.seen": "Gesehen",
    "forms.sent": "Gesendet",
    "forms.sent.of": "{n} gesendet über {name}",
    "forms.rate": "Quote",
    "forms.percent": "{n} %",
    "forms.rate.text": "der letzten 30 Tage",
    "forms.lately": "{n} in 30 Tagen",
    "forms.state": "Status",
    "forms.state.on": "in Gebrauch",
    "forms.state.off": "außer Gebrauch",
    "forms.changed_at": "Geändert",
    "forms.back": "Alle Formulare",
    "forms.open": "Seite des Formulars öffnen",
    "forms.added": (
        "Das Formular ist angelegt. Unten steht, was in eine Seite Ihrer Website gehört."
    ),
    "forms.changed": "Das Formular ist gespeichert. Seiten zeigen es ab jetzt so.",
    "forms.copied": "Das ist die Kopie.",
    "forms.switched": "Erledigt.",
    "forms.deleted": "Das Formular ist gelöscht.",
    "forms.unconfirmed.one": "Heute wurde {n} E-Mail zum Bestätigen eines Formulars nicht gesendet",
    "forms.unconfirmed.other": (
        "Heute wurden {n} E-Mails zum Bestätigen eines Formulars nicht gesendet"
    ),
    "forms.unconfirmed.text": (
        "Mehr als {most} davon gehen an einem Tag (UTC) nicht hinaus: Jeder kann jede Adresse"
        " eingeben. Sehen Sie sich an, was gesendet wurde: Sind es echte Menschen, so sendet "
        "„Fehlgeschlagenes erneut versuchen“ ihre E-Mail morgen. Wenn nicht, nehmen Sie das "
        "Formular außer Gebrauch."
    ),
    "forms.unconfirmed.to": "Zu den Formularen",
    "forms.off.title": "Dieses Formular ist außer Gebrauch",
    "forms.off.text": (
        "Seine Seite sagt, dass es hier nichts gibt, und Einsendungen werden nicht angenommen."
    ),
    "forms.wrong": "Das Formular ist noch nicht gespeichert",
    "forms.wrong.text": "Etwas stimmt nicht. Es ist unten markiert.",
    "forms.words": "Das Formular",
    "forms.heading": "Überschrift",
    "forms.intro": "Text über den Feldern",
    "forms.fields": "Felder",
    "forms.fields.text": (
        "Jedes füllt ein Feld der Person, die das Formular sendet, wenn es leer ist: Ein "
        "Formular beweist nicht mehr, als dass jemand eine Adresse kennt."
    ),
    "forms.fields.count.one": "{n} Feld",
    "forms.fields.count.other": "{n} Felder",
    "forms.field.email": "E-Mail-Adresse",
    "forms.field.consent": "Einwilligung in E-Mails",
    "forms.field.email.text": (
        "Jedes Formular fragt danach: An der Adresse ist zu erkennen, wer es gesendet hat."
    ),
    "forms.field.gone": "dieses Feld gibt es nicht mehr",
    "forms.field.label": "Was gefragt wird",
    "forms.field.consent.label": "Worin jemand einwilligt",
    "forms.field.widget": "Art der Eingabe",
    "forms.field.required": "Muss ausgefüllt werden",
    "forms.field.options": "Auswahl",
    "forms.field.options.hint": "Jede in einer eigenen Zeile.",
    "forms.field.more": "Mehr",
    "forms.field.hint": "Text darunter",
    "forms.field.preset": "Was zu Beginn darin steht",
    "forms.field.preset.yes": "„yes“ kreuzt es an.",
    "forms.field.from_query": "Aus diesem Parameter der Adresse übernehmen",
    "forms.field.from_query.hint": "Etwa utm_campaign; hat die Seite keinen, gilt, was oben steht.",
    "forms.field.up": "Nach oben",
    "forms.field.up.of": "{name} nach oben verschieben",
    "forms.field.down": "Nach unten",
    "forms.field.down.of": "{name} nach unten verschieben",
    "forms.field.remove": "Entfernen",
    "forms.field.remove.of": "{name} entfernen",
    "forms.field.add": "Ein weiteres Feld",
    "forms.field.add.do": "Hinzufügen",
    "forms.widget.text": "Eine Zeile",
    "forms.widget.long text": "Mehrere Zeilen",
    "forms.widget.email": "E-Mail-Adresse",
    "forms.widget.phone": "Telefonnummer",
    "forms.widget.number": "Zahl",
    "forms.widget.date": "Datum",
    "forms.widget.web address": "Webadresse",
    "forms.widget.choice": "Eines aus einer Liste",
    "forms.widget.yes or no": "Kästchen zum Ankreuzen",
    "forms.widget.consent": "Kästchen zum Ankreuzen",
    "forms.widget.hidden": "Nicht angezeigt",
    "forms.after": "Nach dem Senden",
    "forms.button": "Auf dem Knopf",
    "forms.thanks": "Dank",
    "forms.language": "Sprache",
    "forms.language.hint": (
        "Die Ihrer Texte hier. In ihr steht auch, was Funnel auf der Seite und in den E-Mails dieses "
        "Formulars hinzufügt: der Knopf zum Bestätigen und die E-Mail an Ihre Leute."
    ),
    "forms.redirect": "Oder zu dieser Seite gehen",
    "forms.redirect.hint": "Eine vollständige Adresse auf einer Domain der Website.",
    "forms.look": "Aussehen",
    "forms.look.hidden": "Besuchern nicht angezeigt: {names}",
    "forms.notes": "Gut zu wissen",
    "forms.note.unproven": (
        "Jeder kann das Kästchen unter jeder Adresse ankreuzen. Lassen Sie zuerst die Adresse "
        "bestätigen, dann ist die Einwilligung nachgewiesen; sonst hebt sie keine Abmeldung auf."
    ),
    "forms.note.incomplete": (
        "Sugar nimmt niemanden ohne Nachnamen und Unternehmen auf. Wer eines davon auslässt, wird dort "
        "nicht angelegt und steht im Fehlerbericht: Lassen Sie beides ausfüllen, oder legen Sie unter "
        "„Verbindung“ Vorgaben fest."
    ),
    "forms.note.unassigned": (
        "Neue Personen werden dem Benutzer zugewiesen, mit dem Funnel sich in Sugar anmeldet; dort "
        "sieht der Vertrieb sie nicht. Wählen Sie einen Benutzer oder mehrere der Reihe nach."
    ),
    "forms.then": "Was danach geschieht",
    "forms.then.text": "Alles geschieht einmal je Einsendung, wie oft sie auch gesendet wird.",
    "forms.confirm": "Zuerst die Adresse bestätigen lassen",
    "forms.confirm.none": "Nein: sofort ausführen",
    "forms.confirm.hint": (
        "Wer das Formular gesendet hat, erhält diese E-Mail mit einem Knopf zum Bestätigen unter "
        "dem Text. Der Rest geschieht danach, innerhalb von sieben Tagen."
    ),
    "forms.list": "Die Person auf eine Liste setzen",
    "forms.list.none": "Keine Liste",
    "forms.list.hint": "Es gibt noch keine von Hand geführten Listen.",
    "forms.notify": "Diese Benutzer von Sugar per E-Mail benachrichtigen",
    "forms.notify.hint": (
        "Mit Strg oder ⌘ wählen Sie mehrere oder keinen. Jeder kann sich über einen Link in "
        "der E-Mail abmelden."
    ),
    "forms.told.hint": (
        "Von einer Adresse werden Ihren Leuten und Sugar höchstens {most} Formulare am Tag "
        "(UTC) gemeldet. Was darüber hinausgeht, wird mit den Einsendungen aufbewahrt und "
        "kann an einem anderen Tag gemeldet werden."
    ),
    "forms.sync": "Die Person in Sugar anlegen",
    "forms.sync.how": "Wie sie in Sugar angelegt wird",
    "forms.sync.unconnected": "Verbinden Sie Sugar, damit Personen dort angelegt werden.",
    "forms.owner.existing": "Wem sie schon zugewiesen ist",
    "forms.owner.chosen": "Ein Benutzer",
    "forms.owner.round robin": "Mehrere der Reihe nach",
    "forms.user.gone": "kein aktiver Benutzer mehr: {id}",
    "forms.owners": "Benutzer",
    "forms.owners.hint": "Einer oder mehrere, die sich abwechseln.",
    "forms.task.days": "Fällig nach so vielen Tagen",
    "forms.task.at": "Um",
    "forms.timezone": "Zeitzone",
    "forms.timezone.hint": "Etwa Europe/Berlin.",
    "forms.embed": "Auf Ihre Website stellen",
    "forms.embed.page": "Es hat eine eigene Seite:",
    "forms.embed.frame": (
        "Oder setzen Sie dies dorthin, wo es stehen soll. Es wächst mit seinem Inhalt."
    ),
    "forms.embed.frame.code": "Rahmen",
    "forms.embed.html.code": "Formular als HTML",
    "forms.embed.html": "Oder ein Formular als Teil Ihrer Seite, ohne Skripte",
    "forms.embed.html.text": (
        "Es sieht aus wie Ihre Seite. Sie dürfen alles ändern außer den Namen der Felder; "
        "wird das Formular hier geändert, ändern Sie es auch dort."
    ),
    "forms.copy": "Formular kopieren",
    "forms.off": "Außer Gebrauch nehmen",
    "forms.on": "Wieder verwenden",
    "forms.delete": "Löschen",
    "forms.delete.sure": "Endgültig löschen",
    "forms.sent.title": "{name}: Einsendungen",
    "forms.sent.show": "Einsendungen",
    "forms.sent.csv": "Als CSV",
    "forms.sent.count.one": "{n} insgesamt",
    "forms.sent.count.other": "{n} insgesamt",
    "forms.sent.back": "Das Formular",
    "forms.sent.none": "Noch wurde nichts gesendet",
    "forms.sent.none.text": (
        "Stellen Sie das Formular auf Ihre Website, oder führen Sie Besucher auf seine Seite."
    ),
    "forms.sent.failed": "etwas ist fehlgeschlagen",
    "forms.sent.waits": "zu bestätigen",
    "forms.sent.done": "Was daraus wurde",
    "forms.sent.push": "Was in Sugar daraus wurde",
    "forms.sent.push.of": "Was aus {name} in Sugar wurde",
    "forms.sent.confirmed": "Bestätigt",
    "forms.sent.page": "Gesendet auf",
    "forms.sent.again": "Fehlgeschlagenes erneut versuchen",
    "forms.sent.again.of": "Für {name} Fehlgeschlagenes erneut versuchen",
    "forms.sent.again.done": "Es wird erneut versucht. Sehen Sie gleich noch einmal nach.",
    "forms.sent.kept": "Wird 13 Monate aufbewahrt und mit der Person gelöscht.",
    "forms.action.confirm": "Bestätigung",
    "forms.action.fields": "Felder der Person",
    "forms.action.consent": "Einwilligung in E-Mails",
    "forms.action.list": "Liste",
    "forms.action.notify": "E-Mail an Ihre Leute",
    "forms.action.sync": "Sugar",
    "forms.action.campaigns": "Kampagnen",
    "forms.state.waits": "wartet",
    "forms.state.due": "demnächst",
    "forms.state.done": "erledigt",
    "forms.state.failed": "fehlgeschlagen",
    "forms.csv.at": "Gesendet am (UTC)",
    "forms.csv.person": "Person",
    "forms.csv.page": "Seite",
    "forms.csv.confirmed": "Bestätigt am (UTC)",
}
