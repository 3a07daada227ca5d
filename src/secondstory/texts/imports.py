"""What we say while telemetry is imported."""

TEXTS = {
    "reading": "Reading {path}",
    "not_recognised": (
        "No source knows the file {path}; nothing of it was imported. `secondstory doctor` lists what can be read."
    ),
    "source_failed": (
        "The source {source} could not read {path} from line or record {line} on ({error}); that part is missing. "
        "Export or copy the file again and import it."
    ),
    "unreadable": "The file {path} could not be read ({error}); nothing of it was imported.",
    "no_file": "it is a pipe, a device or a link that leads nowhere; only files are read",
    "empty": "it is empty; export or copy it again",
    "zeros": "it holds nothing but zero bytes, as a crash or a full disk leaves them; export or copy it again",
    "wide_text": "it looks like UTF-16 or UTF-32 without a mark at its begin; save it as UTF-8 and import it again",
    "archive": "it is packed twice, or in a way that is not read; unpack it and import the folder",
    "unpacks_to_too_much": (
        "it unpacks to more than {most_mb} MB and more than {ratio} times its length, as only archives made to do harm "
        "do; if it is sound, unpack it and import the file"
    ),
    "zip_damaged": "The ZIP is damaged or cut off ({problem}).",
    "zip_no_end": "its directory is missing at the end",
    "zip_members": "The ZIP holds more than {most:,} files.",
    "zip_too_long": "The ZIP unpacks to more than {most_gb} GB.",
    "zip_overlap": "The files in the ZIP overlap, as only archives made to do harm do.",
    "zip_next": "Copy or export {path} again, or unpack it and import the folder.",
    "zip_leads_out": "its name leads out of the archive; give it a plain name and pack it again",
    "zip_no_file": "it is a link or a device; pack the file itself",
    "zip_encrypted": "it is encrypted; unpack the archive with its password and import the folder",
    "zip_method": "it is packed by method {method}, which is not read; unpack the archive and import the folder",
    "rejected": (
        "{count} rows of {path} could not be read, the first at line or record {line}: {reason} To have them, correct "
        "them where they come from and import the file into a new recording."
    ),
    "further": "{count} of them, the first at line or record {line}: {reason}",
    "changed": "{count} rows are kept, but not as they were written, the first at line or record {line}: {reason}",
    "rows_changed": "Of {path}, {reason}",
    "unmapped": (
        "{count} rows of {path} name no service, the first at or after line or record {line}; "
        "no signal of a service counts them. Map one of their labels to the service and import again."
    ),
    "spans_repeated": (
        "{count} spans have the id of another span of their service, such as in trace {trace}. Each counts as a "
        "request; calls between services are counted below one of them. Check that no file is in the import twice "
        "and that ids are drawn at random."
    ),
    "spans_orphaned": (
        "{count} spans name a parent that is not on record, such as in trace {trace}. Who called them is unknown; "
        "import the telemetry of their callers too."
    ),
    "spans_circular": (
        "{count} spans belong to traces without a beginning, such as {trace}: their parents lead in a circle. Check "
        "what sets the ids of parents there."
    ),
    # Which label becomes what
    "map_wrong": "The labels for {column!r} cannot be set; a label can become one of {known}, and needs a name.",
    "map_next": "Write for example --map service=job,app",
    "alias_wrong": "An alias needs the name that was seen and the name that is meant.",
    "alias_next": "Write for example --alias payments-svc=payment",
    "option_shape": "{option} {given!r} has no name on both sides of an equals sign.",
}
