"""The timeline stage: what happened in order, when signals left their bands, and the milestones between."""

from __future__ import annotations

from secondstory.stages.timeline.amending import edit_in, entry_in
from secondstory.stages.timeline.clocks import MOST_SECONDS, source_of, system_of
from secondstory.stages.timeline.find import find_timeline
from secondstory.stages.timeline.fold import OURS, fold_timeline
from secondstory.stages.timeline.onsets import usual_band

__all__ = [
    "MOST_SECONDS",
    "OURS",
    "edit_in",
    "entry_in",
    "find_timeline",
    "fold_timeline",
    "source_of",
    "system_of",
    "usual_band",
]
