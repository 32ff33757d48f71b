"""What stands in the way of mail, in German."""

MESSAGES = {
    "No mail would go out any more. Add its domain first, and wait until it is verified.": (
        "Es ginge keine E-Mail mehr hinaus. Fügen Sie zuerst die Domain hinzu und warten Sie, bis sie "
        "bestätigt ist."
    ),
    "At most {0} merge fields.": "Höchstens {0} Platzhalter.",
    "A merge field is not written as it should be.": "Ein Platzhalter ist nicht richtig geschrieben.",
    "Write it as {{first_name}} or {{first_name|there}}.": "Schreiben Sie ihn als {{first_name}} oder {{first_name|Guten Tag}}.",
    "There is no merge field “{0}”.": "Den Platzhalter „{0}“ gibt es nicht.",
    "Use one of: {0}.": "Verwenden Sie einen von diesen: {0}.",
    "This is no email address that mail can be sent to.": "Das ist keine E-Mail-Adresse, an die gesendet werden kann.",
    "This email address is too long.": "Diese E-Mail-Adresse ist zu lang.",
    "This is no domain, such as example.com.": "Das ist keine Domain wie example.com.",
    "Write this on one line, without control characters.": "Schreiben Sie das in eine Zeile, ohne Steuerzeichen.",
    "Enter 1 to {0} mails.": "Geben Sie 1 bis {0} E-Mails ein.",
    "Enter 1 to {0} days.": "Geben Sie 1 bis {0} Tage ein.",
    "With its text it takes {0} KB, and {1} KB is the most. Write less.": (
        "Mit ihrem Text braucht sie {0} KB; höchstens {1} KB sind möglich. Schreiben Sie weniger."
    ),
    "At most {0} links.": "Höchstens {0} Links.",
    "Others keep changing the mail settings.": "Andere ändern gerade die E-Mail-Einstellungen.",
    "There is no such domain.": "Diese Domain gibt es nicht.",
    "There is no such mail.": "Diese E-Mail gibt es nicht.",
    "It is clear by now what became of this mail.": "Inzwischen ist klar, was aus dieser E-Mail wurde.",
    "Nobody can tell whether it went out: the answer of the mail service was lost.": (
        "Niemand kann sagen, ob sie hinausging: Die Antwort des Maildienstes ging verloren."
    ),
    "No Note of it could be asked for in Sugar.": "In Sugar konnte dazu keine Notiz angefordert werden.",
    "The postal address is missing in the mail settings; every mail has to have one.": (
        "In den E-Mail-Einstellungen fehlt die Postanschrift; jede E-Mail muss eine haben."
    ),
    "The sender's address is missing in the mail settings.": "In den E-Mail-Einstellungen fehlt die Adresse des Absenders.",
    "The domain {0} is not among those that mail may be sent from.": "Die Domain {0} gehört nicht zu denen, von denen gesendet werden darf.",
    "The domain {0} is not verified yet: its DNS records are missing or not seen yet.": (
        "Die Domain {0} ist noch nicht bestätigt: Ihre DNS-Einträge fehlen oder wurden noch "
        "nicht gesehen."
    ),
    "Its broadcast was cancelled.": "Das Mailing wurde abgebrochen.",
    "Its campaign is paused.": "Die Kampagne ist angehalten.",
    "Its campaign has ended.": "Die Kampagne ist beendet.",
    "Its campaign was deleted.": "Die Kampagne wurde gelöscht.",
    "This person is in the campaign no more.": "Diese Person ist nicht mehr in der Kampagne.",
    "It waits for the hours of its campaign.": "Sie wartet auf die Sendezeiten ihrer Kampagne.",
    "Its broadcast is paused.": "Das Mailing ist angehalten.",
    "This person has no such address any more.": "Diese Person hat diese Adresse nicht mehr.",
    "This address has opted out of email.": "Diese Adresse ist von E-Mails abgemeldet.",
    "Mail to this address bounces: it is marked as invalid.": "E-Mails an diese Adresse kommen zurück: Sie ist als ungültig markiert.",
    "This person is on a Target List of Sugar whose members get no mail.": (
        "Diese Person ist auf einer Zielliste von Sugar, deren Mitglieder keine E-Mails erhalten."
    ),
    "In Sugar, this user is inactive or deleted.": "In Sugar ist dieser Benutzer inaktiv oder gelöscht.",
    "Your User in Sugar has no email address.": "Ihr Benutzer in Sugar hat keine E-Mail-Adresse.",
    "In Sugar, this user has another address by now.": "In Sugar hat dieser Benutzer inzwischen eine andere Adresse.",
    "The frequency cap: this person had as much marketing mail as anybody gets.": (
        "Die Häufigkeitsgrenze: Diese Person hat so viele Marketing-E-Mails erhalten, wie zulässig "
        "sind."
    ),
    "What it says is not here any more.": "Ihr Inhalt ist nicht mehr hier.",
    "It could not be made ready.": "Sie konnte nicht fertiggestellt werden.",
    "Mail goes out from {0}. Without it these stop: campaigns that run: {1}, broadcasts: {2}, forms that confirm addresses: {3}; emails of these: {4}.": (
        "Von {0} gehen E-Mails hinaus. Ohne sie steht still: laufende Kampagnen: {1}, Mailings: {2}, "
        "Formulare, die Adressen bestätigen lassen: {3}; E-Mails davon: {4}."
    ),
}
