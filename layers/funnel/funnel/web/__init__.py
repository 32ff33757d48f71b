"""Pages and JSON of the web app: rendered here, live parts by htmx, nothing from other hosts."""
