"""What is said of how long things are kept, of legal holds and of incidents that were deleted."""

TEXTS = {
    "no_why": "A legal hold, and lifting it, needs a reason.",
    "no_why_next": "Say in a sentence why; it stands in the audit.",
    "did_hold": "Legal hold: {why}",
    "did_lift": "Legal hold lifted: {why}",
    "held": "Incident {incident} is under legal hold since {day}, by {actor}: {why}",
    "held_next": "Nothing of it may go. Ask its facilitator, who may lift it: `secondstory hold {incident} --lift`.",
    "unusable": "These days cannot be kept to: {fault}.",
    "unusable_next": "Give whole days from 1 on, or `never` for what is kept for good.",
    "did_apply": "Their time was over: {listed}.",
    "did_begin": "The age of new telemetry is counted from now on.",
    "policy": "Raw telemetry: {telemetry}. Names behind tokens: {names}. Frozen evidence stays with its incident; "
    "captions are never kept.",
    "telemetry_days": "{days} days after it came",
    "names_days": "{days} days after the last publication",
    "for_good": "for good",
    "nothing": "Nothing goes now.",
    "went": "{kind} of {subject} went.",
    "would_go": "{count} of these would go now; `--apply` lets them go, and a running server does so each day.",
    "when_published": "once all are published",
    "never": "never",
    "held_by": "held by {incidents}",
    "is_held": "{incident} is under legal hold: {why}",
    "is_free": "{incident} is under no legal hold.",
    "caption": "What goes, and when",
    "now": "now",
}
