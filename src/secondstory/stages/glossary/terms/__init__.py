"""The terms, one file each."""
