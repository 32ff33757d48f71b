"""What stands in the way of connecting, in German."""

MESSAGES = {
    "There is no such job, or it is older than a week.": "Diesen Auftrag gibt es nicht, oder er ist älter als eine Woche.",
    "The address contains an “@”, as if a user name or password were in it.": "Die Adresse enthält ein „@“, als ob ein Benutzername oder Passwort darin stünde.",
    "Enter the address alone; user name and password have fields of their own.": "Geben Sie nur die Adresse ein; Benutzername und Passwort haben eigene Felder.",
    "This test was saved before, or it is over an hour old.": "Dieser Test wurde schon gespeichert, oder er ist über eine Stunde alt.",
    "Test the connection again.": "Testen Sie die Verbindung erneut.",
    "This test has not finished yet.": "Dieser Test ist noch nicht fertig.",
    "This connection did not pass its test, so it cannot be saved.": (
        "Diese Verbindung hat den Test nicht bestanden und kann darum nicht gespeichert werden."
    ),
    "Mend what the test names, then test again.": "Beheben Sie, was der Test nennt, und testen Sie dann erneut.",
    "The connection is being changed by others.": "Die Verbindung wird gerade von anderen geändert.",
    "Sync was paused by {0}.": "Die Synchronisation wurde von {0~} angehalten.",
    "Resume it on the page Connection.": "Setzen Sie sie auf der Seite „Verbindung“ fort.",
    "No Sugar is connected yet.": "Noch ist kein Sugar verbunden.",
    "Connect one on the page Connection.": "Verbinden Sie eines auf der Seite „Verbindung“.",
    "Sync is paused: Sugar refused the user name or password.": (
        "Die Synchronisation ist angehalten: Sugar hat Benutzernamen oder Passwort abgelehnt."
    ),
    "Enter the new password on the page Connection; sync then goes on.": (
        "Geben Sie das neue Passwort auf der Seite „Verbindung“ ein; die Synchronisation geht"
        " dann weiter."
    ),
    "Sugar does not answer, so it is left alone for a while; it is tried again after {0} UTC.": (
        "Sugar antwortet nicht und wird darum eine Weile in Ruhe gelassen; nach {0} UTC wird es"
        " erneut versucht."
    ),
    "Another worker is still signing in.": "Ein anderer Vorgang meldet sich gerade noch an.",
    "The password was changed meanwhile.": "Das Passwort wurde inzwischen geändert.",
    "Sugar has refused the password, so sync stays paused.": "Sugar hat das Passwort abgelehnt, darum bleibt die Synchronisation angehalten.",
    "Enter the password that is right now; sync then goes on by itself.": (
        "Geben Sie das Passwort ein, das jetzt stimmt; die Synchronisation geht dann von "
        "selbst weiter."
    ),
    "Quiet hours cannot end when they start.": "Eine Ruhezeit kann nicht zu der Zeit enden, zu der sie beginnt.",
    "Choose at least one module.": "Wählen Sie mindestens ein Modul.",
    "{0} have no field “{1}” in Sugar.": "{0~module} haben in Sugar kein Feld „{1}“.",
    "Use a name from the page Field mappings; if the field is new, read the fields there.": (
        "Verwenden Sie einen Namen von der Seite „Feldzuordnungen“; ist das Feld neu, lesen "
        "Sie dort die Felder."
    ),
    "At most {0} conditions a module.": "Höchstens {0} Bedingungen je Modul.",
    "Choose between {0} and {1} requests a second.": "Wählen Sie zwischen {0} und {1} Anfragen je Sekunde.",
    "At most {0} more addresses.": "Höchstens {0} weitere Adressen.",
    "“{0}” is not the name of a field in Sugar.": "„{0}“ ist kein Name eines Feldes in Sugar.",
    "Use the field's database name, such as lead_source or region_c.": (
        "Verwenden Sie den Namen des Feldes in der Datenbank, etwa lead_source oder region_c."
    ),
    "At most {0} values of {1} characters.": "Höchstens {0} Werte mit je {1} Zeichen.",
    "Only Leads and Contacts take a score.": "Nur Leads und Kontakte erhalten einen Score.",
    "At most {0} names of fields, such as {1}.": "Höchstens {0} Namen von Feldern, etwa {1}.",
    "“{0}” is not the address of a web page.": "„{0}“ ist keine Adresse einer Webseite.",
    "Enter addresses such as https://crm.example.com.": "Geben Sie Adressen ein wie https://crm.example.com.",
    "This was cut off before it came to an end.": "Das wurde abgebrochen, bevor es zu Ende war.",
    "The user may not read {0}.": "Der Benutzer darf {0~module} nicht lesen.",
    "The user may not write {0}.": "Der Benutzer darf {0~module} nicht schreiben.",
    "This endpoint cannot tell whether our user may write.": (
        "Dieser Zugang kann nicht sagen, ob unser Benutzer schreiben darf."
    ),
    "The user's role does not allow: {0}.": "Die Rolle des Benutzers erlaubt nicht: {0~}.",
    "The user's role does not allow to read it: List or View.": (
        "Die Rolle des Benutzers erlaubt nicht, es zu lesen: „Auflisten“ oder „Ansehen“."
    ),
    "The user's role does not allow to read it: List, View or Export.": (
        "Die Rolle des Benutzers erlaubt nicht, es zu lesen: „Auflisten“, „Ansehen“ oder „Exportieren“."
    ),
    "Sugar could not say: {0}": "Sugar konnte es nicht sagen: {0~}",
    "The connection to this Sugar is not encrypted: passwords and records can be read on the way.": (
        "Die Verbindung zu diesem Sugar ist nicht verschlüsselt: Passwörter und Datensätze lassen "
        "sich unterwegs mitlesen."
    ),
    "Funnel speaks this Sugar's REST by Sugar's documentation; it is unproven on a live Sugar.": (
        "Funnel spricht das REST dieses Sugar nach dessen Dokumentation; an einem echten Sugar ist "
        "es nicht erprobt."
    ),
    "Compare the numbers of records after the first sync.": (
        "Vergleichen Sie nach der ersten Synchronisation die Zahlen der Datensätze."
    ),
    "tell which people's email addresses changed, unless the record itself was changed": (
        "sagen, wessen E-Mail-Adresse sich geändert hat, wenn der Datensatz selbst nicht geändert wurde"
    ),
    "add Leads and Contacts to Target Lists": "Leads und Kontakte auf Ziellisten setzen",
    "tell for certain which Leads and Contacts are on a Target List": (
        "sicher sagen, welche Leads und Kontakte auf einer Zielliste stehen"
    ),
    "tell who opted out of email, or be told who unsubscribed here": (
        "sagen, wer sich von E-Mails abgemeldet hat, oder erfahren, wer sich hier abgemeldet hat"
    ),
    "tell what our user may write before it is tried": (
        "sagen, was unser Benutzer schreiben darf, bevor es versucht wird"
    ),
    "read ranges of a Target List: each is read whole, in one request": (
        "Teile einer Zielliste lesen: Jede wird ganz gelesen, in einer Anfrage"
    ),
    "{0}, which takes about {1}.": "{0~}; das dauert etwa {1~}.",
    "Say that they may be written.": "Geben Sie an, dass sie geschrieben werden dürfen.",
}
