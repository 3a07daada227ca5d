"""What a whole transcript shows: voices, steps, agreements, commitments and claims, from its cues alone."""
