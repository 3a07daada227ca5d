"""What we say of a hop of the cascade: how the failure travelled, which protection was missing, what it would spare."""

TEXTS = {
    "exhausted": "{indicator} of {callee} reached its limit at {when}: {during}.",
    "queue": "{indicator} of {callee} piled up: {before} before, {during} then.",
    "timeout": "{caller} gave up on calls {early} before {callee} ended its work on them.",
    "timeout_at": "The first calls agree on a limit of about {limit}.",
    "retries": "{caller} sent {low:times} to {high:times} times the usual calls to {callee} for each request in.",
    "errors": "Calls from {caller} to {callee} that fail: {before} before, {during} then.",
    "waiting": "The slowest twentieth of calls from {caller} to {callee} took {before} before, {during} then.",
    "shedding_missing": "{callee} took in requests that it could not serve in time.",
    "shedding_assumed": "Waiting inside the callee, if it refused at once what it cannot serve within {patience}, ten"
    " times its slowest usual twentieth; fewest where half of the requests waited as long as the typical one, most"
    " where all waited as long as the slowest twentieth.",
    "timeout_late": "{caller} waited {limit} for {callee}, where {usual} is usual.",
    "timeout_missing": "{caller} waited {limit} for {callee}, where {usual} is usual, and no limit shows.",
    "timeout_some": "{caller} gave up before {callee} answered, but calls do not agree on when; {usual} is usual.",
    "timeout_assumed": "Waiting of callers, if they gave up after {patience}, ten times the slowest usual twentieth;"
    " fewest where one call in twenty waited as long as the slowest twentieth, most where all did.",
    "no_limit_told": "The limit cannot be told, so neither can what a shorter one would spare.",
    "budget_missing": "Nothing held back the repeated calls from {caller} to {callee}.",
    "budget_assumed": "Calls beyond the usual number for each request in; fewest with a budget of {share} %, most"
    " without any retry.",
    "breaker_missing": "{caller} went on calling {callee} for {seconds} s in which most calls failed.",
    "breaker_late": "Calls from {caller} to {callee} fell to under half, but only after most had failed, for"
    " {seconds} s in all.",
    "breaker_unknown": "Most calls from {caller} to {callee} failed for {seconds} s; how many went on is not recorded.",
    "breaker_assumed": "Calls sent in vain; fewest where it opens after {slow} s and lets one call in ten through, most"
    " where it opens after {quick} s.",
    "bulkhead_missing": "{caller} failed at requests that are no calls to {callee} as well.",
    "bulkhead_assumed": "Failures beyond those of calls to {callee}, had these not held what others need; fewest where"
    " all that was asked beyond the usual load had failed anyway.",
    "no_range": "Too little is recorded to reckon what it would have spared.",
    "spared_requests": "{between} failed requests",
    "spared_calls": "{between} calls in vain",
    "spared_s": "{between} of waiting",
    "spared_unknown": "cannot be told",
    "caption_protections": "Protections that were missing or came too late",
    "column_call": "Call",
    "column_protection": "Protection",
    "column_shown": "What shows it",
    "column_spared": "Would have spared",
    "column_assumption": "Reckoned as",
    "guard_circuit_breaker": "circuit breaker",
    "guard_load_shedding": "load shedding",
    "guard_bulkhead": "bulkhead",
    "guard_timeout": "useful time limit",
    "guard_retry_budget": "retry budget",
    "state_missing": "no {guard}",
    "state_late": "{guard} too late",
    "state_unknown": "{guard}: cannot be told",
}
