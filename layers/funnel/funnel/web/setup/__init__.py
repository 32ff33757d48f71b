"""Sugar Integration Setup: connection, sync and the error report, for admins."""
