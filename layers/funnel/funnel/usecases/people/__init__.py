"""People, Accounts, Opportunities and Users as they are kept here: found, made, changed, imported, exported, and what they did."""
