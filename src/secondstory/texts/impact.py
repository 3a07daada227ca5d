"""What the impact says of its reckoning and of what it cannot count."""

TEXTS = {
    "basis_counted": "Counted from server spans at the entry services; a sampled span stands for as many requests as "
    "its weight says.",
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
    "time_to_mitigate_basis": "From the beginning of the impact to the first mitigating act on record.",
    "time_to_recover_basis": "From the beginning of the impact until it was over.",
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
}
