"""Settings: connection, sync and the error report, for admins."""
