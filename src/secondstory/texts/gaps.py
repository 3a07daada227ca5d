"""What we say of missing data: what is missing, and what it means for conclusions."""

TEXTS = {
    "meeting_not_held": "No post-mortem meeting was held; nobody has confirmed or corrected what follows.",
    "nothing": "The recordings {recordings} hold no telemetry at all around the incident. Nothing can be measured; "
    "check that the right recording is named and that its times lie near the incident.",
    "no_metrics": "No metrics were recorded. Saturation, pools and machine resources cannot be seen, so a cause among "
    "them would not show.",
    "no_spans": "No traces were recorded. Requests, failures and users are not counted, and who called whom is known "
    "only where it was declared.",
    "no_logs": "No logs were recorded. New error messages cannot be seen.",
    "no_occurrences": "No deploys, alerts or messages were recorded. When people learned of the incident is unknown, "
    "and a change may have come before it without showing here.",
    "unmapped": "{rows} rows of {table} ({share}) name no service. They take part in no signal; map the label that "
    "holds the service's name and import again.",
    "services_without_metrics": "No metrics from: {services}. A full pool or a busy machine there would not show.",
    "services_without_spans": "No traces from: {services}. Their requests, failures and latency are not measured from "
    "inside; only what their callers saw is known.",
    "services_without_logs": "No logs from: {services}. Error messages there would not show.",
    "too_many_services": "{count} services are named; only the {kept} with the most rows take part in this analysis, "
    "{some} and others do not. So many names mostly come from a label that names instances or requests: import again "
    "with `--map service=LABEL`, naming the label that holds the service.",
    "and_more": "{names} and {count} more",
    "window_not_recorded": "This part of the incident's window lies outside the recording. What happened then is "
    "unknown.",
    "no_reference": "No fault-free time was recorded beside the incident. Nothing can be compared with normal, so no "
    "signal can be said to have left its band.",
    "table_hole": "No service wrote any row of {table} here. Either nothing was recorded or nothing happened; the two "
    "cannot be told apart.",
    "service_paused": "{service} usually has rows in {table} but none here, and they come back later. It may have been "
    "down or cut off, which would be a symptom, or its telemetry was lost; conclusions about it in this stretch are "
    "weak.",
    "service_stopped": "{service} usually has rows in {table} but none from here on. It may have gone down, which "
    "would be a symptom, or its telemetry was lost; conclusions about it after this point are weak.",
    "service_idle": "{service} usually has rows in {table} but none here, while its {others} go on. So it was running: "
    "nobody asked it for anything, which would be a symptom, or only its {table} were lost.",
    "not_kept_all": "all",
    "not_kept_some": "some",
    "given_up": "The rows of {recording}, {some} of them, were given up on {day}, when their time here was over. What "
    "was measured before is frozen and stays; nothing further can be asked of them.",
    "stayed_elsewhere": "The incident came from another installation without the rows of {recording}. What was "
    "measured there is frozen and came along; nothing further can be asked here.",
    "changes_not_known": "Deploys and other changes were not recorded. That none is listed does not mean that nothing "
    "changed.",
    "no_entry": "Where requests enter the system is not known. What users saw cannot be told apart from what services "
    "saw of each other; name the entry services.",
}
