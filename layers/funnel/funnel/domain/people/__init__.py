"""Who is one person, and what is known of people."""
