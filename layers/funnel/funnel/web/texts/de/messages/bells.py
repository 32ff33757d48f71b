"""What stands in the way of having others told of what was written, in German."""

MESSAGES = {
    "Others kept changing what Sugar is to be told of the same people.": "Andere haben geändert, was Sugar über dieselben Personen mitzuteilen ist.",
}
