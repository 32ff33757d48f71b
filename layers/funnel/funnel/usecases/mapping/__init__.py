"""Which fields of Sugar become which fields here."""
