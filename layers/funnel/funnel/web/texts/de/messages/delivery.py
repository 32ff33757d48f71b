"""What stands in the way of mail on its way, in German."""

MESSAGES = {
    "The reader keeps changing their mind.": "Der Leser ändert seine Meinung fortwährend.",
}
