"""What the command line says of a server that runs on the same data."""

TEXTS = {
    "silent": "The server that runs on this data does not answer ({problem}).",
    "silent_next": "See whether `secondstory serve` still runs; without it the command works on the data itself.",
}
