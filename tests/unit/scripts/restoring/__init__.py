"""Bringing a deployment's tables back to a moment."""
