"""The actions stage: what the evidence supports doing, each with what it answers and how one will know."""

from secondstory.stages.actions.proposing import propose_actions

__all__ = ["propose_actions"]
