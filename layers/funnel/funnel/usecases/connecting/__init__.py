"""A tenant's connection to its Sugar: tested, saved, changed, opened."""
