"""What stands in the way of pushing, in German."""

MESSAGES = {
    "Sugar's field “{0}” does not take “{1}”.": "Das Feld „{0}“ in Sugar nimmt „{1}“ nicht an.",
    "A subject has at most {0} characters.": "Ein Betreff hat höchstens {0} Zeichen.",
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
    "This was asked for another Sugar, which is no longer connected.": "Das wurde für ein anderes Sugar angefordert, das nicht mehr verbunden ist.",
    "This person is no longer here.": "Diese Person ist nicht mehr hier.",
    "Nobody in Sugar is this person, so that nothing was done.": "Niemand in Sugar ist diese Person, darum wurde nichts getan.",
    "Sugar's service refuses records of this module, or crashes over them.": (
        "Der Dienst von Sugar lehnt Datensätze dieses Moduls ab oder stürzt darüber ab."
    ),
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
}
