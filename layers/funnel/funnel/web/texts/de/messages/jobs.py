"""What stands in the way of jobs people wait for, in German."""

MESSAGES = {
    "There is no such job, or no longer: jobs are kept for a week.": (
        "Diesen Auftrag gibt es nicht oder nicht mehr: Aufträge werden eine Woche aufbewahrt."
    ),
}
