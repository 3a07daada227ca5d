"""Schema changes in order, each a file in `versions/`."""
