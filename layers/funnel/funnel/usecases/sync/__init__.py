"""The pull: runs, their windows and pages, webhooks, what a sync would do, and both sides compared."""
