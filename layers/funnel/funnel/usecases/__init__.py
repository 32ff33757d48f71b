"""One file for each thing the product does."""
