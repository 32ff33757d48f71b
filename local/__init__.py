"""What runs only on a developer's machine: the embedded stack and the Sugar it talks to."""
