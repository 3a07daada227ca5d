"""The methods that rank causes: one file each, with one `EXTENSION`."""
