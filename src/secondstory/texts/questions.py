"""Questions that a facilitator can ask, by kind, and why a question is better put in another way."""

QUESTIONS: dict[str, tuple[str, ...]] = {
    "observation": (
        "What was on your screen at {time}?",
        "What did you hear or read right before {time}?",
        "Which panels were open at {time}?",
        "What was the first thing that you noticed after {time}?",
    ),
    "assessment": (
        "What did you take it to be at {time}?",
        "What spoke for that reading at {time}?",
        "Where did a screen point you elsewhere around {time}?",
    ),
    "decision": (
        "Which options were open at {time}, and what did each cost?",
        "What made {time} the moment to act?",
        "What was known at {time}, and what was still missing?",
    ),
    "surprise": (
        "When did something stop fitting the picture?",
        "What did you expect to see next at {time}?",
    ),
    "normal_work": (
        "How does this go on an ordinary day?",
        "How often is this done, and what usually follows?",
    ),
    "trade_offs": (
        "What else had to be kept alive at {time}?",
        "What did waiting cost at {time}, as it looked then?",
    ),
    "help": (
        "How does one know whom to call between {time} and {time_b}, and how long does it take?",
        "What makes a call for help come up, in a stretch like {time} to {time_b}?",
    ),
    "review": (
        "What does the diff of {change} show a reviewer, and what lies outside it?",
        "Which reviews catch what {change} brought?",
    ),
    "alerts": (
        "What watches {signal}, and at which level?",
        "How many pages come in such a week, and how many need someone?",
        "What does {alert} look at, and what moves before it?",
    ),
    "tests": (
        "What does the test world lack that {service} meets in production?",
        "What does a canary of {service} compare, for how long, on how much traffic?",
    ),
    "runbook": (
        "Where did the page stop matching what you saw at {time}?",
        "Which of these steps is on no page?",
    ),
    "protections": (
        "From {service} to {service_b}: which limit, timeout or breaker stands there, and what is it set to?",
        "What happens at {service} while {service_b} is slow, and who sees it?",
    ),
    "recovery": (
        "What turned it at {time}, and how did you know?",
        "What was tried before {time} that taught you something?",
    ),
    "luck": (
        "What helped that we do not control?",
        "What does this look like at the busiest hour of the week?",
    ),
    "contradiction": (
        "What on record does not fit this: {claim}?",
        "Which single measurement would change your mind about this: {claim}?",
    ),
    "contradiction_open": ("What would each explanation let us expect, and do we see it?",),
    "confidence": (
        "How sure are we, and on what does it rest?",
        "What is new to you since the start?",
    ),
    "safeguard": ("What is known of the {safeguard} of {change}, and where is it recorded?",),
    "strength": ("Which of these still works when everyone is tired?",),
    "missing": ("Who knows, or still has, {unknown}?",),
}

TEXTS = {
    "plain_milestone": "What did each of you know at this point, and from where?",
    "plain_signal": "Who could see this signal then, and what else did it look like?",
    "plain_alert": "What did this alert tell you, and what did it leave open?",
    "plain_command": "What was this meant to do, and what was seen of its effect?",
    "plain_change": "What was this meant to do, and what was seen of its effect?",
    "plain_any": "What did you see at that time, and what did it mean to you then?",
    "lacks_account": "no account of this minute is on record",
    "lacks_reason": "the record has the act, not its reason",
    "lacks_reading": "what it was taken for is not on record",
    "lacks_safeguard": "the record does not say what let it pass",
    "lacks_canary": "the record has no canary",
    "lacks_alert": "it moved before any alert fired",
    "lacks_lead": "something moved before this alert",
    "lacks_guard": "the data show no protection that acts",
    "lacks_end": "what made the difference is not on record",
    "lacks_stretch": "a long stretch without an act on record",
    "lacks_test": "no explanation is tested against everything yet",
    "lacks_known": "the data do not hold it",
    "lacks_view": "only people can tell",
    "step_timeline": "Timeline of events",
    "step_causes": "Root-cause analysis",
    "step_factors": "Contributing factors",
    "step_actions": "Action items",
    "step_open": "Open discussion",
    "step_close": "Close",
    "fault_two_in_one": "It asks two things at once.",
    "fault_answer_inside": "The answer stands in the question.",
    "fault_presupposed_lapse": "It takes a lapse for granted.",
    "fault_justify": "It asks a person to justify themselves.",
    "fault_judge_another": "It asks one person to judge another.",
    "fault_unreal_past": "It asks about a past that did not happen.",
    "fault_compliance": "It asks a person for a yes or no about a rule.",
    "fault_we_for_you": "It says we and means you.",
}
