"""The demo company: its users, and a customer base made from a seed."""
