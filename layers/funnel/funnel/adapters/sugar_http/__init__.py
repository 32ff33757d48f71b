"""HTTP to a Sugar, whatever it speaks: which addresses, how long, how much, and what went wrong."""
