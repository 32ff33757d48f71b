"""Ports in memory: exact, fast and deterministic."""
