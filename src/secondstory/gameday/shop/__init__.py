"""The shop that the laboratory runs: six small HTTP services, each a process of its own, and their telemetry."""
