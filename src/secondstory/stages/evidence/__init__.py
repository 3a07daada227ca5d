"""The evidence stage: what was recorded, as signals, edges, occurrences, log patterns, and what is missing."""

from __future__ import annotations

from secondstory.stages.evidence.find import find_evidence

__all__ = ["find_evidence"]
