"""Mail on its way: sent at most once, held, and what the mail service and its readers say of it."""
