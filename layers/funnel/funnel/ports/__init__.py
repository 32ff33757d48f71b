"""What the use cases need from outside, in the domain's words. Adapters and fakes provide it."""
