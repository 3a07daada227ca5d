"""The glossary: what each term means in two sentences, and how an incident shows it."""

_MEANS = {
    "root_cause": "Root cause analysis",
    "root_cause_means": "Finding out what in the system made the failure possible, and which part each condition "
    "played. Several conditions usually have to meet, so the explanations stand side by side with what speaks "
    "for and against each.",
    "blast_radius": "Blast radius",
    "blast_radius_means": "How far a failure reaches: which services and how many users. A small radius means that "
    "the system kept the damage where it began.",
    "mttr": "MTTR",
    "mttr_means": "The mean time from the beginning of the harm to the recovery, over several incidents. A single "
    "mean hides more than it tells, so we give the median with its spread and the number of incidents.",
    "objective": "SLI and SLO",
    "objective_means": "An SLI measures what users get, such as the share of requests that succeed. An SLO is the "
    "share that is promised over a period.",
    "error_budget": "Error budget",
    "error_budget_means": "The failures that the objective allows in a period. What an incident burns of it, phase "
    "by phase, shows where time cost users most.",
    "telemetry": "Telemetry",
    "telemetry_means": "What a system records of itself while it runs: logs say what happened, metrics how much, "
    "traces which way a request went. An analysis can be no better than what was recorded.",
    "correlation": "Correlation of events",
    "correlation_means": "Putting what different sources recorded into one order of time. That two things come "
    "close together is a hint, and no proof that one led to the other.",
    "correlation_id": "Correlation id",
    "correlation_id_means": "A mark that a request carries through every service it touches. With it one user's "
    "request can be followed from the entry to where it failed.",
    "cascade": "Cascade failure",
    "cascade_means": "One failure sets off the next because callers depend on what no longer answers. Each hop has "
    "a mechanism, such as waiting, retries or a pool that is used up.",
    "circuit_breaker": "Circuit breaker",
    "circuit_breaker_means": "A caller that stops calling for a while when most calls fail. It gives the callee "
    "room to recover and keeps the caller from waiting.",
    "backpressure": "Backpressure",
    "backpressure_means": "Refusing or slowing what cannot be served in time, in place of taking it all in. "
    "Without it work piles up until even what could be served comes too late.",
    "connection_pool": "Connection pool",
    "connection_pool_means": "A limited number of connections that are lent out and given back. When none comes "
    "back, every request waits for the next one.",
    "observability": "Observability and instrumentation",
    "observability_means": "Whether the state of a system can be told from what it records; instrumentation is "
    "what makes it record. A missing signal hides a failure as well as any fog.",
    "runbook": "Runbook",
    "runbook_means": "Written steps for a kind of incident, so that nobody has to invent them at night. The best "
    "draft is what responders did, in their order.",
    "chaos": "Chaos engineering",
    "chaos_means": "Causing a failure on purpose, in a known place and with a way out, to see what holds. An "
    "incident turned into such an experiment proves whether its remedy works.",
}
_SEEN = {
    "root_cause_first": "The evidence puts one explanation first: {title}, with {share} of the weight. "
    "Explanations that stand: {count}.",
    "root_cause_open": "Explanations that stand: {count}. The evidence does not separate them; {title} comes first.",
    "root_cause_none": "No signal left its band in a way that explains an outage, so no cause is named.",
    "blast_radius_seen": "Services reached: {count} ({services}). {users}",
    "blast_radius_users": "Users hit: {users}.",
    "users_unknown": "How many users were hit is not known.",
    "blast_radius_none": "No service was seen to be reached.",
    "mttr_here": "Here it took {value} ({range})",
    "mttr_alone": "{here}. It is the only incident with a known time to recover, so no spread can be told.",
    "mttr_spread": "{here}; the median of {count} incidents is {middle}, between {spread}.",
    "mttr_none": "The beginning of the harm or the recovery is not known, so no time to recover can be told.",
    "objective_seen": "{service} promises {indicator} of {target} over {days} days.",
    "objective_proposed": "Nobody gave an objective; {indicator} of {target} over {days} days is proposed for "
    "{service} from what was usual.",
    "objective_none": "No objective is known, and nothing recorded would let one be proposed.",
    "error_budget_seen": "The incident took {spent} ({low} to {high}) of the period's budget of {service}: {phases}.",
    "error_budget_unphased": "not split, for the phases are not known",
    "telemetry_rows": "{rows} rows of {table}",
    "telemetry_seen": "The analysis looked at {counted}.",
    "telemetry_none": "No telemetry was recorded for the time of the incident.",
    "correlation_seen": "{count} events stand in one order, beside {onsets} signals that left their bands: {kinds}.",
    "correlation_none": "Fewer than two events are on record, so there is nothing to put in order.",
    "correlation_id_seen": "Follow the request {trace} through every service.",
    "correlation_id_none": "No request with a trace id is on record.",
    "cascade_hop": "{callee} to {caller}",
    "cascade_seen": "The failure travelled from {path}. How: {mechanisms}.",
    "no_cascade": "The failure was not seen to travel from one service to another.",
    "no_such_guard": "At none of the hops is such a protection the one that would have helped.",
    "guard_seen": "Between {callee} and {caller}: {told}",
    "guard_unknown": "The data cannot tell, at the hop from {callee} to {caller}: {told}",
    "connection_pool_seen": "The pool of {service} ran out: explanation {place} of the {count} that stand.",
    "connection_pool_none": "No explanation that stands speaks of a pool that ran out.",
    "observability_seen": "Gaps in what was recorded: {gaps}. Signals that would have shown it and were not "
    "recorded: {missing}. {first}",
    "observability_none": "No gap is known in what was recorded, and no signal that would have helped is missing.",
    "runbook_seen": "No runbook is linked. Steps that responders took, from which one can be drafted: {count}, the "
    "first “{first}”.",
    "runbook_none": "No runbook is linked, and no command of a responder is on record to draft one from.",
    "chaos_seen": "This incident is itself an experiment: a fault was injected at {at}.",
    "chaos_none": "No experiment was made of this incident yet. One begins by repeating this: {repeat}.",
    "chaos_nothing": "No cause is named, so there is nothing that an experiment could repeat.",
    "not_analysed": "The incident was not analysed yet.",
    "caption": "The terms, as incident {incident} shows them",
    "column_term": "term",
    "column_means": "means",
    "column_here": "here",
    "absent": "not in this incident: {why}",
    "no_term": "There is no term {name!r} in the glossary.",
    "no_term_next": "Choose one of: {names}.",
}
TEXTS = {**_MEANS, **_SEEN}
