"""Answer cards, one file a question with one `EXTENSION`."""
