"""What we say of working on an incident at the same time."""

TEXTS = {
    "gone": "You may no longer read incident {incident}.",
    "full": "Too many pages follow incident {incident} at the same time.",
    "unreadable": "The page sent what the live channel does not know.",
}
