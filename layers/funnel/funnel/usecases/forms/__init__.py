"""Forms that marketers build, what was sent by them, and what happens with it."""
