"""What stands in the way of Target Lists, in German."""

MESSAGES = {
    "The Target Lists were asked for a moment ago and are being read.": "Die Ziellisten wurden gerade eben angefordert und werden gelesen.",
    "Look again in a minute.": "Sehen Sie in einer Minute noch einmal nach.",
    "Another worker is writing this list.": "Ein anderer Vorgang schreibt gerade diese Liste.",
    "Another worker has written this list meanwhile.": "Ein anderer Vorgang hat diese Liste inzwischen geschrieben.",
    "There is no such list that comes from Sugar.": "Diese Liste, die aus Sugar kommt, gibt es nicht.",
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
}
