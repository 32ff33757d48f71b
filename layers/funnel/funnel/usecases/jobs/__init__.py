"""Jobs people wait for: asked for and answered, and how long what failed waits for its next try."""
