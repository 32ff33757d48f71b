"""What Funnel knows, without any I/O: the standard library only."""
