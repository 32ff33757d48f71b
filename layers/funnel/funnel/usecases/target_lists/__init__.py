"""Target Lists of Sugar, kept in step here."""
