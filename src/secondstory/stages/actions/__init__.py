"""The actions stage: what the evidence supports doing, and what people agreed to do about each factor."""

from secondstory.stages.actions.planning import fold_plan, unanswered, warnings
from secondstory.stages.actions.proposing import propose_actions

__all__ = ["fold_plan", "propose_actions", "unanswered", "warnings"]
