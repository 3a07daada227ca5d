"""The timeline stage: what happened in order, when signals left their bands, and the milestones between."""

from __future__ import annotations

from secondstory.stages.timeline.find import find_timeline
from secondstory.stages.timeline.fold import fold_timeline
from secondstory.stages.timeline.onsets import usual_band

__all__ = ["find_timeline", "fold_timeline", "usual_band"]
