"""Fields, the values they hold, and which fields of Sugar they come from."""
