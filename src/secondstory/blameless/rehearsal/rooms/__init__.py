"""The rehearsal rooms, one file each: scripts whose lines are provocations, and data."""
