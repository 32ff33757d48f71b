"""The HTTP side of the simulated Sugar."""
