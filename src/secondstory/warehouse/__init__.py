"""Telemetry as immutable Parquet segments, summarised by an in-memory engine."""
