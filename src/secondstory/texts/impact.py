"""What the impact says of its reckoning and of what it cannot count."""

TEXTS = {
    "basis_counted": "Counted from server spans at the entry services; a sampled span stands for as many requests as "
    "its weight says.",
    "basis_sampled": "Counted from server spans at the entry services. {share} of the requests were kept as "
    "spans, each of which stands for several, so the count is a 95 % range.",
    "basis_wilson": "Counted; the range is a 95 % Wilson interval.",
    "basis_excess": "Failures beyond the usual share of {share}, seen in {requests} requests outside the incident; the "
    "range is that share's 95 % interval.",
    "basis_peak": "The worst step of {step_s} s with at least {least} requests; the range is a 95 % Wilson interval.",
    "basis_slow": "Counted: requests that took longer than {slow_ms} ms, failed ones included.",
    "basis_latency": "The median over steps of {step_s} s of the time that 95 % of a step's requests stayed below; the "
    "range is the median's 95 % interval.",
    "basis_users": "Distinct user pseudonyms on requests at the entry services; the low end counts those surely told "
    "apart.",
    "basis_budget": "The period's traffic is not known; it is taken to lie between {low} and {high} requests per "
    "second, as outside the incident.",
    "time_to_detect_basis": "From the beginning of the impact to the first alert, page or message.",
    "time_to_acknowledge_basis": "From detection to the first reaction on record.",
    "time_to_mitigate_basis": "From the beginning of the impact until users were served as usual again.",
    "time_to_recover_basis": "From the beginning of the impact until users were served as usual again and the alerts "
    "that fired had ended.",
    "time_to_detect": "time to detect",
    "time_to_acknowledge": "time to acknowledge",
    "time_to_mitigate": "time to mitigate",
    "time_to_recover": "time to recover",
    "not_known": "Not known: {names}. {reason}",
    "out_of_order": "The later milestone lies before the earlier one; one of the two needs a person's correction.",
    "no_window": "No stretch in which users were hit was measured. {reason}",
    "no_requests": "No request at an entry service was recorded, so requests, failures and users are not counted.",
    "no_reference": "No fault-free requests were recorded, so failures beyond the usual are not known.",
    "slow_not_defined": "No latency objective says what slow is, so slow requests are not counted.",
    "users_unknown": "Requests carry no user, so how many users were hit is not known.",
    "users_partly": "{share} of the requests carry no user; each may be one more user.",
    "no_objective": "No service level objective was given, so the cost to an error budget is not known.",
    "objective_unmeasured": "The budget of {objective} cannot be reckoned: no requests of {service} were recorded both "
    "in and outside the incident.",
    # Phases of the response
    "phase_undetected_means": "From the beginning of the impact until an alert, a page or a message told of it.",
    "phase_unacknowledged_means": "From then until the first reaction on record.",
    "phase_diagnosing_means": "From then until the first mitigating act on record.",
    "phase_mitigating_means": "From then until users were served as usual.",
    "phase_out_of_order": "{milestone} lies before the milestone that precedes it; one of the two needs a person's "
    "correction.",
    "milestone_detected": "Detection",
    "milestone_acknowledged": "The acknowledgement",
    "milestone_mitigation_began": "The first mitigating act",
    "milestone_resolved": "The end",
    # Objectives and budgets
    "slice_too_short": "The budget of {objective} cannot be reckoned: its slices are shorter than the {step_s} s in "
    "which requests of {service} are counted.",
    "basis_budget_slices": "Slices of {length} s come at a fixed pace, so the period's budget is known exactly.",
    "basis_whole_lookback": "The whole lookback was recorded.",
    "basis_lookback": "{share} of the lookback lies before the record and is taken as usual traffic without a bad "
    "request; the high end leaves it out.",
    "basis_slices": "Counted in slices of time, as the objective is.",
    "basis_unreachable": "At this target the burn rate cannot exceed {most}, so {threshold} is never reached.",
    "unit_requests": "requests",
    "unit_slices": "slices of time",
    "means_availability": "A request of {of} is good when it does not end in an error.",
    "means_latency": "A request of {of} is good when it takes no longer than {slow_ms} ms, failed or not.",
    "means_not_run": "The requests are counted from spans; the document's own query is read for its meaning: {query}",
    "means_objective": "{target} % of the period's requests are to be good.",
    "means_slices": "In {target} % of the period's slices of {length}, at least {enough} % of the requests are to be "
    "good.",
    "means_slice_ratios": "The share of good requests, averaged over slices of {length}, is to be {target} %.",
    "means_rolling": "At each moment the {days} days before it.",
    "means_calendar": "Every {every} on the clocks of {zone}; here {stretches}.",
    "means_budget": "{share} % of the period's {unit} may be bad: {n}.",
    "means_consumption": "Bad {unit} while users were hit, as a share of that budget.",
    "means_burn_rate": "The share of bad {unit} divided by the {share} % that may be bad; at 1 the budget lasts just "
    "the period.",
    "propose_availability": "Proposed, since nobody gave one: of {requests} fault-free requests {failed} failed, "
    "surely no more than {most}; {target} % is the strictest usual target of which that takes half the budget at most.",
    "propose_latency": "Proposed, since nobody gave one: of {requests} fault-free requests surely no more than {most} "
    "took longer than {limit} ms; it is the smallest usual limit at which that takes half the budget at most.",
    "propose_too_few": "No objective is proposed for {service}: {count} fault-free requests were recorded, and fewer "
    "than {least} promise nothing.",
    "basis_blast": "In steps of {step_s} s. A service counts as hit while an error or latency signal of its own is out "
    "of its band, an endpoint while it surely fails or lags more often than usual, a user from the first failed "
    "request on.",
    # What people say things are worth
    "worth_request": "{value} {currency} for each of {count} failed requests, at least those beyond the usual.",
    "worth_minute": "{value} {currency} for each of {count} minutes in which users were hit.",
    "worth_customer": "{value} {currency} for each of {count} customers who met a failure.",
    "worth_customers_per_request": "{value} customers behind each of {count} failed requests.",
    "worth_no_request": "A value for a failed request was given, but failed requests are not counted.",
    "worth_no_minute": "A value for a minute was given, but no stretch with harm was measured.",
    "worth_no_customer": "A value for a customer was given, but requests carry no user; say how many customers stand "
    "behind a request.",
    "worth_no_customers_per_request": "Customers behind a request were given, but failed requests are not counted.",
}
