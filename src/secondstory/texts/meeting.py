"""What is said aloud of an incident in a meeting: signals and panels by a name that can be spoken, costs, unknowns."""

_SIGNALS = {
    "signal_connections": "connections in use at {service}",
    "panel_connections": "the pool panel of {service}",
    "signal_pending": "requests waiting for a connection at {service}",
    "panel_pending": "the pool queue panel of {service}",
    "signal_connection_wait": "the wait for a connection at {service}",
    "panel_connection_wait": "the pool wait panel of {service}",
    "signal_errors": "failed requests at {service}",
    "panel_errors": "the error panel of {service}",
    "signal_latency": "the response time of the slowest 5 % at {service}",
    "panel_latency": "the latency panel of {service}",
    "signal_traffic": "requests to {service}",
    "panel_traffic": "the traffic panel of {service}",
    "signal_saturation": "the fill level of {service}",
    "panel_saturation": "the fill level panel of {service}",
    "signal_resource": "machine use of {service}",
    "panel_resource": "the machine panel of {service}",
    "signal_other": "a measured signal of {service}",
    "panel_other": "the panel of {service}",
    "signal_calls_errors": "failed calls from {service} to {peer}",
    "panel_calls_errors": "the call error panel of {service}",
    "signal_calls_latency": "the time of the slowest 5 % of calls from {service} to {peer}",
    "panel_calls_latency": "the call time panel of {service}",
    "signal_calls_traffic": "calls from {service} to {peer}",
    "panel_calls_traffic": "the call panel of {service}",
}

_FACTS = {
    "source_signal": "the metrics of {service}",
    "source_change": "the deploy record",
    "source_alert": "the alert history",
    "source_chat": "the chat record",
    "source_command": "the command log",
    "source_status": "the status page",
    "impact_failed": "{failed} failed requests",
    "impact_share": "{share} of requests failed",
    "impact_users": "{users} users hit",
    "impact_both": "{first} and {second}",
    "impact_lasted": "{minutes} of failures for users of {service}",
    "figure_range": "{value} ({low} to {high})",
    "bluf": "From {time} to {time_b}, users of {service} were hit: {impact}.",
    "bluf_cause": "The evidence points first to this: {cause}.",
    "unknown_milestone": "when {what}",
    "unknown_gap": "what is missing in {source}",
    "unknown_stretch": "what is missing in {source} from {time} to {time_b}",
    "guard_circuit_breaker": "a circuit breaker",
    "guard_load_shedding": "a limit that sheds load",
    "guard_bulkhead": "a limit for each kind of work",
    "guard_timeout": "a shorter time limit",
    "guard_retry_budget": "a retry budget",
}

_READING = {
    "not_analysed": "Incident {incident} has not been analysed.",
    "not_analysed_next": "Run `secondstory analyse {incident}` first.",
}

TEXTS = {**_READING, **_SIGNALS, **_FACTS}
