"""Report formats, one file each with one `EXTENSION`."""
