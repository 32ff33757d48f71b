"""Mail to one person, what fills it in, and who it comes from."""
