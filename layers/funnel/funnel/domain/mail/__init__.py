"""Mail to one person, broadcasts, and who mail comes from."""
