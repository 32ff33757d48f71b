"""Lists of people: auto lists, those by hand and by rule, and Target Lists."""
