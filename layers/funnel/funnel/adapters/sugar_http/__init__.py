"""What every way to a Sugar shares: HTTP with its limits, looking for endpoints, typed values."""
