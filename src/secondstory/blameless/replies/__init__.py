"""What to say to a hard moment, filled with the facts of this incident."""
