"""Credentials in Secrets Manager."""

from funnel.adapters.secrets.manager import SecretsManager

__all__ = ["SecretsManager"]
