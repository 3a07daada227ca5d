"""The command line: one file a verb, each calling use cases only."""
