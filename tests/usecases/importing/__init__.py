"""Importing, tried on real records and a source of twenty lines."""
