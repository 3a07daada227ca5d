"""What we say of causes: why a hypothesis stands, what speaks against it, and what nobody can tell."""

TEXTS = {
    "no_signals": "No signal has both a fault-free stretch and values from the suspected time.",
    "no_edges": "No calls between services are known.",
    "no_onsets": "Fewer than two services have an onset that can be put in order.",
    "no_changes": "No deploy, configuration change or flag is on record before the fault.",
    "changes_unknown": "Nobody recorded the changes of this time.",
    "no_change_to_compare": "No change is on record after which two versions ran side by side.",
    "no_versions_side_by_side": "No two versions of a service ran side by side, or none did worse.",
    "no_logs": "No logs were recorded for the suspected time.",
    "no_log_reference": "No logs were recorded in fault-free time to compare with.",
    "no_sequences": "No traces were recorded for the suspected time.",
    "no_sequence_reference": "Too few traces were recorded in fault-free time to compare with.",
    "nothing_follows": "nothing more",
    "no_longer_follows": "In {service}, {following} came after {event} in {before} of its times, now in {now}.",
    "follows_now": "In {service}, {following} comes after {event} in {now} of its times, before in {before}.",
    "no_spans": "No spans were recorded for the suspected time.",
    "no_span_reference": "Too few spans were recorded in fault-free time to compare with.",
    "left_its_band": "{indicator} of {service} went from {before} to {during}, {scales:times} times what"
    " chance does to it.",
    "edge_left_its_band": "{indicator} from {service} to {peer} went from {before} to {during},"
    " {scales:times} times what chance does to it.",
    "no_changed_callee": "No change of a service that others call is on record before the fault.",
    "caller_fails_unchanged": "{indicator} of {caller} left its band though {caller} was not changed; {service}, which"
    " it calls, was: {title}.",
    "caller_fails_changed": "{indicator} of {caller} left its band; {caller} was changed, and so was {service}, which"
    " it calls: {title}.",
    "changed_and_silent": "{service} was changed shortly before: {title}. Its own signals need not show that.",
    "changed_before": "{service} was changed at {time:%H:%M:%S %Z}, before the suspected time or within it: {title}.",
    "own_memory_leak": "Memory of {service} climbs until its process ends; no other service can do that to it.",
    "own_crash_loop": "Instances of {service} stop again and again; calls from others seldom do that.",
    "own_pool_exhausted": "A pool of {service} is used to its limit.",
    "own_bad_configuration": "{service} fails since a setting of its own was changed, and nothing of it runs short.",
    "own_slow_dependency": "{service} is slow to its callers, and nothing that it calls is slow.",
    "waits_for": "{service} waits for {callee}, which is slow for reasons of its own.",
    "own_retry_storm": "{service} multiplies its calls while they fail.",
    "own_calls_fail": "Calls of {service} to {callees} fail, though these serve others and themselves well.",
    "serves_well": "{service} fails none of its requests; only {caller} sees them fail.",
    "not_changed": "{service} was not changed, while other services were.",
    "callee_explains": "{callee}, which {service} calls, departs from its normal too and explains part of this.",
    "not_reached": "No recorded call leads from the failing entry to {service}.",
    "before_caller": "{indicator} of {service} left its band by {time:%H:%M:%S %Z}, before {caller_indicator} of its"
    " caller {caller} ({caller_time:%H:%M:%S}).",
    "after_caller": "{indicator} of {service} left its band at {time:%H:%M:%S %Z} or later, after {caller_indicator}"
    " of its caller {caller} ({caller_time:%H:%M:%S}).",
    "pattern_changed": "The log line “{pattern}” of {service} went from {before} to {now} of what it logs.",
    "own_time_changed": "The own time of {operation} in {service} went from {before} to {now}.",
    "failures_changed": "The share of failed {operation} in {service} went from {before} to {now}.",
    "calls_onward_changed": "{operation} in {service} makes {now} calls onward each, {before} before.",
    "too_few_edges": "Too few calls between services were recorded to tell what calls usually do.",
    "edge_slower": "{indicator} from {service} to {peer} went from {before} to {now}, unlike other calls.",
    "new_worse_than_old": "In the same minutes {indicator} of {service} is about {now} on version {new} and"
    " {before} on {old}.",
    "nothing_left_its_band": "Nothing left its band by more than chance explains, so no cause is named.",
    "separate_from_unknown": "Nothing recorded speaks for another service than {first}, but what speaks for it is weak:"
    " telemetry of what it depends on would tell.",
    "separate_by_own_time": "Traces of a few requests that {caller} sends to {callee} would tell: is the time spent, or"
    " the failure raised, in {caller} itself or in {callee}?",
    "separate_by_order": "Ask for {first_indicator} of {first} and {second_indicator} of {second} in steps of"
    " {step_s} s from {start:%H:%M:%S} to {end:%H:%M:%S %Z}: which of them left its band first?",
    "separate_by_first_to_move": "Ask for {first_indicator} of {first} and {second_indicator} of {second} in steps of"
    " {step_s} s from {start:%H:%M:%S} to {end:%H:%M:%S %Z}: which of them moved, and when?",
    "separate_by_taking_out": "Taking {first} out of the path, or undoing its last change, while {second} stays as it"
    " is would tell: does the failure go away?",
    "no_rival": "No other service departs from its normal beyond chance; {first} stands alone.",
    "leads": "{first} departs further than {second}, the next, and what links them does not turn that round.",
    "rival": "{rival} speaks as loudly as {service}, or nearly so.",
    "only_in_time": "That the change came before the fault does not show that it led to it.",
    "others_changed": "Changed shortly before as well: {services}.",
    "hop_retry_storm": "{caller} sends more calls for each request than before while {callee} fails or is slow.",
    "hop_timeout": "{callee} becomes slow, and {caller} gives up before it has answered.",
    "hop_pool_exhausted": "A limit of {callee} is reached, and calls from {caller} wait or fail.",
    "hop_queue_growth": "Requests pile up in {callee}, and calls from {caller} wait or fail.",
    "hop_errors": "Failures of {callee} become failures of {caller}.",
    "hop_latency": "{caller} becomes slow because it waits for {callee}.",
    "hop_order_open": "Which of the two left its band first is not told by the data.",
    "hop_unknown": "{caller} departs from its normal after {callee}; how is not told by the data.",
}
