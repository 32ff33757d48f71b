"""A tenant's connection to its Sugar, and what a CRM is to us."""
