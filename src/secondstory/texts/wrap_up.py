"""What we say when a meeting is closed, and after it."""

TEXTS = {
    "why_ended": "The meeting ended.",
}
