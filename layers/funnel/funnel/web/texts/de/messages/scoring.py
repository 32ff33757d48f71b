"""What stands in the way of scoring, in German."""

MESSAGES = {
    "Choose what people do.": "Wählen Sie, was Personen tun.",
    "Give the rule a name.": "Geben Sie der Regel einen Namen.",
    "Points are from -{0} to {1}, and not 0.": "Punkte gehen von -{0} bis {1} und sind nicht 0.",
    "It counts at most {0} times; 0 is any number of times.": "Es zählt höchstens {0}-mal; 0 ist beliebig oft.",
    "Points last {0} days at most; 0 is for ever.": "Punkte gelten höchstens {0} Tage; 0 ist für immer.",
    "There is no {0} where the rule is for a {1}.": "„{0~}“ passt nicht zu dieser Regel: {1~scoring.kind}.",
    "At most {0} stars.": "Höchstens {0} Sternchen.",
    "This is no page.": "Das ist keine Seite.",
    "Enter a path such as /pricing*, or host and path such as shop.example.com/*.": (
        "Geben Sie einen Pfad ein, etwa /preise*, oder Host und Pfad, etwa shop.example.com/*."
    ),
    "There is no such overlay.": "Dieses Overlay gibt es nicht.",
    "Points are from -{0} to {1}.": "Punkte gehen von -{0} bis {1}.",
    "Give points, or rules that do.": "Geben Sie Punkte an oder Regeln, die welche geben.",
    "All overlays together have {0} rules at most.": "Alle Overlays zusammen haben höchstens {0} Regeln.",
    "Choose another segment.": "Wählen Sie ein anderes Segment.",
    "There are {0} overlays already, which is all.": "Es gibt schon {0} Overlays; mehr kann es nicht geben.",
    "There are {0} rules already, which is all there can be.": "Es gibt schon {0} Regeln; mehr kann es nicht geben.",
    "Others kept changing the scores of {0} people.": "Andere haben die Scores von {0} Personen geändert.",
    "This segment asks for the score, so that it cannot change it.": "Dieses Segment fragt nach dem Score, darum kann es ihn nicht ändern.",
}
