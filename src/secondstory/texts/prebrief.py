"""What we say of the talks before a meeting: alone with those on the causal path, and with executives."""

TEXTS = {
    "why_self": "took it on themselves in the chat at {time}",
    "why_change": "made {change} at {time}",
    "why_review": "is on record as a reviewer of {change}",
    "why_act": "acted at {time}",
    "say_self": "What you wrote then was plain, and it stays between us. In the room it is one step among many; "
    "whatever turns towards you, I turn to the tools. What do you need from me, and what shall I leave alone?",
    "say_change": "{change} at {time} will be on the screen. I ask what the tools showed and allowed, "
    "and nobody asks why you did it. Which moment do you want to tell yourself?",
    "say_review": "The review of {change} comes up as a step: what a diff shows, and what lies outside it. "
    "What do you want the room to know about that step?",
    "say_act": "You acted at {time}. Will you tell what you saw right before, in your own words, "
    "or rather write it on a card?",
    "over": "The document is published, so this list is gone.",
    "over_next": "Keep such notes outside the product from now on.",
    "nobody": "{token} is not on the list of private talks.",
    "nobody_next": "See it: secondstory meeting prebrief INCIDENT.",
    "long": "A note has at most {most} characters.",
    "long_next": "Keep what you need for the room.",
    "heading": "Speak with them alone before the meeting. Only who leads reads this; it is gone once it is published.",
    "none": "No act of anybody lies on the causal path, as far as the record says.",
    "done": "done",
    "open": "to do",
    "column_who": "who",
    "column_why": "by what",
    "column_say": "to say",
    "column_state": "state",
    "executive_subject": "Before the review: {title}",
    "executive_findings": "Findings so far",
    "executive_is_not": "What the meeting is not",
    "executive_ask": "The one ask",
    "is_not_person": "It is not a search for a person: who did what stays with roles, "
    "and how somebody works is for their manager, at another time.",
    "is_not_verdict": "It is not a verdict: “inconclusive” is an answer, and no repeat is ruled out in words.",
    "is_not_plan": "It is not the place for budgets: each action leaves with an owner who agrees, a date and a test.",
    "in_room": "In the room, questions of fact get a card with numbers; decisions come with the action items. "
    "Please speak last at each step.",
    "executive_nobody": "Nobody who takes part as an executive is on the list with an address.",
    "executive_nobody_next": "Make somebody an executive: secondstory people role INCIDENT TOKEN executive; "
    "and give an address: secondstory mail address TOKEN ADDRESS.",
    "executive_sent": "{count} letters are queued.",
    "executive_sent_one": "One letter is queued.",
    "executive_sent_none": "They have it already; nothing was queued.",
}
