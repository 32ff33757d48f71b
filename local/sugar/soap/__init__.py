"""The SOAP side of the simulated Sugar: one dialect per endpoint."""
