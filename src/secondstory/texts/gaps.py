"""What we say of missing data."""

TEXTS = {
    "meeting_not_held": "No post-mortem meeting was held; nobody has confirmed or corrected what follows.",
}
