"""The impact stage: requests, users and services reached, the cost to the objectives, and how long it took."""

from __future__ import annotations

from secondstory.stages.impact.assess import assess_impact
from secondstory.stages.impact.worth import fold_impact

__all__ = ["assess_impact", "fold_impact"]
