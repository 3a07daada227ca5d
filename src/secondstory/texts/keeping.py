"""What is said of files that people attach, and of how long things are kept."""

TEXTS = {
    "damaged": "The attached file with hash {sha256} is not as it was kept.",
    "damaged_next": "Restore the records from a backup; `secondstory doctor` names what else is damaged.",
    "empty": "{name} holds nothing.",
    "empty_next": "Choose another file.",
    "not_allowed": "{name} is no kind of file that can be attached, going by its content.",
    "not_allowed_next": (
        "Attach a PNG, JPEG, GIF or WebP picture, a PDF, or plain text in UTF-8 such as CSV or a log. Pages and "
        "drawings that can run a script are refused; a screenshot of them does."
    ),
    "too_large": "{name} has {size_mb:,.1f} MB; a file of this kind may have {most_mb:,.0f} MB.",
    "too_large_next": "Attach the part that matters, or import it as telemetry where it is a log.",
    "full": "With {name} the files of incident {incident} would have {size_mb:,.1f} MB; {most_mb:,.0f} MB are allowed.",
    "full_next": "Remove a file that nobody needs, or keep the large ones elsewhere and link them in a comment.",
    "too_many": "Incident {incident} has {most} files, which is the most that it may have.",
    "too_many_next": "Remove a file that nobody needs.",
    "long_note": "The note on {name} is longer than {most} characters.",
    "long_note_next": "Say in a sentence what the file shows; the rest fits into a comment.",
    "no_file": "Incident {incident} has no file {file}.",
    "no_file_next": "List its files with `secondstory attached list {incident}`.",
    "was_removed": "{name} was removed by {actor}.",
    "was_removed_next": "Ask whoever attached it; its content is not kept any more.",
    "not_yours": "{name} was attached by {actor}, and {asking} may not remove what others attached.",
    "not_yours_next": "Ask {actor}, or the facilitator or scribe of the incident.",
    "did_attach": "Attached: {name}, {kind}.",
    "did_remove": "Removed the file: {name}.",
    "attached": "{name} ({kind}, {size_kb:,.1f} kB) is attached to {incident} as {file}.",
    "was_redacted": "Names or secrets in it were replaced before it was kept.",
    "fetched": "{path} ({size_kb:,.1f} kB)",
    "removed": "{name} is removed; that it was there stays in the list.",
    "exists": "There is a file {path} already.",
    "exists_next": "Name another with --out.",
}
