"""What stands in the way of scoring, in German."""

MESSAGES = {
    "Choose what people do.": "Wählen Sie, was Personen tun.",
    "Give the rule a name.": "Geben Sie der Regel einen Namen.",
    "Points are from -{0} to {1}, and not 0.": "Punkte gehen von -{0} bis {1} und sind nicht 0.",
    "It counts at most {0} times; 0 is any number of times.": "Es zählt höchstens {0}-mal; 0 ist beliebig oft.",
    "Points last {0} days at most; 0 is for ever.": "Punkte gelten höchstens {0} Tage; 0 ist für immer.",
    "A page goes only with pages viewed and forms sent.": (
        "Eine Seite passt nur zu angesehenen Seiten und gesendeten Formularen."
    ),
    "A form goes only with forms sent.": "Ein Formular passt nur zu gesendeten Formularen.",
    "An email goes only with emails opened and links clicked.": (
        "Eine E-Mail passt nur zu geöffneten E-Mails und angeklickten Links."
    ),
    "A link goes only with links clicked.": "Ein Link passt nur zu angeklickten Links.",
    "Leave it empty, or choose something else that counts.": (
        "Lassen Sie das Feld leer, oder wählen Sie etwas anderes, was zählt."
    ),
    "There is no form “{0}”.": "Ein Formular „{0}“ gibt es nicht.",
    "Choose one that there is: {0}. For a form of a page of your own that nobody has sent yet, end its name with a *.": (
        "Wählen Sie eines, das es gibt: {0}. Für ein Formular einer eigenen Seite, das noch niemand "
        "gesendet hat, beenden Sie den Namen mit einem *."
    ),
    "For a form of a page of your own that nobody has sent yet, end its name with a *.": (
        "Für ein Formular einer eigenen Seite, das noch niemand gesendet hat, beenden Sie den Namen "
        "mit einem *."
    ),
    "There is no email “{0}”.": "Eine E-Mail „{0}“ gibt es nicht.",
    "Choose one that there is: {0}. For what reps write, end its subject with a *.": (
        "Wählen Sie eine, die es gibt: {0}. Für E-Mails des Vertriebs beenden Sie den Betreff mit "
        "einem *."
    ),
    "For what reps write, end its subject with a *.": (
        "Für E-Mails des Vertriebs beenden Sie den Betreff mit einem *."
    ),
    "At most {0} stars.": "Höchstens {0} Sternchen.",
    "This is no page.": "Das ist keine Seite.",
    "Enter a path such as /pricing*, or host and path such as shop.example.com/*.": (
        "Geben Sie einen Pfad ein, etwa /preise*, oder Host und Pfad, etwa shop.example.com/*."
    ),
    "There are {0} rules already, which is all there can be.": "Es gibt schon {0} Regeln; mehr kann es nicht geben.",
    "Others kept changing the scores of {0} people.": "Andere haben die Scores von {0} Personen geändert.",
    "This segment asks for the score, so that it cannot change it.": "Dieses Segment fragt nach dem Score, darum kann es ihn nicht ändern.",
    "All segments together ask for {0} different behaviours at most.": "Alle Segmente zusammen fragen nach höchstens {0} verschiedenen Verhaltensweisen.",
    "Use one that another segment asks for too, or delete segments that nobody needs.": (
        "Verwenden Sie eine, nach der auch ein anderes Segment fragt, oder löschen Sie "
        "Segmente, die niemand braucht."
    ),
    "Delete its overlay first.": "Löschen Sie zuerst sein Overlay.",
}
