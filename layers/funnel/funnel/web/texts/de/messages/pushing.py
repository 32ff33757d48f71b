"""What stands in the way of pushing, in German."""

MESSAGES = {
    "Sugar's field “{0}” does not take “{1}”.": "Das Feld „{0}“ in Sugar nimmt „{1}“ nicht an.",
    "A subject has at most {0} characters.": "Ein Betreff hat höchstens {0} Zeichen.",
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
    "This was asked for another Sugar, which is no longer connected.": "Das wurde für ein anderes Sugar angefordert, das nicht mehr verbunden ist.",
    "This person is no longer here.": "Diese Person ist nicht mehr hier.",
    "Nobody in Sugar is this person, so that nothing was done.": "Niemand in Sugar ist diese Person, darum wurde nichts getan.",
    "Sugar's service refuses records of this module, or crashes over them.": (
        "Der Dienst von Sugar lehnt Datensätze dieses Moduls ab oder stürzt darüber ab."
    ),
}
