"""Blame rules, one file each with one `EXTENSION`."""
