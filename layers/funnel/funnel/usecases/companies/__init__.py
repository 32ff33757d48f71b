"""Companies that visit a site, known by their networks."""
