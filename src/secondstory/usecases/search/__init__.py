"""Search over all incidents that one may read."""

from secondstory.usecases.search.finding import KINDS, Found, Part, SearchPage, reindex, search

__all__ = ["KINDS", "Found", "Part", "SearchPage", "reindex", "search"]
