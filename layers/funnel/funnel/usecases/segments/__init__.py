"""Segments: their rules, who is in them, and why."""
