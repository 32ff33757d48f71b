"""The bells: what is rung, or marked as due, so that others follow what was written."""
