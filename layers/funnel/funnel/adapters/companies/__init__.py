"""Whose network an address is of, by MMDB files that the operator supplies."""

from funnel.adapters.companies.bucket import BucketFiles
from funnel.adapters.companies.lookup import MmdbCompanies
from funnel.adapters.companies.shapes import record_of

__all__ = ["BucketFiles", "MmdbCompanies", "record_of"]
