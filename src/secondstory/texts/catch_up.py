"""What we say to who comes late to a meeting."""

TEXTS = {
    "just_began": "The meeting has just begun.",
    "began": "The meeting began {minutes} minutes ago.",
    "done": "Done so far: {parts}.",
    "here": "Now: {part}, {spent} of {minutes} minutes.",
    "on_break": "There is a break; nobody talks just now.",
    "decided": "Decided: {text}.",
    "more": "{count} earlier decisions are on the board.",
    "actions": "Actions on the board: {count}, of which {taken} were taken on.",
    "parked": "Left for later: {count}.",
    "poll": "A question is open to you too: {question}",
}
