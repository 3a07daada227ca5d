"""What we say to who comes late to a meeting."""

TEXTS = {
    "just_began": "The meeting has just begun.",
    "began": "The meeting began {count} minutes ago.",
    "began_one": "The meeting began a minute ago.",
    "done": "Done so far: {parts}.",
    "here": "Now: {part}, {spent} of {count} minutes.",
    "here_one": "Now: {part}, {spent} of one minute.",
    "on_break": "There is a break; nobody talks just now.",
    "decided": "Decided: {text}.",
    "more": "{count} earlier decisions are on the board.",
    "more_one": "One earlier decision is on the board.",
    "actions": "Actions on the board: {count}; taken on: {taken}.",
    "parked": "Parked for later: {count}.",
    "poll": "A question is open to all who take part: {question}",
}
