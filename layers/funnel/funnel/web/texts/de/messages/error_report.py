"""What stands in the way of the error report, in German."""

MESSAGES = {
    "Sugar is left alone for the moment.": "Sugar wird gerade in Ruhe gelassen.",
    "This record is no longer in the error report.": "Dieser Datensatz steht nicht mehr im Fehlerbericht.",
    "Nothing goes back to this record any more.": "Nichts geht mehr auf diesen Datensatz zurück.",
}
