"""What stands in the way of erasing people, in German."""

MESSAGES = {
    "Type: {0}": "Geben Sie ein: {0}",
    "Others keep changing the records of this person.": "Andere ändern gerade die Datensätze dieser Person.",
}
