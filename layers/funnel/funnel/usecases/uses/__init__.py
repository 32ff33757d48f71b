"""What uses a list, a field or an email, asked before it is taken away."""
