"""The document's sections, one file each: the story in, a section out."""
