"""What we say of the database that the records are kept in."""

TEXTS = {
    "busy": "The records in {where} were being written to for {seconds} seconds without a pause.",
    "busy_next": "Try again; if it stays so, see what else writes there, such as a large import.",
    "no_answer": "The records in {where} cannot be read or written: {problem}.",
    "next": (
        "Check that the database is there, that you may write it and its folder, that the disk has space and that no "
        "other command holds it for long; or name another with SECONDSTORY_DATA_DIR or SECONDSTORY_DATABASE_URL."
    ),
}
