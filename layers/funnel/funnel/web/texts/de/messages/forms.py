"""What stands in the way of forms, in German."""

MESSAGES = {
    "Give the form a name.": "Geben Sie dem Formular einen Namen.",
    "This is no page of the form's site.": "Das ist keine Seite der Website des Formulars.",
    "Enter a whole address such as https://{0}/thanks, or leave it empty.": (
        "Geben Sie eine vollständige Adresse ein, etwa https://{0}/danke, oder lassen Sie das"
        " Feld leer."
    ),
    "At most {0} fields.": "Höchstens {0} Felder.",
    "A form asks for the email address.": "Ein Formular fragt nach der E-Mail-Adresse.",
    "Say what is asked for.": "Geben Sie an, wonach gefragt wird.",
    "This field holds {0} and cannot be asked for as {1}.": "Ein Feld dieser Art ({0~type}) lässt sich nicht so abfragen: {1~forms.widget}.",
    "Choose one of: {0}.": "Wählen Sie eines davon: {0~forms.widget}.",
    "Enter what there is to choose from.": "Geben Sie ein, was zur Auswahl steht.",
    "At most {0} choices of {1} characters.": "Höchstens {0} Auswahlwerte mit je {1} Zeichen.",
    "A parameter has letters, digits and . _ - only, and is none of ours.": (
        "Ein Parameter besteht nur aus Buchstaben, Ziffern und . _ - und ist keiner von unseren."
    ),
    "Such as utm_campaign.": "Etwa utm_campaign.",
    "Nobody agrees beforehand.": "Niemand willigt im Voraus ein.",
    "Each has an address of their own.": "Jede hat eine eigene Adresse.",
    "This is none of the choices.": "Das steht nicht zur Auswahl.",
    "At most {0} people.": "Höchstens {0} Personen.",
    "This field is in the form already.": "Dieses Feld ist schon im Formular.",
    "Say what stands in it.": "Geben Sie an, was darin steht.",
    "This is no time zone.": "Das ist keine Zeitzone.",
    "Others keep changing what became of this form.": "Andere ändern gerade, was aus diesem Formular wurde.",
    "This link is good no more, or is none of ours.": "Dieser Link gilt nicht mehr, oder er ist keiner von uns.",
    "Send the form again, and use the link of the newest email.": "Senden Sie das Formular erneut, und verwenden Sie den Link der neuesten E-Mail.",
    "There is no such person any more.": "Diese Person gibt es nicht mehr.",
    "The person does not have this address any more.": "Die Person hat diese Adresse nicht mehr.",
    "The email to confirm by is gone.": "Die E-Mail zum Bestätigen gibt es nicht mehr.",
    "Choose another in the form.": "Wählen Sie im Formular eine andere.",
    "In Sugar, this user has no email address.": "In Sugar hat dieser Benutzer keine E-Mail-Adresse.",
    "{0} changed this form while you were at it.": "{0~} hat dieses Formular geändert, während Sie daran arbeiteten.",
    "Something was sent by this form, which is kept with it.": "Über dieses Formular wurde etwas gesendet, was mit ihm aufbewahrt wird.",
    "Put it out of use instead.": "Nehmen Sie es stattdessen außer Gebrauch.",
    "There is no such form.": "Dieses Formular gibt es nicht.",
    "There are {0} forms already, which is all there can be.": "Es gibt schon {0} Formulare; mehr kann es nicht geben.",
    "Choose the site it is on.": "Wählen Sie die Website, zu der es gehört.",
    "{0} such emails went to this address today already.": "An diese Adresse gingen heute schon {0} solche E-Mails.",
    "{0} emails to confirm a form went out today (UTC) already.": "Heute (UTC) gingen schon {0} E-Mails zum Bestätigen eines Formulars hinaus.",
    "If these are real people, try it again tomorrow.": "Wenn es echte Menschen sind, versuchen Sie es morgen erneut.",
    "This address sent the form {0} times today (UTC) already: this one is kept here only.": (
        "Diese Adresse hat das Formular heute (UTC) schon {0}-mal gesendet: Dieses wird nur "
        "hier aufbewahrt."
    ),
    "If it is to be told of, too, try it again tomorrow.": "Soll es auch gemeldet werden, versuchen Sie es morgen erneut.",
    "Others keep changing who has this address.": "Andere ändern gerade, wer diese Adresse hat.",
    "Others keep changing the form.": "Andere ändern gerade das Formular.",
    "There is no such form that was sent.": "Dieses gesendete Formular gibt es nicht.",
    "Tick this box to go on.": "Kreuzen Sie das an, um fortzufahren.",
    "Enter your email address.": "Geben Sie Ihre E-Mail-Adresse ein.",
    "Enter a phone number.": "Geben Sie eine Telefonnummer ein.",
    "Enter a date.": "Geben Sie ein Datum ein.",
    "Enter a web address.": "Geben Sie eine Webadresse ein.",
    "At most {0} characters in the whole form.": "Höchstens {0} Zeichen im ganzen Formular.",
    "Fill this in.": "Füllen Sie das aus.",
    "It could not be done, for a fault of Funnel.": "Es konnte nicht ausgeführt werden, wegen eines Fehlers von Funnel.",
    "An email was asked for, with a link to confirm.": "Eine E-Mail mit einem Link zum Bestätigen wurde angefordert.",
    "Kept with the words that were agreed to.": "Mit dem Text aufbewahrt, in den eingewilligt wurde.",
    "On the list {0}.": "Auf der Liste {0}.",
    "Asked of Sugar.": "In Sugar angefordert.",
    "Told to campaigns.": "Den Kampagnen gemeldet.",
    "Nothing was empty.": "Nichts war leer.",
    "Kept, but this address has opted out of email, and a form cannot take that back.": (
        "Aufbewahrt, aber diese Adresse ist von E-Mails abgemeldet, und ein Formular kann das"
        " nicht zurücknehmen."
    ),
    "Not wanted any more.": "Nicht mehr gewünscht.",
    "Asked for a mail to {0}.": "Eine E-Mail an {0} wurde angefordert.",
    "Nobody is to be told any more.": "Niemand ist mehr zu benachrichtigen.",
    "filled by a form": "von einem Formular ausgefüllt",
}
