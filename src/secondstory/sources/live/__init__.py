"""Connectors that ask a running system; each plans files that the ordinary import then reads."""
