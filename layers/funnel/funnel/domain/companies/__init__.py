"""Whose network a visitor came from."""
