"""What stands in the way of campaigns in Sugar, in German."""

MESSAGES = {
    "This campaign is not synced with Sugar.": "Diese Kampagne wird nicht mit Sugar synchronisiert.",
    "Nothing of this campaign was deleted in Sugar.": "Nichts von dieser Kampagne wurde in Sugar gelöscht.",
    "Others keep changing one campaign.": "Andere ändern gerade eine Kampagne.",
    "There is no such page.": "Diese Seite gibt es nicht.",
    "Choose a step that does something in Sugar.": "Wählen Sie einen Schritt, der etwas in Sugar tut.",
    "There is no such look, or it is too old.": "Das gibt es nicht, oder es ist zu alt.",
}
