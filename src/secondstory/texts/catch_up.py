"""What we say to who comes late to a meeting."""

TEXTS = {
    "just_began": "The meeting has just begun.",
    "began_1": "The meeting began a minute ago.",
    "began": "The meeting began {minutes} minutes ago.",
    "done": "Done so far: {parts}.",
    "here": "Now: {part}, {spent} of {minutes} minutes.",
    "on_break": "There is a break; nobody talks just now.",
    "decided": "Decided: {text}.",
    "more": "{count} earlier decisions are on the board.",
    "actions": "Actions on the board: {count}; taken on: {taken}.",
    "parked": "Parked for later: {count}.",
    "poll": "A question is open to all who take part: {question}",
}
