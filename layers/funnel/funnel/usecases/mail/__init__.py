"""Mail to one person: asked for, sent at most once, and what became of it."""
