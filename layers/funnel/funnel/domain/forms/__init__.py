"""Forms that marketers build, and what was sent by them."""
