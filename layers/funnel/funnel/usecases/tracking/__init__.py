"""What people do on sites: hits, browsers, activities, and who is a machine."""
