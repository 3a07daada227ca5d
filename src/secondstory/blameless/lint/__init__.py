"""Lints a written text: Markdown to sentences with their places, sentences through the rules, to findings."""
