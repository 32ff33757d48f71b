"""The lead score: its rules, what they count, and working it out anew."""
