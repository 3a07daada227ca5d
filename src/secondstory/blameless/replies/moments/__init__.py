"""Hard moments, one file each with one `EXTENSION`."""
