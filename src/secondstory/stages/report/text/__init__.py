"""The document's text between machine and people: sections to Markdown, Markdown to sections, and what has changed."""
