"""What we say where the engine that answers queries cannot."""

TEXTS = {
    "memory": "The question {query} needs more than the {limit_mb} MB of memory that one may use.",
    "memory_next": "Free disk space below the data directory, or open the incident over a shorter window.",
}
