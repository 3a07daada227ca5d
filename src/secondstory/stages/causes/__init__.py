"""The causes stage: ranked hypotheses with evidence for and against, and how the failure travelled."""

from __future__ import annotations

from secondstory.stages.causes.find import find_causes
from secondstory.stages.causes.fold import fold_causes

__all__ = ["find_causes", "fold_causes"]
