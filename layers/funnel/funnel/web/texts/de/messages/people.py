"""What stands in the way of people, in German."""

MESSAGES = {
    "Two columns go into “{0}”.": "Zwei Spalten gehen in „{0}“.",
    "Leave one of them out.": "Lassen Sie eine davon aus.",
    "No column has an address or a name.": "Keine Spalte hat eine Adresse oder einen Namen.",
    "Say which column is the email address.": "Geben Sie an, welche Spalte die E-Mail-Adresse ist.",
    "Others are changing this person.": "Andere ändern diese Person.",
    "The address of this person comes from Sugar.": "Die Adresse dieser Person kommt aus Sugar.",
    "Change it there.": "Ändern Sie sie dort.",
    "Enter a name or an email address.": "Geben Sie einen Namen oder eine E-Mail-Adresse ein.",
    "{0} has this address already.": "{0~} hat diese Adresse schon.",
    "Open that person, or use another address.": "Öffnen Sie diese Person, oder verwenden Sie eine andere Adresse.",
    "Others are changing who has this address.": "Andere ändern gerade, wer diese Adresse hat.",
    "Who had this address was erased on request.": "Wer diese Adresse hatte, wurde auf Verlangen gelöscht.",
    "Only if the person asked for it, say so and save again.": (
        "Nur wenn die Person darum gebeten hat, geben Sie das an und speichern Sie erneut."
    ),
    "Who had this address was erased since this was given.": "Wer diese Adresse hatte, wurde gelöscht, seit das angegeben wurde.",
    "Begin anew to add them.": "Beginnen Sie neu, um sie hinzuzufügen.",
    "Who was made by this was erased on request.": "Wer dadurch angelegt wurde, wurde auf Verlangen gelöscht.",
    "Try again in a minute.": "Versuchen Sie es in einer Minute erneut.",
    "This is the person's only record: there is nothing to set it apart from.": (
        "Das ist der einzige Datensatz der Person: Es gibt nichts, wovon er abzutrennen wäre."
    ),
    "This record belongs to another person by now.": "Dieser Datensatz gehört inzwischen zu einer anderen Person.",
    "Open that person and look again.": "Öffnen Sie diese Person und sehen Sie noch einmal nach.",
    "Its address has as many records as one person can have ({0}).": "Seine Adresse hat so viele Datensätze, wie eine Person haben kann ({0}).",
    "Give it, or others, an address of their own in Sugar.": "Geben Sie ihm oder anderen in Sugar eine eigene Adresse.",
    "This record is not here: {0} {1}.": "Dieser Datensatz ist nicht hier: {0~one} {1}.",
    "This person has no such link to Sugar.": "Diese Person hat diese Verknüpfung mit Sugar nicht.",
    "This person was erased on request{0}. Nothing is kept.": "Diese Person wurde auf Verlangen gelöscht{0~}. Nichts wird aufbewahrt.",
    "Neither a name nor an email address.": "Weder ein Name noch eine E-Mail-Adresse.",
    "“{0}” is no number written as “{1}”; write it so, without a unit, or choose the other way for this file.": (
        "„{0}“ ist keine Zahl in der Schreibweise „{1}“; schreiben Sie sie so, ohne Einheit, oder wählen "
        "Sie für diese Datei die andere Schreibweise."
    ),
    "“{0}” is no whole number written as “{1}”; write it so, without a unit, or choose the other way for this file.": (
        "„{0}“ ist keine ganze Zahl in der Schreibweise „{1}“; schreiben Sie sie so, ohne Einheit, oder "
        "wählen Sie für diese Datei die andere Schreibweise."
    ),
    "This file is being imported already: “{0}”, begun by {1}.": (
        "Diese Datei wird bereits importiert: „{0}“, begonnen von {1}."
    ),
    "Wait until that has ended, then import again.": (
        "Warten Sie, bis das beendet ist, und importieren Sie dann noch einmal."
    ),
    "Others are starting an import of this file.": "Andere beginnen gerade einen Import dieser Datei.",
    "Changes whom line {0} makes.": "Ändert, wen Zeile {0} anlegt.",
    "joined again": "wieder zugeordnet",
    "both changed: {0}": "beide geändert: {0}",
    "both changed: Sugar wins": "beide geändert: Sugar gewinnt",
    "both changed: Funnel wins": "beide geändert: Funnel gewinnt",
    "both changed: newest wins": "beide geändert: das Neueste gewinnt",
    "both changed: Sugar unless blank": "beide geändert: Sugar, außer wenn leer",
}
