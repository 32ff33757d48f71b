"""What stands in the way of segments, in German."""

MESSAGES = {
    "There is no such condition.": "Diese Bedingung gibt es nicht.",
    "The values are a list of texts.": "Die Werte sind eine Liste von Texten.",
    "Choose of: {0}.": "Wählen Sie davon: {0}.",
    "Tick a value.": "Kreuzen Sie einen Wert an.",
    "Enter a value.": "Geben Sie einen Wert ein.",
    "Enter a number of days.": "Geben Sie eine Zahl von Tagen ein.",
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
    "Somebody changed this segment while you were at it.": "Jemand hat dieses Segment geändert, während Sie daran arbeiteten.",
    "Whoever comes into this segment by another rule comes into the campaign {0}.": "Wer durch eine andere Regel in dieses Segment kommt, kommt in die Kampagne {0}.",
    "Say that they may.": "Geben Sie an, dass das so sein darf.",
    "This segment has an overlay.": "Dieses Segment hat ein Overlay.",
    "Delete the overlay first.": "Löschen Sie zuerst das Overlay.",
    "There is no such segment.": "Dieses Segment gibt es nicht.",
    "There are {0} segments already, which is all there can be.": "Es gibt schon {0} Segmente; mehr kann es nicht geben.",
    "Retire or delete some that nobody needs.": "Legen Sie einige still, die niemand braucht, oder löschen Sie sie.",
    "A segment cannot ask for another one.": "Ein Segment kann nicht nach einem anderen fragen.",
    "Copy the conditions of that segment instead.": "Kopieren Sie stattdessen dessen Bedingungen.",
    "Enter one value only.": "Geben Sie nur einen Wert ein.",
    "A segment that has an overlay cannot ask for the score, which follows from who is in it.": (
        "Ein Segment mit einem Overlay kann nicht nach dem Score fragen, der davon abhängt, "
        "wer darin ist."
    ),
    "Ask for fewer values, or for a list of these people.": "Fragen Sie nach weniger Werten, oder nach einer Liste dieser Personen.",
    "There is no such overlay.": "Dieses Overlay gibt es nicht.",
    "Points are from -{0} to {1}.": "Punkte gehen von -{0} bis {1}.",
    "Give points, or rules that do.": "Geben Sie Punkte an oder Regeln, die welche geben.",
    "All overlays together have {0} rules at most.": "Alle Overlays zusammen haben höchstens {0} Regeln.",
    "Choose another segment.": "Wählen Sie ein anderes Segment.",
    "There are {0} overlays already, which is all.": "Es gibt schon {0} Overlays; mehr kann es nicht geben.",
}
