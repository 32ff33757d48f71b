"""What stands in the way of lists, in German."""

MESSAGES = {
    "Choose a list or name a new one, not both.": "Wählen Sie eine Liste oder benennen Sie eine neue, nicht beides.",
    "Leave one of them empty.": "Lassen Sie eines davon leer.",
    "There are no lists by {0}.": "Es gibt keine Listen nach {0}.",
    "Choose among {0}.": "Wählen Sie aus {0}.",
    "Choose somebody to put on the list.": "Wählen Sie jemanden für die Liste.",
    "At most {0} people at once.": "Höchstens {0} Personen auf einmal.",
    "This list is retired.": "Diese Liste ist stillgelegt.",
    "Take it back into use first.": "Nehmen Sie sie zuerst wieder in Gebrauch.",
    "This {0} is used by {1}.": "Wird noch verwendet ({0~}), und zwar von {1}.",
    "There is no such list that people are put on by hand.": "Diese von Hand geführte Liste gibt es nicht.",
    "Give the list a name.": "Geben Sie der Liste einen Namen.",
    "Others kept changing the lists of {0} people.": "Andere haben die Listen von {0} Personen geändert.",
    "Several are called so: {0}.": "Mehrere heißen so: {0}.",
    "Enter the whole name.": "Geben Sie den ganzen Namen ein.",
    "None has a name that begins with “{0}”.": "Keine hat einen Namen, der mit „{0}“ beginnt.",
    "Look at its name in Lists.": "Sehen Sie unter „Listen“ nach ihrem Namen.",
    "They are not counted yet.": "Sie sind noch nicht gezählt.",
    "Wait until they are.": "Warten Sie, bis sie es sind.",
    "Nobody was found.": "Niemand wurde gefunden.",
    "Search for others.": "Suchen Sie nach anderen.",
    "A search puts {0} people on a list at most.": "Eine Suche setzt höchstens {0} Personen auf eine Liste.",
    "Narrow it down, by owner or score for instance, and put the rest on after it.": (
        "Schränken Sie sie ein, etwa nach Besitzer oder Score, und setzen Sie die Übrigen danach "
        "auf die Liste."
    ),
}
