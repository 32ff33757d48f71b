"""Mail to one person: asked for, filled in, sent at most once, and what became of it."""
