"""People erased on request, the proofs of it, and erasing again after a restore."""
