"""The local page: rendered reports over HTTP on loopback."""
