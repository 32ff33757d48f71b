"""Files in S3."""

from funnel.adapters.s3.files import S3Files

__all__ = ["S3Files"]
