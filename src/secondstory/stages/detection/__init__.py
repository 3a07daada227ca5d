"""The detection stage: when alert rules, found and proposed, would have fired, and what let the change pass."""

from __future__ import annotations

from secondstory.stages.detection.answering import watched
from secondstory.stages.detection.find import Given, find_detection, record_of, sample_query
from secondstory.stages.detection.replaying import Record, moved, replay_rule, trace_of
from secondstory.stages.detection.rule_file import rule_file

__all__ = [
    "Given",
    "Record",
    "find_detection",
    "moved",
    "record_of",
    "replay_rule",
    "rule_file",
    "sample_query",
    "trace_of",
    "watched",
]
