"""The meeting stage: from an incident's documents to what its facilitator can say, ask and answer."""
