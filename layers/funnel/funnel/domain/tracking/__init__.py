"""What people, and machines, do on sites."""
