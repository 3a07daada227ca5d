"""Collecting from a running server: a real Prometheus, and servers that misbehave."""
