"""Turns what is said into words, one file an engine; each is an extra that need not be installed."""
