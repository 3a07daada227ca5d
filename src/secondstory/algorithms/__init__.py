"""Arrays in, arrays out: statistics, onsets, patterns and graphs without any noun of an incident."""
