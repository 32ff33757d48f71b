"""Getting in: people of a tenant, users of Sugar, and whoever runs the deployment."""
