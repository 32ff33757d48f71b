"""A few pages for a person to act as the Sugar user."""
