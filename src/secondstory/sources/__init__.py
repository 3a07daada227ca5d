"""Connectors for telemetry and records, one file each, found by the registry."""
