"""One email to everybody on some lists and segments."""
