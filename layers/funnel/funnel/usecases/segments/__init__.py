"""Segments: their rules, who is in them, and why, and the points they give (overlays)."""
