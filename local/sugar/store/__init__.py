"""The simulated Sugar's data: tables named as in Sugar, in SQLite."""
