"""Overview, people, accounts, opportunities and users, for everybody who is signed in."""
