"""Why the stack cannot start."""


class StackError(Exception):
    """Something the stack needs is missing or failed; the text says what, for the terminal."""
