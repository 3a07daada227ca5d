"""A stated subset of PromQL: text to parts, parts and samples to rows, rows to alerts that fire."""

from __future__ import annotations

from secondstory.algorithms.promql.evaluation import evaluate, matches
from secondstory.algorithms.promql.firing import Spell, firing_spells
from secondstory.algorithms.promql.lexer import duration_text
from secondstory.algorithms.promql.lines import labels_named, line_of, with_line, with_range
from secondstory.algorithms.promql.parser import parse
from secondstory.algorithms.promql.printing import written
from secondstory.algorithms.promql.refusal import CannotReplay
from secondstory.algorithms.promql.rows import STALE, Row, Series, labels_of
from secondstory.algorithms.promql.syntax import NAME, Expression, Selector, selectors_of

__all__ = [
    "NAME",
    "STALE",
    "CannotReplay",
    "Expression",
    "Row",
    "Selector",
    "Series",
    "Spell",
    "duration_text",
    "evaluate",
    "firing_spells",
    "labels_named",
    "labels_of",
    "line_of",
    "matches",
    "parse",
    "selectors_of",
    "with_line",
    "with_range",
    "written",
]
