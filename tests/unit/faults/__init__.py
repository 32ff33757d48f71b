"""The proxies that answer badly."""
