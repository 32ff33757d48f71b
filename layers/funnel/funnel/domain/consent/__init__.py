"""Whether an address may be written to, and who said so."""
