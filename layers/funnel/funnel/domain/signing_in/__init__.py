"""Tenants, their users, and tries to sign in."""
