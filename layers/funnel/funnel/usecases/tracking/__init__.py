"""What people do on sites and with mail: hits, browsers, activities, and who is a machine."""
