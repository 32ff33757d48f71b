"""What stands in the way of mapping, in German."""

MESSAGES = {
    "Enter an email address such as ann@example.com.": "Geben Sie eine E-Mail-Adresse ein, etwa anna@example.com.",
    "This number is too large.": "Diese Zahl ist zu groß.",
    "Enter yes or no.": "Geben Sie Ja oder Nein ein.",
    "Enter a phone number; it has digits.": "Geben Sie eine Telefonnummer ein; sie hat Ziffern.",
    "Enter a date such as 2026-11-24 or 24.11.2026.": "Geben Sie ein Datum ein, etwa 24.11.2026 oder 2026-11-24.",
    "This field is used by {0}{1}.": "Dieses Feld wird noch verwendet: {0~}{1~}.",
    "Only Accounts, Contacts and Leads are mapped.": "Nur Firmen, Kontakte und Leads werden zugeordnet.",
    "Give the field a name.": "Geben Sie dem Feld einen Namen.",
    "A name needs a letter or digit from a to z.": "Ein Name braucht einen Buchstaben oder eine Ziffer von a bis z.",
    "There is a field “{0}” already; it holds {1}.": "Es gibt schon ein Feld „{0~}“ dieser Art: {1~type}.",
    "Choose another name.": "Wählen Sie einen anderen Namen.",
    "There are {0} fields already.": "Es gibt schon {0} Felder.",
    "A field of {0} goes into this one.": "Ein Feld von {0~module} geht in dieses.",
    "Take it out of the mapping first.": "Nehmen Sie es zuerst aus der Zuordnung.",
    "Enter a date and time such as 2026-11-24 10:42.": "Geben Sie Datum und Uhrzeit ein, etwa 2026-11-24 10:42.",
    "At most {0} fields of a module can be mapped.": "Höchstens {0} Felder eines Moduls lassen sich zuordnen.",
    "Use the field's database name, such as phone_work or region_c.": (
        "Verwenden Sie den Namen des Feldes in der Datenbank, etwa phone_work oder region_c."
    ),
    "If it was added just now, read the fields from Sugar again.": "Wurde es gerade erst hinzugefügt, lesen Sie die Felder noch einmal aus Sugar.",
    "Both “{0}” and “{1}” go into “{2}”.": "Sowohl „{0}“ als auch „{1}“ gehen in „{2}“.",
    "Leave one of them out, or choose another field for it.": "Lassen Sie eines davon weg, oder wählen Sie ein anderes Feld dafür.",
    "“{0}” holds {1}, but “{2}” takes {3}.": "„{0~}“ enthält etwas anderes ({1~type}), als „{2~}“ aufnimmt ({3~type}).",
    "Choose a field of the same type, or one for text, which takes anything.": "Wählen Sie ein Feld desselben Typs, oder eines für Text, das alles annimmt.",
}
