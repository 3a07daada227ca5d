"""What we say while telemetry is imported."""

TEXTS = {
    "reading": "Reading {path}",
    "not_recognised": "No source knows the file {path}; nothing of it was imported.",
    "source_failed": "The source {source} could not read {path} from line or record {line} on ({error}); that part is missing.",
    "unreadable": "The file {path} could not be opened ({error}); nothing of it was imported.",
    "rejected": "{count} rows of {path} could not be read, the first at line or record {line}: {reason}",
    "unmapped": (
        "{count} rows of {path} name no service, the first at or after line or record {line}; "
        "no signal of a service counts them. Map one of their labels to the service and import again."
    ),
    # Which label becomes what
    "map_wrong": "The labels for {column!r} cannot be set; a label can become one of {known}, and needs a name.",
    "map_next": "Write for example --map service=job,app",
    "alias_wrong": "An alias needs the name that was seen and the name that is meant.",
    "alias_next": "Write for example --alias payments-svc=payment",
    "option_shape": "{option} {given!r} has no name on both sides of an equals sign.",
}
