"""A tenant's connection to its Sugar: tested, saved, changed, opened, and how much waits to be written."""
