"""What stands in the way outside of Funnel, in German: Sugar, mail, files, secrets and links."""

MESSAGES = {
    "The databases cannot be read: {0}": "Die Datenbanken sind nicht lesbar: {0}",
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
    "The module does not exist on this Sugar, or is switched off.": "Das Modul gibt es in diesem Sugar nicht, oder es ist ausgeschaltet.",
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
    "This was written by a newer release of Funnel (format {0}; this one knows {1}).": "Das hat eine neuere Version von Funnel geschrieben (Format {0}; diese kennt {1}).",
    "Whoever runs Funnel has to deploy that release again. Nothing is lost.": "Wer Funnel betreibt, muss jene Version wieder einspielen. Es ist nichts verloren.",
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
    "The same request is being carried out.": "Dieselbe Anfrage wird gerade ausgeführt.",
    "Wait for it.": "Warten Sie darauf.",
}
