"""Campaigns: the graph of steps, its checks and changes, and people on their way."""
