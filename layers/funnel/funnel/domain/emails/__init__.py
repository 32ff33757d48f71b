"""Emails that marketers write: blocks, styles, merge fields, checks."""
