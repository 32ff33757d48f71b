"""What stands in the way of companies, in German."""

MESSAGES = {
    "Others keep changing the same company.": "Andere ändern gerade dasselbe Unternehmen.",
    "There is no such company.": "Dieses Unternehmen gibt es nicht.",
    "Choose what it is.": "Wählen Sie, was es ist.",
    "There is no such company, or nobody was there for 30 days.": "Dieses Unternehmen gibt es nicht, oder 30 Tage lang war niemand da.",
}
