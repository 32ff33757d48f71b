"""Emails that marketers write: kept, checked, filled in, tested."""
