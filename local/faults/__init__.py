"""Proxies that stand before the local AWS and the simulated Sugar, and answer badly now and then."""
