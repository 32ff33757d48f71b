"""What stands in the way, in German, by what it says in English.

The texts of errors stand where these are raised, in English; `{0}` and so on are what they name there.
"""

MESSAGES = {
    "The databases cannot be read: {0}": "Die Datenbanken sind nicht lesbar: {0}",
    "Try again.": "Versuchen Sie es erneut.",
    "Look at it again.": "Sehen Sie es sich noch einmal an.",
    "Others keep changing the same enrolments.": "Andere ändern gerade dieselben Wege.",
    "This is no place in the list.": "Das ist keine Stelle in der Liste.",
    "The file could not be read to its end.": "Die Datei konnte nicht bis zum Ende gelesen werden.",
    "The files do not answer: {0}": "Der Dateispeicher antwortet nicht: {0}",
    "This file is not here any more; files are kept for seven days.": "Diese Datei ist nicht mehr hier; Dateien werden sieben Tage aufbewahrt.",
    "There are no credentials.": "Es gibt keine Zugangsdaten.",
    "Secrets Manager did not answer: {0}.": "Secrets Manager hat nicht geantwortet: {0}.",
    "Secrets Manager is busy: {0}.": "Secrets Manager ist überlastet: {0}.",
    "The mail service failed: {0}.": "Der Maildienst ist ausgefallen: {0}.",
    "The mail service waits: {0}.": "Der Maildienst wartet: {0~}.",
    "The mail service waits: it is asked too fast.": "Der Maildienst wartet: Er wird zu schnell gefragt.",
    "The mail service refuses us: {0}.": "Der Maildienst weist uns ab: {0}.",
    "This domain is set up for somebody else already.": "Diese Domain ist schon für jemand anderen eingerichtet.",
    "Ask whoever runs this Funnel to hand it over to you.": "Bitten Sie die Person, die dieses Funnel betreibt, sie Ihnen zu übergeben.",
    "An address or name in this mail cannot stand in a mail.": "Eine Adresse oder ein Name in dieser E-Mail ist in E-Mails nicht zulässig.",
    "The mail service was not reached.": "Der Maildienst wurde nicht erreicht.",
    "The mail service did not answer.": "Der Maildienst hat nicht geantwortet.",
    "The mail service did not say: {0}.": "Der Maildienst hat es nicht gesagt: {0}.",
    "The mail service does not answer.": "Der Maildienst antwortet nicht.",
    "The mail service did not add it: {0}.": "Der Maildienst hat sie nicht hinzugefügt: {0}.",
    "The queue did not take a message: {0}": "Die Warteschlange hat eine Nachricht nicht angenommen: {0}",
    "The password was entered for another address and is sent to no other.": (
        "Das Passwort wurde für eine andere Adresse eingegeben und wird an keine andere gesendet."
    ),
    "Enter the password again for this address.": "Geben Sie das Passwort für diese Adresse noch einmal ein.",
    "The address contains a space, a backslash or a control character.": "Die Adresse enthält ein Leerzeichen, einen Backslash oder ein Steuerzeichen.",
    "The address must begin with https:// or http://.": "Die Adresse muss mit https:// oder http:// beginnen.",
    "Port 0 cannot be connected to.": "Zu Port 0 lässt sich keine Verbindung herstellen.",
    "The address contains a user name or password.": "Die Adresse enthält einen Benutzernamen oder ein Passwort.",
    "Take it out of the address and enter it in the fields for it.": "Nehmen Sie das aus der Adresse heraus und geben Sie es in den Feldern dafür ein.",
    "“{0}” is a private or reserved network address.": "„{0}“ ist eine private oder reservierte Netzadresse.",
    "Enter an address that is reachable from the internet, or have the operator add this host to the deployment's allow-list.": (
        "Geben Sie eine Adresse ein, die vom Internet aus erreichbar ist, oder lassen Sie den"
        " Betreiber diesen Host freigeben."
    ),
    "This is not a web address.": "Das ist keine Webadresse.",
    "The address redirects in a circle.": "Die Adresse leitet im Kreis weiter.",
    "There is no Sugar at {0}.": "Unter {0} gibt es kein Sugar.",
    "Enter the address people use to sign in to Sugar.": "Geben Sie die Adresse ein, unter der sich Ihre Leute bei Sugar anmelden.",
    "The address is empty.": "Die Adresse ist leer.",
    "Enter the address of your Sugar.": "Geben Sie die Adresse Ihres Sugar ein.",
    "The connection to “{0}” failed.": "Die Verbindung zu „{0}“ ist fehlgeschlagen.",
    "“{0}” answered with HTTP {1} instead of data.": "„{0}“ hat mit HTTP {1} statt mit Daten geantwortet.",
    "“{0}” sent a reply that cannot be understood.": "„{0}“ hat eine unverständliche Antwort gesendet.",
    "“{0}” asks us to slow down (HTTP {1}).": "„{0}“ bittet uns, langsamer zu sein (HTTP {1}).",
    "“{0}” has a problem of its own (HTTP {1}).": "„{0}“ hat selbst ein Problem (HTTP {1}).",
    "The certificate of “{0}” cannot be trusted: {1}.": "Dem Zertifikat von „{0}“ ist nicht zu trauen: {1~}.",
    "“{0}” did not answer in time.": "„{0}“ hat nicht rechtzeitig geantwortet.",
    "No encrypted connection to “{0}” could be made.": "Zu „{0}“ ließ sich keine verschlüsselte Verbindung herstellen.",
    "“{0}” closed the connection without an answer.": "„{0}“ hat die Verbindung ohne Antwort geschlossen.",
    "“{0}” refuses the connection.": "„{0}“ verweigert die Verbindung.",
    "The reply of “{0}” was cut off.": "Die Antwort von „{0}“ wurde abgeschnitten.",
    "“{0}” does not answer in proper HTTP.": "„{0}“ antwortet nicht in gültigem HTTP.",
    "This way into Sugar cannot say who has an email address, so that nobody could be added without the risk of a double.": (
        "Dieser Zugang zu Sugar kann nicht sagen, wer eine E-Mail-Adresse hat; so ließe sich "
        "niemand hinzufügen, ohne einen doppelten Datensatz zu riskieren."
    ),
    "Connect a Sugar that serves service/v4_1 or REST.": "Verbinden Sie ein Sugar, das service/v4_1 oder REST bietet.",
    "This way into Sugar cannot put Leads and Contacts on Target Lists.": (
        "Über diesen Zugang zu Sugar lassen sich Leads und Kontakte nicht auf Ziellisten setzen."
    ),
    "There are more than {0} tasks or notes about {1} in Sugar.": "In Sugar gibt es mehr als {0} Aufgaben oder Notizen zu {1}.",
    "Look in Sugar whether it is there already.": "Sehen Sie in Sugar nach, ob es schon da ist.",
    "“{0}” redirects to {1}.": "„{0}“ leitet weiter zu {1~}.",
    "If that is your Sugar, enter that address.": "Wenn das Ihr Sugar ist, geben Sie diese Adresse ein.",
    "Sugar refuses the user name or password.": "Sugar weist Benutzernamen oder Passwort zurück.",
    "Check both by signing in to Sugar with them, then enter them here again.": (
        "Prüfen Sie beides, indem Sie sich damit bei Sugar anmelden, und geben Sie es dann "
        "hier noch einmal ein."
    ),
    "Sugar does not let our user do this.": "Sugar lässt unseren Benutzer das nicht tun.",
    "Give the user's role access to the module in Sugar, lists and export included.": (
        "Geben Sie der Rolle des Benutzers in Sugar Zugriff auf das Modul, auch zum Auflisten"
        " und Exportieren."
    ),
    "Switch the module on in Sugar, under Admin, Display Modules.": "Schalten Sie das Modul in Sugar ein, unter Administration, Module anzeigen.",
    "There is no server by the name “{0}”.": "Es gibt keinen Server mit dem Namen „{0}“.",
    "Check the address.": "Prüfen Sie die Adresse.",
    "The server's reply was cut off.": "Die Antwort des Servers wurde abgeschnitten.",
    "The server's compressed reply was cut off.": "Die komprimierte Antwort des Servers wurde abgeschnitten.",
    "The server's reply is larger than {0} MiB.": "Die Antwort des Servers ist größer als {0} MiB.",
    "Smaller pages help where a page is too large.": "Kleinere Seiten helfen, wo eine Seite zu groß ist.",
    "The server sent a reply encoded as “{0}”.": "Der Server hat eine Antwort in der Kodierung „{0}“ gesendet.",
    "The server sent an empty reply.": "Der Server hat eine leere Antwort gesendet.",
    "The server sent a web page instead of data.": "Der Server hat eine Webseite statt Daten gesendet.",
    "The reply contains bytes that are no text.": "Die Antwort enthält Bytes, die kein Text sind.",
    "The reply is nested too deeply.": "Die Antwort ist zu tief verschachtelt.",
    "The reply was cut off or is not well-formed JSON.": "Die Antwort wurde abgeschnitten oder ist kein gültiges JSON.",
    "What was entered contains a character that cannot be sent.": "Die Eingabe enthält ein Zeichen, das sich nicht senden lässt.",
    "The reply contains a control character that JSON does not allow.": "Die Antwort enthält ein Steuerzeichen, das JSON nicht erlaubt.",
    "Find the record with the invisible character in Sugar and type its text anew.": (
        "Suchen Sie in Sugar den Datensatz mit dem unsichtbaren Zeichen und geben Sie seinen Text "
        "neu ein."
    ),
    "This Sugar does not keep the ids it is given, so that a record could be made twice.": (
        "Dieses Sugar behält die vergebenen IDs nicht, sodass ein Datensatz doppelt entstehen "
        "könnte."
    ),
    "Connect it over SOAP.": "Verbinden Sie es über SOAP.",
    "Sugar does not say what time it is.": "Sugar sagt nicht, wie spät es ist.",
    "A page has at least one record.": "Eine Seite hat mindestens einen Datensatz.",
    "Sugar could not count the {0} of a window.": "Sugar konnte die {0~module} eines Zeitfensters nicht zählen.",
    "Sugar's metadata tell no currencies.": "Die Metadaten von Sugar nennen keine Währungen.",
    "Sugar tells no fields of {0}.": "Sugar nennt keine Felder von {0~module}.",
    "This Sugar's REST does not tell the ids of email addresses.": "Die REST-Schnittstelle dieses Sugar nennt die IDs von E-Mail-Adressen nicht.",
    "Set the flag in Sugar by hand.": "Setzen Sie das Kennzeichen in Sugar von Hand.",
    "A time without a time zone cannot be compared.": "Eine Zeit ohne Zeitzone lässt sich nicht vergleichen.",
    "The filter's field “{0}” does not exist.": "Das Feld „{0}“ des Filters gibt es nicht.",
    "Sugar computes “{0}” and cannot filter by it.": "Sugar berechnet „{0}“ und kann nicht danach filtern.",
    "Filter by another field.": "Filtern Sie nach einem anderen Feld.",
    "The filter on “{0}” has no value.": "Der Filter auf „{0}“ hat keinen Wert.",
    "Sugar does not find a record that is to be linked.": "Sugar findet einen Datensatz nicht, der verknüpft werden soll.",
    "Sugar's pages do not come to an end.": "Die Seiten von Sugar nehmen kein Ende.",
    "Sugar's answer has no list of records.": "Die Antwort von Sugar enthält keine Liste von Datensätzen.",
    "Sugar's answer to a batch of requests is not complete.": "Die Antwort von Sugar auf mehrere Anfragen ist unvollständig.",
    "This Sugar does not serve this version of its REST service any more.": "Dieses Sugar bietet diese Version seines REST-Dienstes nicht mehr.",
    "Test the connection again, so that the version it serves now is found.": "Testen Sie die Verbindung erneut, damit die jetzige Version gefunden wird.",
    "This Sugar does not know the API platform “{0}”.": "Dieses Sugar kennt die API-Plattform „{0}“ nicht.",
    "In Sugar, under Admin, Configure API Platforms, add the platform “{0}”; then test the connection again.": (
        "Fügen Sie in Sugar unter Administration, API-Plattformen konfigurieren die Plattform"
        " „{0}“ hinzu; testen Sie dann die Verbindung erneut."
    ),
    "The session with Sugar has ended.": "Die Sitzung bei Sugar ist beendet.",
    "This Sugar does not know what it was asked for.": "Dieses Sugar versteht die Anfrage nicht.",
    "Sugar's modules or fields were changed meanwhile.": "Die Module oder Felder von Sugar wurden inzwischen geändert.",
    "Sugar could not work on the request: “{0}”.": "Sugar konnte die Anfrage nicht bearbeiten: „{0}“.",
    "Sugar's service crashed while it worked on the request.": "Der Dienst von Sugar ist beim Bearbeiten der Anfrage abgestürzt.",
    "The reply contains a record without an id.": "Die Antwort enthält einen Datensatz ohne ID.",
    "A value in the reply is larger than {0} MiB.": "Ein Wert in der Antwort ist größer als {0} MiB.",
    "Shorten the text in Sugar.": "Kürzen Sie den Text in Sugar.",
    "Sugar does not say who we are.": "Sugar sagt nicht, wer wir sind.",
    "Sugar's answer to the sign-in has no token.": "Die Antwort von Sugar auf die Anmeldung enthält kein Token.",
    "Sugar does not find the Target List.": "Sugar findet die Zielliste nicht.",
    "A record is updated by its id.": "Ein Datensatz wird über seine ID geändert.",
    "Sugar's database could not carry the query out.": "Die Datenbank von Sugar konnte die Abfrage nicht ausführen.",
    "This Sugar's soap.php does not lead to the records of email addresses.": "Die soap.php dieses Sugar führt nicht zu den Datensätzen der E-Mail-Adressen.",
    "Set the flag in Sugar by hand, or connect a Sugar that serves service/v4_1.": (
        "Setzen Sie das Kennzeichen in Sugar von Hand, oder verbinden Sie ein Sugar, das "
        "service/v4_1 bietet."
    ),
    "The reply contains an address without an id.": "Die Antwort enthält eine Adresse ohne ID.",
    "{0} contains a character that cannot be sent.": "{0} enthält ein Zeichen, das sich nicht senden lässt.",
    "Sugar could not work on {0}: “{1}”.": "Sugar konnte {0} nicht bearbeiten: „{1}“.",
    "Sugar sends this user to a page instead of signing in.": "Sugar schickt diesen Benutzer auf eine Seite, statt ihn anzumelden.",
    "Sign in to Sugar once in the browser as this user and finish what it asks (set-up wizard, expired password), then enter the password here again.": (
        "Melden Sie sich einmal im Browser als dieser Benutzer bei Sugar an und erledigen "
        "Sie, was es verlangt (Einrichtungsassistent, abgelaufenes Passwort); geben Sie dann "
        "das Passwort hier noch einmal ein."
    ),
    "This Sugar does not know {0}.": "Dieses Sugar kennt {0} nicht.",
    "Sugar could not use the campaign data it was sent.": "Sugar konnte die gesendeten Daten der Kampagne nicht verwenden.",
    "Sugar's service crashed while it worked on {0}.": "Der Dienst von Sugar ist beim Bearbeiten von {0} abgestürzt.",
    "Sugar does not let our user change the links of {0}.": "Sugar lässt unseren Benutzer die Verknüpfungen von {0~module} nicht ändern.",
    "Give the user the right to edit Campaigns and Target Lists.": "Geben Sie dem Benutzer das Recht, Kampagnen und Ziellisten zu bearbeiten.",
    "The reply is no list of members.": "Die Antwort ist keine Liste von Mitgliedern.",
    "The reply announces {0} members and has {1}.": "Die Antwort kündigt {0} Mitglieder an und hat {1}.",
    "Sugar's answer to {0} cannot be understood.": "Die Antwort von Sugar auf {0} ist nicht zu verstehen.",
    "The reply was cut off or is not well-formed XML.": "Die Antwort wurde abgeschnitten oder ist kein gültiges XML.",
    "The reply is no answer to {0}.": "Die Antwort gehört nicht zu {0}.",
    "The reply contains a document type declaration; it was refused.": "Die Antwort enthält eine Dokumenttyp-Deklaration; sie wurde abgelehnt.",
    "The reply is in an encoding that Sugar does not use.": "Die Antwort hat eine Kodierung, die Sugar nicht verwendet.",
    "The server sent something else than a SOAP reply.": "Der Server hat etwas anderes als eine SOAP-Antwort gesendet.",
    "The reply contains a control character that XML does not allow.": "Die Antwort enthält ein Steuerzeichen, das XML nicht erlaubt.",
    "The reply contains bytes that are no text in its encoding.": "Die Antwort enthält Bytes, die in ihrer Kodierung kein Text sind.",
    "One record in the reply is larger than {0} MiB.": "Ein Datensatz in der Antwort ist größer als {0} MiB.",
    "Shorten the text of that record in Sugar.": "Kürzen Sie den Text dieses Datensatzes in Sugar.",
    "The reply is no list of records.": "Die Antwort ist keine Liste von Datensätzen.",
    "The reply announces {0} records and has {1}.": "Die Antwort kündigt {0} Datensätze an und hat {1}.",
    "The reply's links do not belong to its records.": "Die Verknüpfungen der Antwort gehören nicht zu ihren Datensätzen.",
    "A record in the reply has a field without a value.": "Ein Datensatz in der Antwort hat ein Feld ohne Wert.",
    "Sugar's answer to the sign-in has no session.": "Die Antwort von Sugar auf die Anmeldung enthält keine Sitzung.",
    "Sugar's answer to the sign-in does not say who we are.": "Die Antwort von Sugar auf die Anmeldung sagt nicht, wer wir sind.",
    "The {0} contains a backslash or a control character.": "{0} enthält einen Backslash oder ein Steuerzeichen.",
    "The reply contains a Target List without an id.": "Die Antwort enthält eine Zielliste ohne ID.",
    "Sugar does not cut its Target Lists by their ids.": "Sugar teilt seine Ziellisten nicht nach ihren IDs auf.",
    "The reply contains a member without an id.": "Die Antwort enthält ein Mitglied ohne ID.",
    "Nothing leads on from there.": "Von dort führt nichts weiter.",
    "There is no such step.": "Diesen Schritt gibt es nicht.",
    "There is no such test.": "Diesen Test gibt es nicht.",
    "Somebody may have removed it meanwhile.": "Vielleicht hat ihn inzwischen jemand entfernt.",
    "Other steps come after this one, and nothing comes after an end.": "Nach diesem kommen andere Schritte, und nach einem Ende kommt nichts.",
    "Remove what comes after it first, or connect this step to nothing.": (
        "Entfernen Sie zuerst, was danach kommt, oder verbinden Sie diesen Schritt mit nichts."
    ),
    "Other steps come after this place, and nothing comes after an end.": "Nach dieser Stelle kommen andere Schritte, und nach einem Ende kommt nichts.",
    "Put it where nothing comes after it.": "Setzen Sie es dorthin, wo danach nichts kommt.",
    "A branch cannot be moved, because of what hangs on it.": (
        "Eine Verzweigung lässt sich nicht verschieben, wegen der Schritte, die daran hängen."
    ),
    "Move what is around it.": "Verschieben Sie, was um sie herum ist.",
    "Choose a time zone, such as Europe/Berlin.": "Wählen Sie eine Zeitzone, etwa Europe/Berlin.",
    "At most {0} characters.": "Höchstens {0} Zeichen.",
    "The file has more than {0} MB.": "Die Datei hat mehr als {0} MB.",
    "Cut it in several files.": "Teilen Sie sie in mehrere Dateien.",
    "This is no CSV file.": "Das ist keine CSV-Datei.",
    "The file is empty.": "Die Datei ist leer.",
    "The file has more than {0} rows.": "Die Datei hat mehr als {0} Zeilen.",
    "At most {0} columns.": "Höchstens {0} Spalten.",
    "The file has one row only.": "Die Datei hat nur eine Zeile.",
    "Its first row has to name the columns.": "Die erste Zeile muss die Spalten benennen.",
    "Line {0} cannot be read: {1}.": "Zeile {0} ist nicht lesbar: {1~}.",
    "At most {0} KB of style sheet.": "Höchstens {0} KB Stylesheet.",
    "At most {0} rules in a style sheet.": "Höchstens {0} Regeln in einem Stylesheet.",
    "From {0} to {1} pixels.": "Von {0} bis {1} Pixel.",
    "Add a block that says something.": "Fügen Sie einen Block hinzu, der etwas sagt.",
    "At most {0} blocks.": "Höchstens {0} Blöcke.",
    "Enter where the button leads.": "Geben Sie ein, wohin der Knopf führt.",
    "This is no address of a picture.": "Das ist keine Adresse eines Bildes.",
    "Enter it whole, such as https://www.example.com/picture.png.": "Geben Sie sie vollständig ein, etwa https://www.example.com/bild.png.",
    "“{0}” is no address of a page.": "„{0}“ ist keine Adresse einer Seite.",
    "Enter it whole, such as https://www.example.com/prices.": "Geben Sie sie vollständig ein, etwa https://www.example.com/preise.",
    "Enter a colour such as #0d6b64.": "Geben Sie eine Farbe ein, etwa #0d6b64.",
    "From 0 to {0} pixels.": "Von 0 bis {0} Pixel.",
    "Enter a name, by which it is found again.": "Geben Sie einen Namen ein, unter dem sie wiedergefunden wird.",
    "Enter a subject.": "Geben Sie einen Betreff ein.",
    "Write something.": "Schreiben Sie etwas.",
    "At most {0} KB of HTML.": "Höchstens {0} KB HTML.",
    "At most {0} merge fields.": "Höchstens {0} Platzhalter.",
    "A merge field is not written as it should be.": "Ein Platzhalter ist nicht richtig geschrieben.",
    "Write it as {{first_name}} or {{first_name|there}}.": "Schreiben Sie ihn als {{first_name}} oder {{first_name|Guten Tag}}.",
    "There is no merge field “{0}”.": "Den Platzhalter „{0}“ gibt es nicht.",
    "Use one of: {0}.": "Verwenden Sie einen von diesen: {0}.",
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
    "There is no field “{0}”.": "Das Feld „{0}“ gibt es nicht.",
    "Choose one of the list.": "Wählen Sie eines aus der Liste.",
    "Enter a number such as 1250.50.": "Geben Sie eine Zahl ein, etwa 1250.50.",
    "Enter a web address such as https://example.com.": "Geben Sie eine Webadresse ein, etwa https://example.com.",
    "There are no lists by {0}.": "Es gibt keine Listen nach {0}.",
    "Choose among {0}.": "Wählen Sie aus {0}.",
    "Choose an email.": "Wählen Sie eine E-Mail.",
    "Choose at least one list or segment.": "Wählen Sie mindestens eine Liste oder ein Segment.",
    "At most a year ahead.": "Höchstens ein Jahr im Voraus.",
    "This time is over.": "Diese Zeit ist vorbei.",
    "There is no such language.": "Diese Sprache gibt es nicht.",
    "There is no such time zone.": "Diese Zeitzone gibt es nicht.",
    "Enter a time without a zone; the zone is chosen.": "Geben Sie eine Zeit ohne Zone ein; die Zone wird gewählt.",
    "The clocks skip this time on that day: it is when summer time begins.": "Diese Zeit überspringen die Uhren an dem Tag: Da beginnt die Sommerzeit.",
    "At most {0} lists.": "Höchstens {0} Listen.",
    "Enter a day and a time.": "Geben Sie Tag und Uhrzeit ein.",
    "This is no email address that mail can be sent to.": "Das ist keine E-Mail-Adresse, an die gesendet werden kann.",
    "This email address is too long.": "Diese E-Mail-Adresse ist zu lang.",
    "This is no domain, such as example.com.": "Das ist keine Domain wie example.com.",
    "Write this on one line, without control characters.": "Schreiben Sie das in eine Zeile, ohne Steuerzeichen.",
    "Enter 1 to {0} mails.": "Geben Sie 1 bis {0} E-Mails ein.",
    "Enter 1 to {0} days.": "Geben Sie 1 bis {0} Tage ein.",
    "Enter an email address such as ann@example.com.": "Geben Sie eine E-Mail-Adresse ein, etwa anna@example.com.",
    "This number is too large.": "Diese Zahl ist zu groß.",
    "Enter yes or no.": "Geben Sie Ja oder Nein ein.",
    "Enter a phone number; it has digits.": "Geben Sie eine Telefonnummer ein; sie hat Ziffern.",
    "Enter a whole number.": "Geben Sie eine ganze Zahl ein.",
    "Enter a date such as 2026-11-24.": "Geben Sie ein Datum ein, etwa 2026-11-24.",
    "Two columns go into “{0}”.": "Zwei Spalten gehen in „{0}“.",
    "Leave one of them out.": "Lassen Sie eine davon aus.",
    "No column has an address or a name.": "Keine Spalte hat eine Adresse oder einen Namen.",
    "Say which column is the email address.": "Geben Sie an, welche Spalte die E-Mail-Adresse ist.",
    "Sugar's field “{0}” does not take “{1}”.": "Das Feld „{0}“ in Sugar nimmt „{1}“ nicht an.",
    "Choose Lead or Contact.": "Wählen Sie Lead oder Kontakt.",
    "Enter what the task is about.": "Geben Sie ein, worum es bei der Aufgabe geht.",
    "A subject has at most {0} characters.": "Ein Betreff hat höchstens {0} Zeichen.",
    "Choose what people do.": "Wählen Sie, was Personen tun.",
    "Give the rule a name.": "Geben Sie der Regel einen Namen.",
    "A name has at most {0} characters.": "Ein Name hat höchstens {0} Zeichen.",
    "Points are from -{0} to {1}, and not 0.": "Punkte gehen von -{0} bis {1} und sind nicht 0.",
    "It counts at most {0} times; 0 is any number of times.": "Es zählt höchstens {0}-mal; 0 ist beliebig oft.",
    "Points last {0} days at most; 0 is for ever.": "Punkte gelten höchstens {0} Tage; 0 ist für immer.",
    "There is no {0} where the rule is for a {1}.": "„{0~}“ passt nicht zu dieser Regel: {1~scoring.kind}.",
    "At most {0} stars.": "Höchstens {0} Sternchen.",
    "This is no page.": "Das ist keine Seite.",
    "Enter a path such as /pricing*, or host and path such as shop.example.com/*.": (
        "Geben Sie einen Pfad ein, etwa /preise*, oder Host und Pfad, etwa shop.example.com/*."
    ),
    "There is no such condition.": "Diese Bedingung gibt es nicht.",
    "The values are a list of texts.": "Die Werte sind eine Liste von Texten.",
    "Choose of: {0}.": "Wählen Sie davon: {0}.",
    "Tick a value.": "Kreuzen Sie einen Wert an.",
    "Enter a value.": "Geben Sie einen Wert ein.",
    "There is no such behaviour.": "Dieses Verhalten gibt es nicht.",
    "Enter a whole number from {0} to {1}.": "Geben Sie eine ganze Zahl von {0} bis {1} ein.",
    "A rule is made of groups and conditions.": "Eine Regel besteht aus Gruppen und Bedingungen.",
    "Groups go {0} deep at most.": "Gruppen gehen höchstens {0} Ebenen tief.",
    "The parts of a group are a list.": "Die Teile einer Gruppe sind eine Liste.",
    "Give `parts`; `[]` is everybody.": "Geben Sie `parts` an; `[]` sind alle.",
    "This is neither a condition nor a group.": "Das ist weder eine Bedingung noch eine Gruppe.",
    "A condition says its `test`: field, list or behaviour. A group has `parts`.": (
        "Eine Bedingung nennt ihren `test`: field, list oder behaviour. Eine Gruppe hat `parts`."
    ),
    "A rule has at most {0} conditions.": "Eine Regel hat höchstens {0} Bedingungen.",
    "Choose a field.": "Wählen Sie ein Feld.",
    "“{0}” cannot be asked whether it {1}.": "„{0~}“ lässt sich nicht so prüfen: {1~}.",
    "There is no “{0}” here.": "„{0}“ gibt es hier nicht.",
    "Use only: {0}.": "Verwenden Sie nur: {0}.",
    "Choose a list.": "Wählen Sie eine Liste.",
    "{0} is too large: all that its rules ask for comes to more than {1} KB.": "{0~} ist zu groß: Alles, wonach die Regeln fragen, kommt auf mehr als {1} KB.",
    "“records” has to be a list.": "„records“ muss eine Liste sein.",
    "At most {0} records can be named at once.": "Höchstens {0} Datensätze können auf einmal genannt werden.",
    "An object is wanted here.": "Hier wird ein Objekt erwartet.",
    "There is no such module here; known are {0}.": "Dieses Modul gibt es hier nicht; bekannt sind {0}.",
    "This is no id of a record.": "Das ist keine ID eines Datensatzes.",
    "The event is one of {0}.": "Das Ereignis ist eines von {0}.",
    "This is no name of a browser.": "Das ist kein Name eines Browsers.",
    "“hits” has to be a list with something in it.": "„hits“ muss eine Liste sein, die nicht leer ist.",
    "At most {0} hits at once.": "Höchstens {0} Aufrufe auf einmal.",
    "This is no id of a hit.": "Das ist keine ID eines Aufrufs.",
    "The kind is one of {0}.": "Die Art ist eine von {0}.",
    "This was not done in the last 24 hours.": "Das geschah nicht in den letzten 24 Stunden.",
    "This is no address of a page.": "Das ist keine Adresse einer Seite.",
    "{0} is none of this site's domains.": "{0} gehört nicht zu den Domains dieser Website.",
    "Milliseconds since 1970 are wanted here.": "Hier werden Millisekunden seit 1970 erwartet.",
    "“{0}” is not a domain.": "„{0}“ ist keine Domain.",
    "Such as example.com.": "Etwa example.com.",
    "Give the site a name.": "Geben Sie der Website einen Namen.",
    "Name at least one domain.": "Nennen Sie mindestens eine Domain.",
    "At most {0} domains.": "Höchstens {0} Domains.",
    "Choose between 1 and {0} hits a day.": "Wählen Sie zwischen 1 und {0} Aufrufen am Tag.",
    "There is no such alert.": "Diese Benachrichtigung gibt es nicht.",
    "Enter a score from 1 to {0}.": "Geben Sie einen Score von 1 bis {0} ein.",
    "Choose an hour of the day.": "Wählen Sie eine Stunde des Tages.",
    "{0} is not here any more.": "{0~} ist nicht mehr hier.",
    "The {0} “{1}” is not in use any more.": "Nicht mehr in Gebrauch: {0~} „{1}“.",
    "The list “{0}” is empty: there are no lists by {1} any more.": "Die Liste „{0}“ ist leer: Listen nach „{1~}“ gibt es nicht mehr.",
    "An admin can switch lists by {0} on again, under Setup. Or copy the broadcast, and choose other lists there.": (
        "Ein Administrator kann Listen nach „{0~}“ in den Einstellungen wieder einschalten. Oder"
        " kopieren Sie das Mailing und wählen Sie dort andere Listen."
    ),
    "The email of this broadcast is not here any more.": "Die E-Mail dieses Mailings ist nicht mehr hier.",
    "There is no such broadcast.": "Dieses Mailing gibt es nicht.",
    "Others keep changing the same broadcast.": "Andere ändern gerade dasselbe Mailing.",
    "The time it was to be sent at is over.": "Die Zeit, zu der es gesendet werden sollte, ist vorbei.",
    "Choose another time, or send it at once.": "Wählen Sie eine andere Zeit, oder senden Sie es sofort.",
    "There is no such email.": "Diese E-Mail gibt es nicht.",
    "Choose another.": "Wählen Sie eine andere.",
    "Nobody is on these lists any more.": "Niemand ist mehr auf diesen Listen.",
    "This broadcast is no draft any more.": "Dieses Mailing ist kein Entwurf mehr.",
    "Copy it to send something like it once more.": "Kopieren Sie es, um so etwas noch einmal zu senden.",
    "{0} changed this broadcast meanwhile.": "{0~} hat dieses Mailing inzwischen geändert.",
    "This broadcast is {0}: it cannot be {1}.": "Dieses Mailing hat den Status „{0~broadcast.state}“; das ist nicht mehr möglich: {1~}.",
    "Wait until it is known who is on it, and count again.": "Warten Sie, bis bekannt ist, wer darauf ist, und zählen Sie erneut.",
    "Who gets this is to be counted first.": "Zuerst ist zu zählen, wer sie erhält.",
    "Count again, and wait for it.": "Zählen Sie erneut, und warten Sie darauf.",
    "Nobody would get this.": "Niemand würde sie erhalten.",
    "Choose other lists, or look why people are left out.": (
        "Wählen Sie andere Listen, oder sehen Sie nach, warum Personen ausgelassen werden."
    ),
    "It was counted again meanwhile: {0} people would get it.": "Inzwischen wurde erneut gezählt: {0} Personen würden sie erhalten.",
    "Look at it again, and send it if that is right.": "Sehen Sie es sich noch einmal an, und senden Sie es, wenn das stimmt.",
    "An admin mends it in Setup, under Mail.": "Ein Administrator behebt es unter „E-Mail-Einstellungen“.",
    "The email is not here any more.": "Die E-Mail ist nicht mehr hier.",
    "One of these lists is not here.": "Eine dieser Listen ist nicht hier.",
    "There is no such state to show.": "Diesen Status gibt es nicht.",
    "There are {0} campaigns already, which is all there can be.": "Es gibt schon {0} Kampagnen; mehr kann es nicht geben.",
    "Delete some that have ended.": "Löschen Sie einige, die beendet sind.",
    "There is no such campaign.": "Diese Kampagne gibt es nicht.",
    "This campaign has ended.": "Diese Kampagne ist beendet.",
    "Make another one.": "Legen Sie eine andere an.",
    "What brings people in cannot be changed any more.": "Was Personen hineinbringt, lässt sich nicht mehr ändern.",
    "End this campaign and make another one.": "Beenden Sie diese Kampagne und legen Sie eine andere an.",
    "This campaign was started already.": "Diese Kampagne wurde schon gestartet.",
    "This campaign does not run.": "Diese Kampagne läuft nicht.",
    "This campaign is not paused.": "Diese Kampagne ist nicht angehalten.",
    "This campaign was not started, or has ended.": "Diese Kampagne wurde nicht gestartet oder ist beendet.",
    "This campaign has not ended.": "Diese Kampagne ist nicht beendet.",
    "End it first.": "Beenden Sie sie zuerst.",
    "A name has 1 to {0} characters.": "Ein Name hat 1 bis {0} Zeichen.",
    "A campaign has at most {0} steps.": "Eine Kampagne hat höchstens {0} Schritte.",
    "{0} changed this campaign meanwhile.": "{0~} hat diese Kampagne inzwischen geändert.",
    "A step's id has 1 to 40 letters and digits.": "Die ID eines Schrittes hat 1 bis 40 Buchstaben und Ziffern.",
    "Others keep letting in the same people.": "Andere lassen gerade dieselben Personen hinein.",
    "Somebody else changed this at the same moment.": "Jemand anderes hat das im selben Moment geändert.",
    "There is no such person.": "Diese Person gibt es nicht.",
    "Start it, or let it go on, first.": "Starten Sie sie zuerst, oder setzen Sie sie fort.",
    "Nobody walks here under this id.": "Unter dieser ID geht hier niemand.",
    "At most {0} letters.": "Höchstens {0} Buchstaben.",
    "Nobody can wait for less than no time.": "Eine Wartezeit kann nicht negativ sein.",
    "Weekdays are 0 for Monday to 6 for Sunday.": "Wochentage sind 0 für Montag bis 6 für Sonntag.",
    "Say how long to wait, or until when.": "Geben Sie an, wie lange zu warten ist, oder bis wann.",
    "Such as 3 days.": "Etwa 3 Tage.",
    "Choose one user of Sugar.": "Wählen Sie einen Benutzer von Sugar.",
    "Choose two users of Sugar or more.": "Wählen Sie zwei Benutzer von Sugar oder mehr.",
    "A task is due on the same day or later.": "Eine Aufgabe ist am selben Tag oder später fällig.",
    "There is no such kind of task.": "Diese Art von Aufgabe gibt es nicht.",
    "Choose what is to be done.": "Wählen Sie, was zu tun ist.",
    "Nobody stands there in this state.": "Niemand steht dort in diesem Status.",
    "A list that it asks for is not here any more.": "Eine Liste, nach der er fragt, ist nicht mehr hier.",
    "Change the step.": "Ändern Sie den Schritt.",
    "Take it back into use, or change the step.": "Nehmen Sie sie wieder in Gebrauch, oder ändern Sie den Schritt.",
    "The email is not there any more.": "Die E-Mail ist nicht mehr da.",
    "This campaign is not synced with Sugar.": "Diese Kampagne wird nicht mit Sugar synchronisiert.",
    "Nothing of this campaign was deleted in Sugar.": "Nichts von dieser Kampagne wurde in Sugar gelöscht.",
    "Others keep changing one campaign.": "Andere ändern gerade eine Kampagne.",
    "There is no such page.": "Diese Seite gibt es nicht.",
    "Choose a step that does something in Sugar.": "Wählen Sie einen Schritt, der etwas in Sugar tut.",
    "Choose an owner or a lead source that those who are in Sugar are to get.": (
        "Wählen Sie einen Besitzer oder eine Lead-Quelle, die alle erhalten sollen, die in "
        "Sugar sind."
    ),
    "Choose whose people are to be.": "Wählen Sie, wem Personen zugewiesen werden.",
    "A task is due within 0 to {0} days.": "Eine Aufgabe ist binnen 0 bis {0} Tagen fällig.",
    "The subject of a task has no merge fields.": "Der Betreff einer Aufgabe hat keine Platzhalter.",
    "Write it without {{ and }}: the task stands at the person's own record in Sugar.": (
        "Schreiben Sie ihn ohne {{ und }}: Die Aufgabe steht in Sugar bei dem Datensatz der Person."
    ),
    "Choose {0} users at most, each once.": "Wählen Sie höchstens {0} Benutzer, jeden einmal.",
    "No users are chosen where each keeps its own.": "Benutzer werden nicht gewählt, wo jede ihren behält.",
    "There is no such look, or it is too old.": "Das gibt es nicht, oder es ist zu alt.",
    "Others keep changing the same company.": "Andere ändern gerade dasselbe Unternehmen.",
    "There is no such company.": "Dieses Unternehmen gibt es nicht.",
    "Choose what it is.": "Wählen Sie, was es ist.",
    "There is no such company, or nobody was there for 30 days.": "Dieses Unternehmen gibt es nicht, oder 30 Tage lang war niemand da.",
    "There is no such job, or it is older than a week.": "Diesen Auftrag gibt es nicht, oder er ist älter als eine Woche.",
    "This is longer than {0} characters.": "Das ist länger als {0} Zeichen.",
    "The address contains an “@”, as if a user name or password were in it.": "Die Adresse enthält ein „@“, als ob ein Benutzername oder Passwort darin stünde.",
    "Enter the address alone; user name and password have fields of their own.": "Geben Sie nur die Adresse ein; Benutzername und Passwort haben eigene Felder.",
    "This test was saved before, or it is over an hour old.": "Dieser Test wurde schon gespeichert, oder er ist über eine Stunde alt.",
    "Test the connection again.": "Testen Sie die Verbindung erneut.",
    "This test has not finished yet.": "Dieser Test ist noch nicht fertig.",
    "Wait for its result.": "Warten Sie auf das Ergebnis.",
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
    "Sugar did not answer {0} times in a row; it is tried again after {1} UTC.": (
        "Sugar hat {0}-mal nacheinander nicht geantwortet; nach {1} UTC wird es erneut versucht."
    ),
    "This door does not reach Sugar.": "Von hier wird Sugar nicht erreicht.",
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
    "Others are changing this address just now.": "Andere ändern diese Adresse gerade.",
    "Say why this opt-out is taken back.": "Geben Sie an, warum diese Abmeldung zurückgenommen wird.",
    "Enter the reason, such as how the person asked for it.": "Geben Sie den Grund ein, etwa wie die Person darum gebeten hat.",
    "This Sugar can be told by Funnel, and tells what it holds: nobody has to say so for it.": (
        "Diesem Sugar kann Funnel es mitteilen, und es sagt, was es enthält: Niemand muss es "
        "dafür angeben."
    ),
    "Set it in Sugar; the next sync sees it.": "Setzen Sie es in Sugar; die nächste Synchronisation sieht es.",
    "This person has no such address.": "Diese Person hat diese Adresse nicht.",
    "The reader keeps changing their mind.": "Der Leser ändert seine Meinung fortwährend.",
    "Others keep changing the same mail.": "Andere ändern gerade dieselbe E-Mail.",
    "There are no links to pages in this email.": "Diese E-Mail enthält keine Links zu Seiten.",
    "Links were checked {0} times within the hour.": "Links wurden in der letzten Stunde {0}-mal geprüft.",
    "Try again in an hour.": "Versuchen Sie es in einer Stunde erneut.",
    "There is no such check of links.": "Diese Prüfung von Links gibt es nicht.",
    "{0} changed this email while you were writing.": "{0~} hat diese E-Mail geändert, während Sie schrieben.",
    "Look at theirs in another tab. Saving once more puts yours in its place.": (
        "Sehen Sie sich die andere Fassung in einem neuen Tab an. Wenn Sie noch einmal "
        "speichern, ersetzt Ihre sie."
    ),
    "“{0}” uses this email.": "„{0}“ verwendet diese E-Mail.",
    "Take it out there first, or archive the email: then it is offered nowhere any more.": (
        "Nehmen Sie sie dort zuerst heraus, oder archivieren Sie die E-Mail: Dann wird sie "
        "nirgends mehr angeboten."
    ),
    "There are {0} emails already, which is all there can be.": "Es gibt schon {0} E-Mails; mehr kann es nicht geben.",
    "Delete some that are not used any more.": "Löschen Sie einige, die nicht mehr verwendet werden.",
    "A key is needed, so that it is sent once.": "Ein Schlüssel ist nötig, damit es einmal gesendet wird.",
    "Choose who is to get it.": "Wählen Sie, wer sie erhalten soll.",
    "At most {0} at once.": "Höchstens {0} auf einmal.",
    "One of them is no active user with an email address any more.": "Einer davon ist kein aktiver Benutzer mit einer E-Mail-Adresse mehr.",
    "{0} test mails were sent within the hour.": "In der letzten Stunde wurden {0} Testmails gesendet.",
    "Sugar is left alone for the moment.": "Sugar wird gerade in Ruhe gelassen.",
    "This record is no longer in the error report.": "Dieser Datensatz steht nicht mehr im Fehlerbericht.",
    "Nothing goes back to this record any more.": "Nichts geht mehr auf diesen Datensatz zurück.",
    "Others keep changing what became of this form.": "Andere ändern gerade, was aus diesem Formular wurde.",
    "This link is good no more, or is none of ours.": "Dieser Link gilt nicht mehr, oder er ist keiner von uns.",
    "Send the form again, and use the link of the newest email.": "Senden Sie das Formular erneut, und verwenden Sie den Link der neuesten E-Mail.",
    "Others keep changing this person.": "Andere ändern gerade diese Person.",
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
    "Choose somebody to put on the list.": "Wählen Sie jemanden für die Liste.",
    "At most {0} people at once.": "Höchstens {0} Personen auf einmal.",
    "This list is retired.": "Diese Liste ist stillgelegt.",
    "Take it back into use first.": "Nehmen Sie sie zuerst wieder in Gebrauch.",
    "This {0} is used by {1}.": "Wird noch verwendet ({0~}), und zwar von {1}.",
    "Change what uses it first.": "Ändern Sie zuerst, was sie verwendet.",
    "There is no such list that people are put on by hand.": "Diese von Hand geführte Liste gibt es nicht.",
    "Give the list a name.": "Geben Sie der Liste einen Namen.",
    "Others kept changing the lists of {0} people.": "Andere haben die Listen von {0} Personen geändert.",
    "Others kept changing the same list.": "Andere haben dieselbe Liste geändert.",
    "Several are called so: {0}.": "Mehrere heißen so: {0}.",
    "Enter the whole name.": "Geben Sie den ganzen Namen ein.",
    "None has a name that begins with “{0}”.": "Keine hat einen Namen, der mit „{0}“ beginnt.",
    "Look at its name in Lists.": "Sehen Sie unter „Listen“ nach ihrem Namen.",
    "Others kept changing the Contacts of {0} Opportunities.": "Andere haben die Kontakte von {0} Verkaufschancen geändert.",
    "There is no such list.": "Diese Liste gibt es nicht.",
    "This link is of no mail of ours, or of one that is too old.": "Dieser Link gehört zu keiner E-Mail von uns oder zu einer, die zu alt ist.",
    "There is no such link in this mail.": "Diesen Link gibt es in dieser E-Mail nicht.",
    "With its text it takes {0} KB, and {1} KB is the most. Write less.": (
        "Mit ihrem Text braucht sie {0} KB; höchstens {1} KB sind möglich. Schreiben Sie weniger."
    ),
    "At most {0} links.": "Höchstens {0} Links.",
    "Others keep changing the mail settings.": "Andere ändern gerade die E-Mail-Einstellungen.",
    "There is no such domain.": "Diese Domain gibt es nicht.",
    "There is no such mail.": "Diese E-Mail gibt es nicht.",
    "It is clear by now what became of this mail.": "Inzwischen ist klar, was aus dieser E-Mail wurde.",
    "This field is used by {0}{1}.": "Dieses Feld wird noch verwendet: {0~}{1~}.",
    "Only Accounts, Contacts and Leads are mapped.": "Nur Firmen, Kontakte und Leads werden zugeordnet.",
    "Give the field a name.": "Geben Sie dem Feld einen Namen.",
    "A name needs a letter or digit from a to z.": "Ein Name braucht einen Buchstaben oder eine Ziffer von a bis z.",
    "There is a field “{0}” already; it holds {1}.": "Es gibt schon ein Feld „{0~}“ dieser Art: {1~type}.",
    "Choose another name.": "Wählen Sie einen anderen Namen.",
    "There are {0} fields already.": "Es gibt schon {0} Felder.",
    "A field of {0} goes into this one.": "Ein Feld von {0~module} geht in dieses.",
    "Take it out of the mapping first.": "Nehmen Sie es zuerst aus der Zuordnung.",
    "Others are changing this person.": "Andere ändern diese Person.",
    "The address of this person comes from Sugar.": "Die Adresse dieser Person kommt aus Sugar.",
    "Change it there.": "Ändern Sie sie dort.",
    "Enter a name or an email address.": "Geben Sie einen Namen oder eine E-Mail-Adresse ein.",
    "{0} has this address already.": "{0~} hat diese Adresse schon.",
    "Open that person, or use another address.": "Öffnen Sie diese Person, oder verwenden Sie eine andere Adresse.",
    "There is no such person, or it was merged into another.": "Diese Person gibt es nicht, oder sie wurde mit einer anderen zusammengeführt.",
    "Others are changing who has this address.": "Andere ändern gerade, wer diese Adresse hat.",
    "Who had this address was erased on request.": "Wer diese Adresse hatte, wurde auf Verlangen gelöscht.",
    "Only if the person asked for it, say so and save again.": (
        "Nur wenn die Person darum gebeten hat, geben Sie das an und speichern Sie erneut."
    ),
    "Who had this address was erased since this was given.": "Wer diese Adresse hatte, wurde gelöscht, seit das angegeben wurde.",
    "Begin anew to add them.": "Beginnen Sie neu, um sie hinzuzufügen.",
    "Who was made by this was erased on request.": "Wer dadurch angelegt wurde, wurde auf Verlangen gelöscht.",
    "Type: {0}": "Geben Sie ein: {0}",
    "Others keep changing the records of this person.": "Andere ändern gerade die Datensätze dieser Person.",
    "Others keep changing these people.": "Andere ändern gerade diese Personen.",
    "There is no such job, or no longer: jobs are kept for a week.": (
        "Diesen Auftrag gibt es nicht oder nicht mehr: Aufträge werden eine Woche aufbewahrt."
    ),
    "They are not counted yet.": "Sie sind noch nicht gezählt.",
    "Wait until they are.": "Warten Sie, bis sie es sind.",
    "Nobody was found.": "Niemand wurde gefunden.",
    "Search for others.": "Suchen Sie nach anderen.",
    "Try again in a minute.": "Versuchen Sie es in einer Minute erneut.",
    "This is the person's only record: there is nothing to set it apart from.": (
        "Das ist der einzige Datensatz der Person: Es gibt nichts, wovon er abzutrennen wäre."
    ),
    "There is no such link to Sugar.": "Diese Verknüpfung mit Sugar gibt es nicht.",
    "This record belongs to another person by now.": "Dieser Datensatz gehört inzwischen zu einer anderen Person.",
    "Open that person and look again.": "Öffnen Sie diese Person und sehen Sie noch einmal nach.",
    "Its address has as many records as one person can have ({0}).": "Seine Adresse hat so viele Datensätze, wie eine Person haben kann ({0}).",
    "Give it, or others, an address of their own in Sugar.": "Geben Sie ihm oder anderen in Sugar eine eigene Adresse.",
    "This record is not here: {0} {1}.": "Dieser Datensatz ist nicht hier: {0~one} {1}.",
    "This person has no such link to Sugar.": "Diese Person hat diese Verknüpfung mit Sugar nicht.",
    "This person was erased on request{0}. Nothing is kept.": "Diese Person wurde auf Verlangen gelöscht{0~}. Nichts wird aufbewahrt.",
    "A search puts {0} people on a list at most.": "Eine Suche setzt höchstens {0} Personen auf eine Liste.",
    "Narrow it down, by owner or score for instance, and put the rest on after it.": (
        "Schränken Sie sie ein, etwa nach Besitzer oder Score, und setzen Sie die Übrigen danach "
        "auf die Liste."
    ),
    "Others kept changing what Sugar is to be told of the same people.": "Andere haben geändert, was Sugar über dieselben Personen mitzuteilen ist.",
    "{0}, which takes about {1}.": "{0~}; das dauert etwa {1~}.",
    "Say that they may be written.": "Geben Sie an, dass sie geschrieben werden dürfen.",
    "There is no such preview, or it is older than an hour.": "Diese Vorschau gibt es nicht, oder sie ist älter als eine Stunde.",
    "Others kept changing the consent of one address.": "Andere haben die Einwilligung einer Adresse geändert.",
    "Another worker is writing to this Sugar.": "Ein anderer Vorgang schreibt gerade in dieses Sugar.",
    "Others kept changing the same person.": "Andere haben dieselbe Person geändert.",
    "Others kept changing one push.": "Andere haben dieselbe Übertragung geändert.",
    "Sugar answered as if all were well, but has no such record of {0}.": "Sugar antwortete, als sei alles gut, hat aber keinen solchen Datensatz von {0~module}.",
    "Look in Sugar for a workflow or logic hook that keeps it from being saved.": (
        "Suchen Sie in Sugar nach einem Workflow oder Logic Hook, der das Speichern verhindert."
    ),
    "This person is not in Sugar.": "Diese Person ist nicht in Sugar.",
    "Add the person to Sugar first.": "Fügen Sie die Person zuerst zu Sugar hinzu.",
    "A key has 1 to {0} characters.": "Ein Schlüssel hat 1 bis {0} Zeichen.",
    "This key was used for somebody else.": "Dieser Schlüssel wurde für jemand anderen verwendet.",
    "Choose an active user of Sugar.": "Wählen Sie einen aktiven Benutzer von Sugar.",
    "{0} is not active in Sugar. Choose another.": "{0} ist in Sugar nicht aktiv. Wählen Sie einen anderen.",
    "Choose one of Sugar's lead sources.": "Wählen Sie eine der Lead-Quellen von Sugar.",
    "There is no such push, or it is older than 13 months.": "Diese Übertragung gibt es nicht, oder sie ist älter als 13 Monate.",
    "There is no such overlay.": "Dieses Overlay gibt es nicht.",
    "It may have been deleted meanwhile.": "Vielleicht wurde es inzwischen gelöscht.",
    "Points are from -{0} to {1}.": "Punkte gehen von -{0} bis {1}.",
    "Give points, or rules that do.": "Geben Sie Punkte an oder Regeln, die welche geben.",
    "All overlays together have {0} rules at most.": "Alle Overlays zusammen haben höchstens {0} Regeln.",
    "Choose another segment.": "Wählen Sie ein anderes Segment.",
    "There are {0} overlays already, which is all.": "Es gibt schon {0} Overlays; mehr kann es nicht geben.",
    "There is no such rule.": "Diese Regel gibt es nicht.",
    "There are {0} rules already, which is all there can be.": "Es gibt schon {0} Regeln; mehr kann es nicht geben.",
    "Others kept changing the scores of {0} people.": "Andere haben die Scores von {0} Personen geändert.",
    "Somebody changed this segment while you were at it.": "Jemand hat dieses Segment geändert, während Sie daran arbeiteten.",
    "All segments together ask for {0} different behaviours at most.": "Alle Segmente zusammen fragen nach höchstens {0} verschiedenen Verhaltensweisen.",
    "Use one that another segment asks for too, or delete segments that nobody needs.": (
        "Verwenden Sie eine, nach der auch ein anderes Segment fragt, oder löschen Sie "
        "Segmente, die niemand braucht."
    ),
    "Delete its overlay first.": "Löschen Sie zuerst sein Overlay.",
    "Whoever comes into this segment by another rule comes into the campaign {0}.": "Wer durch eine andere Regel in dieses Segment kommt, kommt in die Kampagne {0}.",
    "Say that they may.": "Geben Sie an, dass das so sein darf.",
    "This segment has an overlay.": "Dieses Segment hat ein Overlay.",
    "Delete the overlay first.": "Löschen Sie zuerst das Overlay.",
    "There is no such segment.": "Dieses Segment gibt es nicht.",
    "There are {0} segments already, which is all there can be.": "Es gibt schon {0} Segmente; mehr kann es nicht geben.",
    "Retire or delete some that nobody needs.": "Legen Sie einige still, die niemand braucht, oder löschen Sie sie.",
    "A segment cannot ask for another one.": "Ein Segment kann nicht nach einem anderen fragen.",
    "Copy the conditions of that segment instead.": "Kopieren Sie stattdessen dessen Bedingungen.",
    "Others keep signing in under the same name.": "Andere melden sich gerade unter demselben Namen an.",
    "Try again in {0}.": "Versuchen Sie es erneut in {0~}.",
    "Another Sugar was connected meanwhile.": "Inzwischen wurde ein anderes Sugar verbunden.",
    "Sign in again.": "Melden Sie sich erneut an.",
    "Sugar knows you, but your user has not come to Funnel yet.": "Sugar kennt Sie, aber Ihr Benutzer ist noch nicht in Funnel.",
    "Wait for the next sync, an hour at most, or ask an admin to press Sync now. {0}": (
        "Warten Sie auf die nächste Synchronisation, höchstens eine Stunde, oder bitten Sie "
        "einen Administrator, „Jetzt synchronisieren“ zu drücken. {0}"
    ),
    "Sugar knows you, but when it was last read your user was inactive or deleted there.": (
        "Sugar kennt Sie, aber beim letzten Lesen war Ihr Benutzer dort inaktiv oder gelöscht."
    ),
    "If that has changed since, ask an admin to press Sync now. {0}": (
        "Hat sich das seitdem geändert, bitten Sie einen Administrator, „Jetzt "
        "synchronisieren“ zu drücken. {0}"
    ),
    "The password did not arrive.": "Das Passwort ist nicht angekommen.",
    "This way into Funnel was used already, or is too old.": "Dieser Zugang zu Funnel wurde schon benutzt oder ist zu alt.",
    "Choose Open Funnel in Sugar again.": "Wählen Sie in Sugar noch einmal „Funnel öffnen“.",
    "No Sugar is connected yet, so it cannot be asked who you are.": "Noch ist kein Sugar verbunden, darum lässt sich nicht fragen, wer Sie sind.",
    "The connection to Sugar is paused, so it cannot be asked who you are.": (
        "Die Verbindung zu Sugar ist angehalten, darum kann Sugar nicht gefragt werden, wer Sie "
        "sind."
    ),
    "Wait until an admin has resumed it. {0}": "Warten Sie, bis ein Administrator sie fortgesetzt hat. {0}",
    "Funnel itself signs in to Sugar as this user, so nobody can sign in here with it.": (
        "Mit diesem Benutzer meldet sich Funnel selbst bei Sugar an; hier kann sich damit "
        "niemand anmelden."
    ),
    "Sign in with a Sugar user of your own. {0}": "Melden Sie sich mit einem eigenen Benutzer von Sugar an. {0}",
    "There is a sign in this that no user name has.": "Darin ist ein Zeichen, das kein Benutzername hat.",
    "There is no tenant {0}.": "Den Mandanten {0} gibt es nicht.",
    "This sign-in link was already used, or is older than an hour.": "Dieser Anmeldelink wurde schon benutzt oder ist älter als eine Stunde.",
    "Ask the person who runs Funnel for a new link.": "Bitten Sie die Person, die Funnel betreibt, um einen neuen Link.",
    "This request is not signed as it has to be.": "Diese Anfrage ist nicht so signiert, wie sie es sein muss.",
    "No sync is running.": "Keine Synchronisation läuft.",
    "Nothing differs.": "Nichts weicht ab.",
    "Compare again to see how both sides are now.": "Vergleichen Sie erneut, um zu sehen, wie beide Seiten jetzt stehen.",
    "Both sides have not been compared yet.": "Beide Seiten wurden noch nicht verglichen.",
    "{0} holds {1} records that cannot be told apart.": "{0~module}: {1} Datensätze, die sich nicht unterscheiden lassen.",
    "Nobody has looked yet what a full sync would do.": "Noch hat niemand nachgesehen, was eine vollständige Synchronisation täte.",
    "{0} holds more than {1} records that cannot be told apart.": "{0~module}: mehr als {1} Datensätze, die sich nicht unterscheiden lassen.",
    "Their ids hold characters that Sugar does not compare; tell us.": "Ihre IDs enthalten Zeichen, die Sugar nicht vergleicht; sagen Sie es uns.",
    "{0} is switched off for this connection.": "Für diese Verbindung ausgeschaltet: {0~module}.",
    "Switch it on on the page Connection.": "Schalten Sie es auf der Seite „Verbindung“ ein.",
    "Others kept changing the same {0} records.": "Andere haben dieselben {0} Datensätze geändert.",
    "The Target Lists were asked for a moment ago and are being read.": "Die Ziellisten wurden gerade eben angefordert und werden gelesen.",
    "Look again in a minute.": "Sehen Sie in einer Minute noch einmal nach.",
    "Another worker is writing this list.": "Ein anderer Vorgang schreibt gerade diese Liste.",
    "Another worker has written this list meanwhile.": "Ein anderer Vorgang hat diese Liste inzwischen geschrieben.",
    "There is no such list that comes from Sugar.": "Diese Liste, die aus Sugar kommt, gibt es nicht.",
    "At most {0} KB at once.": "Höchstens {0} KB auf einmal.",
    "The page that sent this is on none of the site's domains.": "Die Seite, die das gesendet hat, ist auf keiner der Domains der Website.",
    "Add its domain to the site's settings.": "Fügen Sie ihre Domain in den Einstellungen der Website hinzu.",
    "There is no such site.": "Diese Website gibt es nicht.",
    "There is no such activity of this person.": "Diese Aktivität dieser Person gibt es nicht.",
    "Others keep changing the same visitor.": "Andere ändern gerade denselben Besucher.",
    "There are {0} sites already, which is all there can be.": "Es gibt schon {0} Websites; mehr kann es nicht geben.",
    "Others keep changing the same score.": "Andere ändern gerade denselben Score.",
    "Others keep being erased who used the same browser.": "Andere, die denselben Browser benutzten, werden gerade gelöscht.",
    "There is no such activity.": "Diese Aktivität gibt es nicht.",
    "Between 1 and {0} days.": "Zwischen 1 und {0} Tagen.",
    "This is no page of one of your sites.": "Das ist keine Seite einer Ihrer Websites.",
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
    "There is no such prospect of yours.": "Dieser Interessent ist Ihnen nicht zugewiesen.",
    "Look for it in Sugar.": "Suchen Sie ihn in Sugar.",
    "There is no such email of yours.": "Diese E-Mail ist nicht von Ihnen.",
    "{{{0}}} would be read as it stands.": "{{{0}}} würde so gelesen, wie es dasteht.",
    "Merge fields are filled in when a template is picked. Write the word itself.": (
        "Platzhalter werden ausgefüllt, wenn eine Vorlage gewählt wird. Schreiben Sie das Wort "
        "selbst."
    ),
    "You are not signed in.": "Sie sind nicht angemeldet.",
    "Sign in.": "Melden Sie sich an.",
    "Text without control characters is expected.": "Hier wird Text ohne Steuerzeichen erwartet.",
    "This form could not be read.": "Dieses Formular konnte nicht gelesen werden.",
    "There is no such file.": "Diese Datei gibt es nicht.",
    "There is no such address.": "Diese Adresse gibt es nicht.",
    "Choose what becomes of them.": "Wählen Sie, was daraus wird.",
    "Look at the broadcast again.": "Sehen Sie sich das Mailing noch einmal an.",
    "Open the form for a new broadcast again.": "Öffnen Sie das Formular für ein neues Mailing erneut.",
    "Choose one of these.": "Wählen Sie eines davon.",
    "A key is needed, so that it is planned once.": "Ein Schlüssel ist nötig, damit es einmal geplant wird.",
    "Choose what the step does again.": "Wählen Sie noch einmal, was der Schritt tut.",
    "A key is needed, so that it is added once.": "Ein Schlüssel ist nötig, damit es einmal hinzugefügt wird.",
    "This campaign was changed meanwhile.": "Diese Kampagne wurde inzwischen geändert.",
    "Open the form for a new campaign again.": "Öffnen Sie das Formular für eine neue Kampagne erneut.",
    "Each step has an id.": "Jeder Schritt hat eine ID.",
    "There is no such block.": "Diesen Block gibt es nicht.",
    "Open the email again.": "Öffnen Sie die E-Mail erneut.",
    "Open the form for a new email again.": "Öffnen Sie das Formular für eine neue E-Mail erneut.",
    "“{0}” is one of {1}.": "„{0}“ ist eines von {1}.",
    "A score is a whole number.": "Ein Score ist eine ganze Zahl.",
    "Enter a whole number of days.": "Geben Sie eine ganze Zahl von Tagen ein.",
    "Enter a time such as 09:00.": "Geben Sie eine Uhrzeit ein, etwa 09:00.",
    "Open the form again.": "Öffnen Sie das Formular erneut.",
    "Open the page for a new form again.": "Öffnen Sie die Seite für ein neues Formular erneut.",
    "A key is needed, so that it is copied once.": "Ein Schlüssel ist nötig, damit es einmal kopiert wird.",
    "There are no such lists.": "Diese Listen gibt es nicht.",
    "One of {0}.": "Eines von {0}.",
    "Open the form for a new list again.": "Öffnen Sie das Formular für eine neue Liste erneut.",
    "A key is needed, so that it is made once.": "Ein Schlüssel ist nötig, damit es einmal angelegt wird.",
    "Choose a segment.": "Wählen Sie ein Segment.",
    "Enter a date and time such as 2026-11-24T10:30.": "Geben Sie Datum und Uhrzeit ein, etwa 2026-11-24T10:30.",
    "Open the segment again.": "Öffnen Sie das Segment erneut.",
    "Open the form for a new segment again.": "Öffnen Sie das Formular für ein neues Segment erneut.",
    "A moment such as 2026-03-10T13:40:53Z is expected.": "Hier wird ein Zeitpunkt wie 2026-03-10T13:40:53Z erwartet.",
    "Choose days of the week.": "Wählen Sie Wochentage.",
    "Open the campaign again.": "Öffnen Sie die Kampagne erneut.",
    "Choose one of the units.": "Wählen Sie eine der Einheiten.",
    "Enter a time such as 09:30.": "Geben Sie eine Uhrzeit ein, etwa 09:30.",
    "A key is needed, so that the person comes in once.": "Ein Schlüssel ist nötig, damit die Person einmal hineinkommt.",
    "There is no such state.": "Diesen Status gibt es nicht.",
    "This request did not come from one of Funnel's own pages.": "Diese Anfrage kam nicht von einer Seite von Funnel.",
    "Open the page in Funnel and try again from there.": "Öffnen Sie die Seite in Funnel und versuchen Sie es von dort erneut.",
    "This form is out of date.": "Dieses Formular ist veraltet.",
    "Open the page again and send it once more.": "Öffnen Sie die Seite erneut und senden Sie es noch einmal.",
    "This is for JSON only.": "Das ist nur für JSON.",
    "Send it as application/json.": "Senden Sie es als application/json.",
    "The run has just ended.": "Der Lauf ist gerade zu Ende gegangen.",
    "There is no such run.": "Diesen Lauf gibt es nicht.",
    "There is no such setting.": "Diese Einstellung gibt es nicht.",
    "Enter both times, such as 22:30.": "Geben Sie beide Uhrzeiten ein, etwa 22:30.",
    "Enter a number.": "Geben Sie eine Zahl ein.",
    "There is no such preview, or it is older than a week.": "Diese Vorschau gibt es nicht, oder sie ist älter als eine Woche.",
    "Choose what the field holds.": "Wählen Sie, was das Feld enthält.",
    "There is no such module.": "Dieses Modul gibt es nicht.",
    "A module is tried again by syncing it.": "Ein Modul wird erneut versucht, indem es synchronisiert wird.",
    "Choose “Sync now”.": "Wählen Sie „Jetzt synchronisieren“.",
    "There is no such record.": "Diesen Datensatz gibt es nicht.",
    "Choose today, 7 days or 30 days.": "Wählen Sie heute, 7 Tage oder 30 Tage.",
    "In Sugar, this user does not report to you.": "In Sugar ist Ihnen dieser Benutzer nicht unterstellt.",
    "This did not come from your Sugar.": "Das kam nicht aus Ihrem Sugar.",
    "It is still being worked out who is on “{0}”.": "Es wird noch ermittelt, wer auf „{0}“ ist.",
    "The form that people come by is not there, or out of use.": (
        "Das Formular, über das Personen kommen, gibt es nicht, oder es ist außer Gebrauch."
    ),
    "People come again after 1 to {0} days, or never (0).": "Personen kommen nach 1 bis {0} Tagen wieder, oder nie (0).",
    "Mail could never go out: the sending window is empty.": "E-Mails könnten nie hinausgehen: Das Sendefenster ist leer.",
    "There are {0} steps, and {1} are all there can be.": "Es sind {0} Schritte; mehr als {1} kann es nicht geben.",
    "People would go round and round here without ever waiting.": "Personen gingen hier im Kreis, ohne je zu warten.",
    "The list or segment that people come from is not there.": "Die Liste oder das Segment, von dem Personen kommen, gibt es nicht.",
    "Choose one.": "Wählen Sie eines.",
    "Only who comes later comes in: start it once that is done.": "Nur wer später kommt, kommt hinein: Starten Sie sie, wenn das fertig ist.",
    "Enter another number of days.": "Geben Sie eine andere Zahl von Tagen ein.",
    "Let it end later than it begins, on some day.": "Lassen Sie es an mindestens einem Tag später enden, als es beginnt.",
    "There is no step that people come to first.": "Es gibt keinen Schritt, zu dem Personen zuerst kommen.",
    "Add one.": "Fügen Sie einen hinzu.",
    "Make two campaigns of it.": "Machen Sie zwei Kampagnen daraus.",
    "See to it under Mail settings.": "Kümmern Sie sich darum unter „E-Mail-Einstellungen“.",
    "Put a wait into the loop.": "Setzen Sie eine Wartezeit in die Schleife.",
    "Points are 1 to {0}, or less than none.": "Punkte gehen von 1 bis {0} oder sind kleiner als null.",
    "No email is chosen.": "Keine E-Mail ist gewählt.",
    "It waits for nothing.": "Er wartet auf nichts.",
    "Say how long, until which hour, or for which weekdays.": "Geben Sie an, wie lange, bis zu welcher Uhrzeit oder auf welche Wochentage.",
    "It waits too long.": "Er wartet zu lange.",
    "Wait {0} days at most.": "Warten Sie höchstens {0} Tage.",
    "It waits for a day that no week has.": "Er wartet auf einen Tag, den keine Woche hat.",
    "Choose weekdays.": "Wählen Sie Wochentage.",
    "It waits too long for an answer.": "Er wartet zu lange auf eine Antwort.",
    "Nobody ever comes here.": "Hierher kommt nie jemand.",
    "Connect it, or remove it.": "Verbinden Sie ihn, oder entfernen Sie ihn.",
    "It leads to a step that is not there.": "Er führt zu einem Schritt, den es nicht gibt.",
    "Let it lead to another, or end.": "Lassen Sie ihn zu einem anderen führen oder enden.",
    "Whoever comes here never gets out again.": "Wer hierher kommt, kommt nie wieder hinaus.",
    "Let a way lead on.": "Lassen Sie einen Weg weiterführen.",
    "The list is not there, or was not made by hand.": "Die Liste gibt es nicht, oder sie wird nicht von Hand geführt.",
    "Choose a list made by hand.": "Wählen Sie eine von Hand geführte Liste.",
    "Enter another number of points.": "Geben Sie eine andere Zahl von Punkten ein.",
    "Change this step.": "Ändern Sie diesen Schritt.",
    "Change the email.": "Ändern Sie die E-Mail.",
    "It asks about an email that no step sends.": "Er fragt nach einer E-Mail, die kein Schritt sendet.",
    "Choose a step that sends one.": "Wählen Sie einen Schritt, der eine sendet.",
    "It asks about no page.": "Er fragt nach keiner Seite.",
    "Enter a page, such as /pricing*.": "Geben Sie eine Seite ein, etwa /preise*.",
    "The list or segment is not there.": "Die Liste oder das Segment gibt es nicht.",
    "It asks about an email that is sent later.": "Er fragt nach einer E-Mail, die erst später gesendet wird.",
    "Choose one that is sent before.": "Wählen Sie eine, die vorher gesendet wird.",
    "It asks for nothing.": "Er fragt nach nichts.",
    "Choose a segment, or say what is to be true.": "Wählen Sie ein Segment, oder geben Sie an, was zutreffen soll.",
    "Save it as CSV (UTF-8) and try again.": "Speichern Sie sie als CSV (UTF-8) und versuchen Sie es erneut.",
    "Write the heading, or remove this block.": "Schreiben Sie die Überschrift, oder entfernen Sie diesen Block.",
    "Write what the button says.": "Schreiben Sie, was auf dem Knopf steht.",
    "Enter the address of the picture, or remove this block.": "Geben Sie die Adresse des Bildes ein, oder entfernen Sie diesen Block.",
    "Tick this box to go on.": "Kreuzen Sie das an, um fortzufahren.",
    "Enter your email address.": "Geben Sie Ihre E-Mail-Adresse ein.",
    "Enter a phone number.": "Geben Sie eine Telefonnummer ein.",
    "Enter a date.": "Geben Sie ein Datum ein.",
    "Enter a web address.": "Geben Sie eine Webadresse ein.",
    "At most {0} characters in the whole form.": "Höchstens {0} Zeichen im ganzen Formular.",
    "Fill this in.": "Füllen Sie das aus.",
    "Choose a later one, or send it at once.": "Wählen Sie eine spätere, oder senden Sie es sofort.",
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
    "Enter a date and time such as 2026-11-24 10:42.": "Geben Sie Datum und Uhrzeit ein, etwa 2026-11-24 10:42.",
    "Neither a name nor an email address.": "Weder ein Name noch eine E-Mail-Adresse.",
    "At most {0} values.": "Höchstens {0} Werte.",
    "Enter one value only.": "Geben Sie nur einen Wert ein.",
    "Copy the broadcast, and choose other lists there.": "Kopieren Sie das Mailing und wählen Sie dort andere Listen.",
    "Take it back into use. Or copy the broadcast, and choose other lists there.": (
        "Nehmen Sie sie wieder in Gebrauch. Oder kopieren Sie das Mailing und wählen Sie dort"
        " andere Listen."
    ),
    "Count again when it is.": "Zählen Sie dann erneut.",
    "{0} paused it.": "{0} hat es angehalten.",
    "{0} cancelled it.": "{0} hat es abgebrochen.",
    "Something went wrong on our side; it is in the log.": "Bei uns ist etwas schiefgegangen; es steht im Protokoll.",
    "Tell the operator.": "Sagen Sie es dem Betreiber.",
    "An admin mends it in Setup, under Mail; then let the broadcast go on.": (
        "Ein Administrator behebt es unter „E-Mail-Einstellungen“; setzen Sie das Mailing "
        "dann fort."
    ),
    "Let it go on when that is done.": "Setzen Sie es fort, wenn das fertig ist.",
    "Its record was deleted in Sugar; it is being asked whether it was merged.": (
        "Der Datensatz wurde in Sugar gelöscht; es wird gefragt, ob er zusammengeführt wurde."
    ),
    "No Sugar is connected.": "Es ist kein Sugar verbunden.",
    "A list that it asks for is not there.": "Eine Liste, nach der er fragt, gibt es nicht.",
    "Make a segment of what a branch asks for, and have the branch ask for that.": (
        "Machen Sie ein Segment aus dem, wonach eine Verzweigung fragt, und lassen Sie sie "
        "danach fragen."
    ),
    "It is on the list no more.": "Die Person steht nicht mehr auf der Liste.",
    "This step was removed, and nothing follows it.": "Dieser Schritt wurde entfernt, und nichts folgt ihm.",
    "It has come by {0} steps, which is all there can be.": "Die Person hat {0} Schritte durchlaufen; mehr können es nicht sein.",
    "It is one with somebody who was in this campaign too.": "Sie wurde mit jemandem zusammengeführt, der auch in dieser Kampagne war.",
    "Something went wrong that we have to mend; the log says what.": "Etwas ist schiefgegangen, was wir beheben müssen; im Protokoll steht, was.",
    "The segment “{0}”, which it asks for, is not in use any more.": "Das Segment „{0}“, nach dem er fragt, ist nicht mehr in Gebrauch.",
    "This was cut off before it came to an end.": "Das wurde abgebrochen, bevor es zu Ende war.",
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
    # What messages name, where it is more than a word.
    "{0} seconds": "{0} Sekunden",
    "{0} minutes": "{0} Minuten",
    " on {0}": " am {0}",
    "the {0} “{1}”": "{0~} „{1}“",
    "{0} and {1} more": "{0~} und {1} weitere",
    "More than {0} lead scores wait to be written to Sugar": (
        "Mehr als {0} Lead-Scores warten darauf, nach Sugar geschrieben zu werden"
    ),
    "{0} lead scores wait to be written to Sugar": (
        "{0} Lead-Scores warten darauf, nach Sugar geschrieben zu werden"
    ),
    "Up to More than {0} lead scores are then written to Sugar": (
        "Mehr als {0} Lead-Scores werden dann nach Sugar geschrieben"
    ),
    "Up to {0} lead scores are then written to Sugar": (
        "Bis zu {0} Lead-Scores werden dann nach Sugar geschrieben"
    ),
    "{0} Not to {1}": "{0~} Nicht an {1~}",
    "Not to {0}": "Nicht an {0~}",
    "“{0} {1}” takes no value.": "„{0} {1~}“ braucht keinen Wert.",
    "“{0} {1}” needs a value.": "„{0} {1~}“ braucht einen Wert.",
    # What the test of a connection found.
    "The user may not read {0}.": "Der Benutzer darf {0~module} nicht lesen.",
    "The user may not write {0}.": "Der Benutzer darf {0~module} nicht schreiben.",
    "The module does not exist on this Sugar, or is switched off.": (
        "Das Modul gibt es in diesem Sugar nicht, oder es ist ausgeschaltet."
    ),
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
    "Asked for a mail to {0}.": "Eine E-Mail an {0} wurde angefordert.",
    "Nobody is to be told any more.": "Niemand ist mehr zu benachrichtigen.",
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
    "At most {0} fields of a module can be mapped.": "Höchstens {0} Felder eines Moduls lassen sich zuordnen.",
    "Use the field's database name, such as phone_work or region_c.": (
        "Verwenden Sie den Namen des Feldes in der Datenbank, etwa phone_work oder region_c."
    ),
    "If it was added just now, read the fields from Sugar again.": "Wurde es gerade erst hinzugefügt, lesen Sie die Felder noch einmal aus Sugar.",
    "There is no field “{0}” here.": "Ein Feld „{0}“ gibt es hier nicht.",
    "Both “{0}” and “{1}” go into “{2}”.": "Sowohl „{0}“ als auch „{1}“ gehen in „{2}“.",
    "Leave one of them out, or choose another field for it.": "Lassen Sie eines davon weg, oder wählen Sie ein anderes Feld dafür.",
    "Choose a field of the same type, or one for text, which takes anything.": "Wählen Sie ein Feld desselben Typs, oder eines für Text, das alles annimmt.",
    "Try again; if it stays, tell the operator.": "Versuchen Sie es erneut; bleibt es dabei, sagen Sie es dem Betreiber.",
    "Changes whom line {0} makes.": "Ändert, wen Zeile {0} anlegt.",
    "This was asked for another Sugar, which is no longer connected.": "Das wurde für ein anderes Sugar angefordert, das nicht mehr verbunden ist.",
    "This person is no longer here.": "Diese Person ist nicht mehr hier.",
    "Nobody in Sugar is this person, so that nothing was done.": "Niemand in Sugar ist diese Person, darum wurde nichts getan.",
    "Sugar's service refuses records of this module, or crashes over them.": (
        "Der Dienst von Sugar lehnt Datensätze dieses Moduls ab oder stürzt darüber ab."
    ),
    "This segment asks for the score, so that it cannot change it.": "Dieses Segment fragt nach dem Score, darum kann es ihn nicht ändern.",
    "A segment that has an overlay cannot ask for the score, which follows from who is in it.": (
        "Ein Segment mit einem Overlay kann nicht nach dem Score fragen, der davon abhängt, "
        "wer darin ist."
    ),
    "Ask for fewer values, or for a list of these people.": "Fragen Sie nach weniger Werten, oder nach einer Liste dieser Personen.",
    "This took too long, was used before, or was begun in another browser.": (
        "Das dauerte zu lange, wurde schon benutzt oder in einem anderen Browser begonnen."
    ),
    "Very many people are signing in at this moment.": "In diesem Moment melden sich sehr viele an.",
    "This user name was tried {0} times within 15 minutes.": "Dieser Benutzername wurde in 15 Minuten {0}-mal versucht.",
    "From your network {0} people tried to sign in within a minute.": "Aus Ihrem Netz versuchten {0} Personen in einer Minute, sich anzumelden.",
    "Sugar did not accept this user name and password.": "Sugar hat diesen Benutzernamen und dieses Passwort nicht angenommen.",
    "Check both, capital letters too. There are three tries in 15 minutes.": (
        "Prüfen Sie beides, auch Groß- und Kleinschreibung. In 15 Minuten gibt es drei Versuche."
    ),
    "Sugar was not asked in time.": "Sugar wurde nicht rechtzeitig gefragt.",
    "Try again in a few minutes.": "Versuchen Sie es in einigen Minuten erneut.",
    "Tell an admin of your company.": "Sagen Sie es einem Administrator Ihres Unternehmens.",
    "Wait for the next sync, an hour at most, or ask an admin to press Sync now.": (
        "Warten Sie auf die nächste Synchronisation, höchstens eine Stunde, oder bitten Sie "
        "einen Administrator, „Jetzt synchronisieren“ zu drücken."
    ),
    "If that has changed since, ask an admin to press Sync now.": (
        "Hat sich das seitdem geändert, bitten Sie einen Administrator, „Jetzt "
        "synchronisieren“ zu drücken."
    ),
    "Whoever runs Funnel at your company can make you a sign-in link, which needs no Sugar.": (
        "Wer Funnel in Ihrem Unternehmen betreibt, kann Ihnen einen Anmeldelink erstellen, "
        "der kein Sugar braucht."
    ),
    "Wait until an admin has resumed it.": "Warten Sie, bis ein Administrator sie fortgesetzt hat.",
    "Sign in with a Sugar user of your own.": "Melden Sie sich mit einem eigenen Benutzer von Sugar an.",
    "A comparison is going on.": "Es wird gerade verglichen.",
    "It is being looked at.": "Es wird gerade durchgesehen.",
    "Tell whoever runs Funnel; the log has the details.": "Sagen Sie es der Person, die Funnel betreibt; Einzelheiten stehen im Protokoll.",
    "A fault in Funnel stopped this run ({0}).": "Ein Fehler in Funnel hat diesen Lauf gestoppt ({0}).",
    "Some modules could not be read.": "Einige Module konnten nicht gelesen werden.",
    "Sugar does not show this Target List any more.": "Sugar zeigt diese Zielliste nicht mehr.",
    "A fault in Funnel stopped the reading ({0}).": "Ein Fehler in Funnel hat das Lesen gestoppt ({0}).",
    "Tell whoever runs Funnel.": "Sagen Sie es der Person, die Funnel betreibt.",
    "Sugar does not show this Target List any more. Its members stay as they were last read.": (
        "Sugar zeigt diese Zielliste nicht mehr. Ihre Mitglieder bleiben, wie sie zuletzt "
        "gelesen wurden."
    ),
    "If it was deleted for good, or is meant to be hidden from Funnel's user, nothing is to be done.": (
        "Wurde sie endgültig gelöscht, oder soll Funnels Benutzer sie nicht sehen, ist nichts"
        " zu tun."
    ),
    "More than {0} addresses of Targets changed; not all of them could be read.": (
        "Mehr als {0} Adressen von Zielkontakten haben sich geändert; nicht alle konnten "
        "gelesen werden."
    ),
    "Very many forms come from your network.": "Aus Ihrem Netz kommen sehr viele Formulare.",
    "Try again in ten minutes.": "Versuchen Sie es in zehn Minuten erneut.",
    "This form takes no more today.": "Dieses Formular nimmt heute nichts mehr an.",
    "Come back tomorrow, or write to us instead.": "Kommen Sie morgen wieder, oder schreiben Sie uns stattdessen.",
    "A list by {0} is used by {1}.": "Eine Liste nach {0} wird von {1} verwendet.",
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
    "{0} has opted out of email.": "{0} ist von E-Mails abgemeldet.",
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
    "An admin of Funnel can mend that under Setup, Mail settings.": "Ein Administrator von Funnel kann das unter „E-Mail-Einstellungen“ beheben.",
    "This Sales Template is not there any more.": "Diese Vertriebsvorlage gibt es nicht mehr.",
    "Your words are still here: copy them, and begin with another template.": (
        "Ihr Text ist noch hier: Kopieren Sie ihn, und beginnen Sie mit einer anderen Vorlage."
    ),
    "A link needs the name of the person it is for.": (
        "Ein Link braucht den Namen der Person, für die er ist."
    ),
    "A key needs at least one scope.": "Ein Schlüssel braucht mindestens ein Recht.",
    "A name has {0} characters at most.": "Ein Name hat höchstens {0} Zeichen.",
    "An idempotency key is missing.": "Ein Idempotenzschlüssel fehlt.",
    "Choose a later one.": "Wählen Sie einen späteren.",
    "Enter a day such as 2027-03-31.": "Geben Sie einen Tag ein, etwa 2027-03-31.",
    "Name the key by what uses it.": "Benennen Sie den Schlüssel nach dem, was ihn verwendet.",
    "Others keep changing this key.": "Andere ändern gerade diesen Schlüssel.",
    "Revoke one that nothing needs.": "Widerrufen Sie einen, den nichts braucht.",
    "There are {0} keys in use already.": "Es sind schon {0} Schlüssel in Gebrauch.",
    "There is no such key.": "Diesen Schlüssel gibt es nicht.",
    "This day is over.": "Dieser Tag ist vorbei.",
    "This idempotency key made another key.": "Mit diesem Idempotenzschlüssel wurde ein anderer Schlüssel erstellt.",
    "This key is made already, and was used or revoked since.": "Dieser Schlüssel ist schon erstellt und wurde seitdem benutzt oder widerrufen.",
    "Use a new one.": "Verwenden Sie einen neuen.",
    "Use some of {0}.": "Verwenden Sie einige von {0}.",
    "read from Sugar": "aus Sugar gelesen",
    "both agree": "beide gleich",
    "changed here": "hier geändert",
    "changed in Sugar": "in Sugar geändert",
    "both changed: {0}": "beide geändert: {0}",
    "edited here": "hier bearbeitet",
    "made here": "hier angelegt",
    "written to Sugar": "nach Sugar geschrieben",
    "set in Sugar by hand": "in Sugar von Hand gesetzt",
    "filled by a form": "von einem Formular ausgefüllt",
    "set apart": "abgetrennt",
    "joined again": "wieder zugeordnet",
    "both changed: Sugar wins": "beide geändert: Sugar gewinnt",
    "both changed: Funnel wins": "beide geändert: Funnel gewinnt",
    "both changed: newest wins": "beide geändert: das Neueste gewinnt",
    "both changed: Sugar unless blank": "beide geändert: Sugar, außer wenn leer",
    "A key has {0} characters at most.": "Ein Schlüssel hat höchstens {0} Zeichen.",
    "It is not known whether the request with this key was carried out.": "Es ist nicht bekannt, ob die Anfrage mit diesem Schlüssel ausgeführt wurde.",
    "Look whether what it was to do is done; if not, send it with a new key.": "Sehen Sie nach, ob getan ist, was sie tun sollte; wenn nicht, senden Sie sie mit einem neuen Schlüssel.",
    "The key of this request is a field of its body.": "Der Schlüssel dieser Anfrage ist ein Feld ihres Inhalts.",
    "Use a new key for a new request.": "Verwenden Sie für eine neue Anfrage einen neuen Schlüssel.",
    "A whole number from 1 to {0} is expected.": "Eine ganze Zahl von 1 bis {0} wird erwartet.",
    "This key stands for another request.": "Dieser Schlüssel steht für eine andere Anfrage.",
    "The same request is being carried out.": "Dieselbe Anfrage wird gerade ausgeführt.",
    "Wait for it.": "Warten Sie darauf.",
    "Begin at its start.": "Beginnen Sie am Anfang.",
    "The request with this key was carried out, and is not carried out again.": "Die Anfrage mit diesem Schlüssel wurde ausgeführt und wird nicht noch einmal ausgeführt.",
    "Look at what it made; for another one use a new key.": "Sehen Sie nach, was sie angelegt hat; verwenden Sie für eine andere einen neuen Schlüssel.",
    "The comparison did not come to its end.": "Der Vergleich kam nicht zu Ende.",
    "Compare both sides again.": "Vergleichen Sie beide Seiten noch einmal.",
    "Say why they may go on, in at most {0} characters.": "Sagen Sie, warum sie weitergehen dürfen, in höchstens {0} Zeichen.",
}
