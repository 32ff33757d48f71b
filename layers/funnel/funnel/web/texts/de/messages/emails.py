"""What stands in the way of emails, in German."""

MESSAGES = {
    "At most {0} KB of style sheet.": "Höchstens {0} KB Stylesheet.",
    "At most {0} rules in a style sheet.": "Höchstens {0} Regeln in einem Stylesheet.",
    "From {0} to {1} pixels.": "Von {0} bis {1} Pixel.",
    "Add a block that says something.": "Fügen Sie einen Block hinzu, der etwas sagt.",
    "At most {0} blocks.": "Höchstens {0} Blöcke.",
    "Enter where the button leads.": "Geben Sie ein, wohin der Knopf führt.",
    "This is no address of a picture.": "Das ist keine Adresse eines Bildes.",
    "Enter it whole, such as https://www.example.com/picture.png.": "Geben Sie sie vollständig ein, etwa https://www.example.com/bild.png.",
    "Enter a colour such as #0d6b64.": "Geben Sie eine Farbe ein, etwa #0d6b64.",
    "From 0 to {0} pixels.": "Von 0 bis {0} Pixel.",
    "At most {0} KB of HTML.": "Höchstens {0} KB HTML.",
    "There are no links to pages in this email.": "Diese E-Mail enthält keine Links zu Seiten.",
    "Links were checked {0} times within the hour.": "Links wurden in der letzten Stunde {0}-mal geprüft.",
    "Try again in an hour.": "Versuchen Sie es in einer Stunde erneut.",
    "There is no such check of links.": "Diese Prüfung von Links gibt es nicht.",
    "{0} changed this email while you were writing.": "{0~} hat diese E-Mail geändert, während Sie schrieben.",
    "“{0}” uses this email.": "„{0}“ verwendet diese E-Mail.",
    "Take it out there first, or archive the email: then it is offered nowhere any more.": (
        "Nehmen Sie sie dort zuerst heraus, oder archivieren Sie die E-Mail: Dann wird sie "
        "nirgends mehr angeboten."
    ),
    "There are {0} emails already, which is all there can be.": "Es gibt schon {0} E-Mails; mehr kann es nicht geben.",
    "Delete some that are not used any more.": "Löschen Sie einige, die nicht mehr verwendet werden.",
    "Choose who is to get it.": "Wählen Sie, wer sie erhalten soll.",
    "At most {0} at once.": "Höchstens {0} auf einmal.",
    "One of them is no active user with an email address any more.": "Einer davon ist kein aktiver Benutzer mit einer E-Mail-Adresse mehr.",
    "{0} test mails were sent within the hour.": "In der letzten Stunde wurden {0} Testmails gesendet.",
    "Write the heading, or remove this block.": "Schreiben Sie die Überschrift, oder entfernen Sie diesen Block.",
    "Write what the button says.": "Schreiben Sie, was auf dem Knopf steht.",
    "Enter the address of the picture, or remove this block.": "Geben Sie die Adresse des Bildes ein, oder entfernen Sie diesen Block.",
}
