"""What comes from Sugar: runs, windows, records, what holds them back, and both sides compared."""
