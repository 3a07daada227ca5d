"""What proposed actions say: their titles, and how one will know that each works."""

TEXTS = {
    "alert_title": "Alert on {indicator} of {service} when it leaves its normal band.",
    "alert_criterion": "On the frozen telemetry of this incident, a rule `{indicator} {sign} {threshold}` on "
    "{service} "
    "fires by {by}, {lead} before the first alert did, and stays quiet in the reference window.",
    "alert_criterion_none": "On the frozen telemetry of this incident, a rule `{indicator} {sign} {threshold}` on "
    "{service} fires by {by}, where nothing fired, and stays quiet in the reference window.",
    "replayed_title": "Alert on {watch}.",
    "moved_title": "Move the line of an alert that exists: {watch}.",
    "replayed_criterion": "On the frozen telemetry of this incident the rule `{expression}`{hold} fires by {by}, "
    "{sooner}, with {false}; `secondstory detect` replays it.",
    "held": ", held for {hold},",
    "sooner": "{sooner} before a person was told",
    "later": "{later} after a person was told",
    "unnoticed": "when a person was told is not on record",
    "false_none": "no false alarm in {length} without a fault",
    "false_one": "one false alarm in {length} without a fault",
    "false_many": "{count} false alarms in {length} without a fault",
    "false_unknown": "false alarms not known, for no time without a fault was recorded",
    "told": "Put forward by a person.",
    "told_why": "Put forward by a person: “{why}”",
    "prevent_pool_exhausted_title": "Bound how long {service} holds a pooled connection, and give it back on "
    "every path.",
    "prevent_pool_exhausted_criterion": "A game day that holds connections of {service} on purpose passes: "
    "`{indicator}` "
    "stays within its band and requests keep succeeding.",
    "prevent_resource_exhausted_title": "Limit what one request may take of the resource that ran out in {service}.",
    "prevent_resource_exhausted_criterion": "A game day that loads {service} to its limit passes: `{indicator}` "
    "stays "
    "below the limit and excess requests are refused early.",
    "prevent_crash_title": "Make {service} survive what stopped its instances, and restart without losing requests.",
    "prevent_crash_criterion": "A game day that stops one instance of {service} passes: the entry services' error "
    "objective holds throughout.",
    "prevent_traffic_title": "Shed load at {service} before it queues.",
    "prevent_traffic_criterion": "A game day with the incident's peak traffic passes: {service} refuses the "
    "excess within "
    "one second and the rest succeeds.",
    "prevent_errors_title": "Reproduce in a test what makes {service} fail, and keep the test.",
    "prevent_errors_criterion": "The test fails on the version that ran during the incident and passes on the "
    "one after "
    "it; continuous integration runs it on every change of {service}.",
    "prevent_latency_title": "Give {service} a time limit and a bounded queue, so that slow work cannot pile up.",
    "prevent_latency_criterion": "A game day that slows {service} passes: `{indicator}` stays bounded and "
    "callers get an "
    "early answer.",
    "prevent_slow_dependency_title": "Give every call to {service} a time limit, and an answer for when it is slow.",
    "prevent_slow_dependency_criterion": "A game day that slows {service} passes: its callers answer within their own "
    "objective.",
    "prevent_retry_storm_title": "Give clients around {service} a retry budget, and pauses that grow.",
    "prevent_retry_storm_criterion": "A game day that refuses one call in two passes: the calls sent for each request "
    "stay within a tenth above normal, and refusals end with their cause.",
    "prevent_queue_growth_title": "Bound the queue of {service}, and refuse at once what it cannot serve in time.",
    "prevent_queue_growth_criterion": "A game day with twice the usual traffic passes: `{indicator}` levels off, and "
    "what {service} accepts is served within its objective.",
    "prevent_crash_loop_title": "Hold back a version of {service} whose first instances do not stay up.",
    "prevent_crash_loop_criterion": "A planted version that stops on some requests is taken back by the roll-out "
    "itself before a second instance of {service} gets it.",
    "prevent_memory_leak_title": "Bound what {service} keeps between requests, and watch its memory over a long run.",
    "prevent_memory_leak_criterion": "Under an hour of the incident's load `{indicator}` of {service} levels off; the "
    "check refuses a version on which it keeps growing.",
    "prevent_bad_configuration_title": "Try a new setting of {service} on one instance before it reaches all.",
    "prevent_bad_configuration_criterion": "The value of this incident is planted once; the check in the path of "
    "settings of {service} refuses it.",
    "mitigate_breaker_title": "Put a circuit breaker and a time limit on the call {caller} → {callee}.",
    "mitigate_breaker_criterion": "A game day that fails {callee} passes: {caller} answers within its own objective "
    "without waiting for {callee}.",
    "mitigate_retries_title": "Give {caller} a retry budget with back-off towards {callee}.",
    "mitigate_retries_criterion": "A game day that fails {callee} passes: {caller} sends at most one tenth more "
    "calls than "
    "it would without failures.",
    "change_title": "Check changes of {service} for what `{change}` changed, under load, before they reach everybody.",
    "change_criterion": "A change that brings the same setting back is planted once; the check in the change path of "
    "{service} refuses it.",
    "separate_title": "Record what would tell the leading explanations apart.",
    "separate_criterion": "A coverage query finds the signal for one day of normal traffic: {what}",
    "gap_title": "Close the gap in {source}.",
    "gap_not_recorded_title": "Begin to record what is missing in {source}.",
    "gap_unmapped_title": "Name the service on every row of {source}.",
    "gap_criterion": "A coverage query over one day of normal traffic no longer finds this: {details}",
}
