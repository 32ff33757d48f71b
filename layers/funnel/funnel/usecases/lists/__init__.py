"""Lists of people, and who is on them."""
