"""What is said around searching."""

TEXTS = {
    "no_word": "There is no word to search for.",
    "no_word_next": "Give at least one word or number; every word must be in what is found.",
    "no_kind": "There is nothing of the kind {kind!r} to find.",
    "no_kind_next": "Choose of: {kinds}.",
    "nothing": "Nothing that you may read holds {words}.",
    "found": "{total} found: {counts}.",
    "indexing": "Indexing {incident}",
    "reindexed": "Incidents indexed anew: {count}.",
    "count": "{count} {kind}",
}
