"""What stands in the way of FunnelVision, in German."""

MESSAGES = {
    "There is no such alert.": "Diese Benachrichtigung gibt es nicht.",
    "Enter a score from 1 to {0}.": "Geben Sie einen Score von 1 bis {0} ein.",
    "Choose an hour of the day.": "Wählen Sie eine Stunde des Tages.",
    "Your Sugar user is not known here yet.": "Ihr Benutzer in Sugar ist hier noch nicht bekannt.",
    "It comes with the next sync, within the hour. An admin can press Sync now.": (
        "Er kommt mit der nächsten Synchronisation, binnen einer Stunde. Ein Administrator "
        "kann „Jetzt synchronisieren“ drücken."
    ),
    "When Sugar was last read, your user was inactive or deleted there.": "Beim letzten Lesen war Ihr Benutzer in Sugar inaktiv oder gelöscht.",
    "If that has changed since, it is right again after the next sync, within the hour.": (
        "Hat sich das seitdem geändert, stimmt es nach der nächsten Synchronisation wieder, "
        "binnen einer Stunde."
    ),
    "Your Sugar user is one of a portal or a group.": "Ihr Benutzer in Sugar ist der eines Portals oder einer Gruppe.",
    "Funnel is for the people who work in Sugar. Sign in there as yourself.": (
        "Funnel ist für die Menschen, die in Sugar arbeiten. Melden Sie sich dort als Sie "
        "selbst an."
    ),
    "Sugar's word for who you are was not good, or is too old.": "Die Auskunft von Sugar, wer Sie sind, war nicht gültig oder ist zu alt.",
    "Reload the page in Sugar. If it stays so, ask an admin to enter the address and key of Funnel in Sugar again.": (
        "Laden Sie die Seite in Sugar neu. Bleibt es dabei, bitten Sie einen Administrator, "
        "Adresse und Schlüssel von Funnel in Sugar neu einzutragen."
    ),
    "Others keep changing the alerts.": "Andere ändern gerade die Benachrichtigungen.",
    "Others keep changing the same prospects.": "Andere ändern gerade dieselben Interessenten.",
    "There is no such email of yours.": "Diese E-Mail ist nicht von Ihnen.",
    "{{{0}}} would be read as it stands.": "{{{0}}} würde so gelesen, wie es dasteht.",
    "Merge fields are filled in when a template is picked. Write the word itself.": (
        "Platzhalter werden ausgefüllt, wenn eine Vorlage gewählt wird. Schreiben Sie das Wort "
        "selbst."
    ),
    "An admin can mend this in Funnel, under Mail settings.": "Ein Administrator kann das in Funnel unter „E-Mail-Einstellungen“ beheben.",
    "Mail to {0} does not arrive: it is marked as invalid.": "E-Mails an {0} kommen nicht an: Die Adresse ist als ungültig markiert.",
    "Ask for the right address, and enter it in Sugar.": "Fragen Sie nach der richtigen Adresse und tragen Sie sie in Sugar ein.",
    "Sugar knows no email address of yours.": "Sugar kennt keine E-Mail-Adresse von Ihnen.",
    "Enter it in your profile in Sugar. It is known here after the next sync, within the hour.": (
        "Tragen Sie sie in Sugar in Ihrem Profil ein. Nach der nächsten Synchronisation, "
        "binnen einer Stunde, ist sie hier bekannt."
    ),
    "No email address of this prospect is known.": "Von diesem Interessenten ist keine E-Mail-Adresse bekannt.",
    "Enter one in Sugar. It is known here after the next sync, within the hour.": (
        "Tragen Sie eine in Sugar ein. Nach der nächsten Synchronisation, binnen einer "
        "Stunde, ist sie hier bekannt."
    ),
    "Nobody here may write to it. It can be taken back in Sugar, if its owner asks for that.": (
        "Niemand hier darf an sie schreiben. In Sugar lässt sich das zurücknehmen, wenn ihr "
        "Inhaber darum bittet."
    ),
    "An alert to your address came back, so all were switched off.": (
        "Eine Benachrichtigung an Ihre Adresse kam zurück, darum wurden alle ausgeschaltet."
    ),
    "An alert was marked as spam, so all were switched off.": "Eine Benachrichtigung wurde als Spam gemeldet, darum wurden alle ausgeschaltet.",
    "Have an admin of Sugar mend your User there; it is right here after the next sync.": (
        "Lassen Sie einen Administrator von Sugar Ihren Benutzer dort berichtigen; nach der "
        "nächsten Synchronisation stimmt es hier."
    ),
    "An admin of Funnel can mend that under Settings, Mail settings.": "Ein Administrator von Funnel kann das unter „E-Mail-Einstellungen“ beheben.",
    "This Sales Template is not there any more.": "Diese Vertriebsvorlage gibt es nicht mehr.",
    "Your words are still here: copy them, and begin with another template.": (
        "Ihr Text ist noch hier: Kopieren Sie ihn, und beginnen Sie mit einer anderen Vorlage."
    ),
}
