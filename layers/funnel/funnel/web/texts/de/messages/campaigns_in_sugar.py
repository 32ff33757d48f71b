"""What stands in the way of campaigns in Sugar, in German."""

MESSAGES = {
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
}
