"""The shipped outage told by other formats than the one that it was recorded in."""
