"""The lead score: its rules, overlays, and working it out anew."""
