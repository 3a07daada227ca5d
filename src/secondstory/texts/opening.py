"""What is said where an incident is opened from an alert."""

TEXTS = {
    "no_format": "The notification is in no format that is known.",
    "no_format_next": "Send what Alertmanager, Grafana or PagerDuty (webhooks, version 3) send, as it is.",
    "no_alert": "The notification tells of no alert that fired.",
    "no_alert_next": "Send one with at least one alert that fires or fired.",
    "too_large": "The notification has more than one megabyte.",
    "too_large_next": "Group fewer alerts into one notification.",
    "not_taken": "Notifications of alerts are not taken here.",
    "not_taken_next": "Ask the owner of the installation to switch the receiver on, and send its token as a bearer.",
    "too_many": "Too many notifications came from this address within a minute.",
    "too_many_next": "Send it again in a minute.",
    "no_variable": "The environment variable {name}, which is to hold the token for alerts, is not set.",
    "no_variable_next": "Set it, or take its name out of SECONDSTORY_ALERT_TOKEN_VARIABLE.",
    "short_token": "The token in {name} has fewer than {least} characters.",
    "short_token_next": "Put a longer one there; `openssl rand -hex 24` makes one.",
    "opened": "Opened {incident}, {severity}. Next: secondstory import TELEMETRY --recording {recording}",
    "known": "The alert belongs to {incident}, which is open already; its recording has the notification now.",
    "one_of": "An incident needs an id and a --window, or --from-alert FILE.",
    "alert_alone": "--from-alert says all of the incident itself.",
    "one_of_next": "`secondstory open --help` shows both.",
}
