"""What we say of the database that the records are kept in."""

TEXTS = {
    "busy": "The records in {where} were being written to for {seconds} seconds without a pause.",
    "busy_next": "Try again; if it stays so, see what else writes there, such as a large import.",
    "no_answer": "The records in {where} cannot be read or written: {problem}.",
    "next": (
        "Check that the database is there, that you may write it and its folder, that the disk has space and that no "
        "other command holds it for long; or name another with SECONDSTORY_DATA_DIR or SECONDSTORY_DATABASE_URL."
    ),
    "not_yours": "The data directory {path} belongs to user {owner}, and you are user {user}.",
    "not_yours_next": "Run this as that user, or name a directory of your own with SECONDSTORY_DATA_DIR.",
    "open_folder": "Other users may write into the data directory {path} (mode {mode}), and so change what it says.",
    "open_next": "Look whether anything in it is strange to you, then: chmod go-w {path}",
}
