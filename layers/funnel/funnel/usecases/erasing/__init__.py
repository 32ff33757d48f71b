"""People erased on request, and the proofs of it."""
