"""What the Makefile runs: environments, checks and tests."""
