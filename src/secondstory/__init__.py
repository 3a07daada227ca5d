"""Second Story: from a recorded outage to a blameless, evidence-linked post-mortem."""

__version__ = "0.1.0"
