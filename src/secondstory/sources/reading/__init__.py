"""Pure parts that several connectors share: cutting files, times, severities, labels, rows and rejects."""
