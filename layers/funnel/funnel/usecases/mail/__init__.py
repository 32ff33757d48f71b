"""Mail to one person: asked for, whether it may go, what it says, and what became of it."""
