"""Campaigns: their graph, and people on their way along it."""
