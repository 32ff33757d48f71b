"""The lead score and what it is made of."""
