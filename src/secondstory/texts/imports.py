"""What we say while telemetry is imported."""

TEXTS = {
    "reading": "Reading {path}",
    "not_recognised": "No source knows the file {path}; nothing of it was imported.",
    "source_failed": "The source {source} could not read {path} from line {line} on ({error}); that part is missing.",
    "unreadable": "The file {path} could not be opened ({error}); nothing of it was imported.",
    "no_file": "it is no regular file: a link to a folder, a pipe or a device",
    "rejected": "{count} rows of {path} could not be read, the first in line {line}: {reason}",
    "unmapped": (
        "{count} rows of {path} name no service, the first at or after line {line}; "
        "no signal of a service counts them. Map one of their labels to the service and import again."
    ),
}
