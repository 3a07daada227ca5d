"""The routes of the API, one file a noun; each calls one use case."""
