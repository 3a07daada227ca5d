"""Input made or grown to do harm, through the whole of an import and an analysis."""
