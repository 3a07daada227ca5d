"""What connectors say of files and rows that they cannot read."""

TEXTS = {
    # Times
    "time_missing": "The row has no time.",
    "time_unreadable": (
        "The time cannot be read, or lies outside the years 2000 to 2099; RFC 3339 or an epoch number is needed."
    ),
    "year_missing": "The time names no year; put the year into the file's name, such as syslog-2026.log.",
    "time_outside": "The time {seen} lies outside the years 2000 to 2099 when read as {unit}; {looks}.",
    "time_epoch_outside": "The time {seen} lies outside the years 2000 to 2099 in any unit of epoch time.",
    "span_backwards": "The span ends before it starts.",
    "span_endless": "The span is longer than a century.",
    # OTLP
    "otlp_cut_off": "The file ends inside a message: {present} of {declared} bytes are there.",
    "otlp_length": "A message claims to be {declared} bytes long, more than {limit}; what follows cannot be read.",
    "otlp_undecodable": "The bytes are no valid OTLP {signal} message.",
    "otlp_broken": "The request is damaged or cut off here; what stood whole before that is kept.",
    "otlp_unknown": "The bytes are no OTLP message of logs, metrics or traces.",
    "otlp_shape": "A part of the message has another shape than OTLP/JSON gives it: {problem}.",
    "ids_missing": "The span has no trace id or no span id.",
    "no_value": "The data point carries no value.",
    "not_finite": "The value is not a finite number.",
    "count_outside": "A count lies outside 0 to {most}.",
    "histogram_shape": "The histogram has {buckets} buckets for {bounds} bounds; one more than bounds is needed.",
    # Prometheus
    "prometheus_error": "The answer is an error of Prometheus ({kind}), no data; ask again for a shorter time.",
    "prometheus_warned": "Prometheus warns in this answer; it may be incomplete.",
    "series_shape": "The result is no series with labels.",
    "sample_shape": "The sample is no pair of a time and a value.",
    "histogram_native": "Native histograms are not supported; export classic buckets. Plain samples are kept.",
    "buckets_missing": "Not every bucket of the histogram has a value at this time.",
    "buckets_fall": "A bucket of the histogram holds fewer observations than the bucket below it.",
    # Loki and Jaeger
    "stream_shape": "The stream has no labels or no lines.",
    "entry_shape": "The line is no pair of a time and a text.",
    "trace_shape": "The trace has no list of spans.",
    "span_shape": "A part of the span has another shape than Jaeger gives it.",
    "jaeger_error": "Jaeger says that it could not find or read a trace.",
    "jaeger_warned": "Jaeger warns of this trace; it may be incomplete. Its spans are kept.",
    # Alerts and events
    "alert_shape": "The alert has no labels.",
    "notification_shape": "The object is no notification with alerts.",
    "alerts_truncated": "The notification leaves alerts out, as its settings ask.",
    "grafana_timeless": "The notification carries no time; have the receiver add it as received_at.",
    "event_shape": "The object is no event about another object.",
    # Dataset folders
    "parquet_unreadable": "{path} is no readable Parquet file: {problem}.",
    "parquet_columns": "{path} has the columns {columns}, which are those of no table that we know.",
    "parquet_time": "The column {column!r} of {path} is of type {type}; a timestamp is needed.",
    "parquet_next": "Export it again, or leave it out of the import.",
    "attributes_unreadable": "The attributes are no JSON object; the row is kept without them.",
    "dataset_part": "The part {part!r} of {path} cannot be used: {problem}.",
    "kind_unknown": "The kind is not one of {known}.",
    # Records of other tools
    "no_objects": "an object, or an array of objects, is needed",
    "record_no_object": "The entry is no object.",
    "record_damaged": "The record is damaged or cut off.",
    "record_unusable": "The record was not used: {problem}",
    "cue_timeless": "The lines belong to no cue: a line with two times is missing.",
    "cue_time": "The times of the cue cannot be read; 00:01:02.345 --> 00:01:04.000 is needed.",
    "line_unspoken": "The lines before the first speaker are no speech.",
    "transcript_begin": "{path} does not say when the recording began.",
    "transcript_next": "Put date and time into the file's name, as in call-2026-03-06T10-15-00Z.vtt; import it again.",
    "chat_deleted": "A message was deleted.",
    "commit_missing": "The text before the first commit is no output of git log.",
    "record_unknown": "it is none of those that we know: {known}.",
    # Text formats
    "json_unreadable": "The line is no JSON object.",
    "text_replaced": "Bytes that are no UTF-8 were replaced by a sign; the row is kept.",
    "text_guessed": "Bytes that are no UTF-8 were read as Windows' Latin signs; letters may be wrong.",
    "zero_bytes": "Zero bytes, as a crash or a cut off copy leaves them, were taken out; the row is kept.",
    "json_document": "{path} is no readable JSON document: {problem}.",
    "no_record": "it holds no record",
    "record_unreadable": "The record is cut off or damaged; it is no readable JSON object.",
    "record_long": "The record {number} of {path} is longer than {megabytes} MB; it and what follows cannot be read.",
    "csv_header": "{path} lacks the column {column!r}; its first line must name the columns.",
    "csv_cells": "The row has {found} cells for {wanted} columns.",
    "csv_unreadable": "The row breaks the rules of CSV: {problem}.",
    "document_next": "Correct the file and import it again.",
    "toml_document": "{path} is no readable TOML document: {problem}.",
    "yaml_document": "{path} is no readable YAML document: {problem}.",
    "field_missing": "The field {field!r} is missing.",
    "field_wrong": "The field {field!r} cannot be used: {problem}.",
    "field_unknown": "The field {field!r} is not known and was not used.",
    "definition_part": "A part of the file was not used: {problem}",
    "part_unsupported": "{part} is not supported.",
    "slo_unusable": "The objective {name} was not used: {problem}",
    "slo_reference": "the {kind} {reference!r} that it refers to is neither in this file nor in another OpenSLO file of"
    " the same import; import the folder that holds both.",
    "slo_language": (
        "its query is written for {language}, and only queries for Prometheus are understood here, so what it counts "
        "is not known."
    ),
    "slo_not_requests": "its query, {query!r}, does not speak of requests, which is all that is counted here.",
    "slo_alert_unusable": "An alert of the objective {name} was not used: {problem}",
    "slo_unit": "nothing tells whether its threshold means seconds or milliseconds; write it as annotation `unit`.",
    "rule_unsupported": "The rule {name!r} was not used: {problem}",
    "document_too_large": (
        "{path} is one document of more than {limit_mb} MB. Split it, or write its records one a line, and import "
        "again."
    ),
    "record_too_large": (
        "The record of {path} from line {line} on does not end within {limit_mb} MB. Check that this is the format "
        "that the name says, or split the file."
    ),
}
