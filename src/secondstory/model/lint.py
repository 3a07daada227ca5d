"""What the linter finds in a text: the words, where they stand, why they need work, and other words for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LintFinding:
    """One place that needs work. Lines and columns count from 1; `end_column` is the first one after the words."""

    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    severity: int  # 0 a note, 1 a reviewer may let it pass, 2 reword, 3 must be reworded
    words: str  # verbatim, white space joined
    sentence: str
    reason: str  # twelve words at most, about the words
    suggestion: str

    def __post_init__(self) -> None:
        if not 0 <= self.severity <= 3:
            raise ValueError(f"severity {self.severity} is 0 to 3")


@dataclass(frozen=True)
class LintedText:
    """One text and what was found in it, in order of place. `name` is its path, or what it is in an incident."""

    name: str
    findings: tuple[LintFinding, ...]
    words: int  # read and judged: no code, no front matter, no quotation
    allowed: int = 0  # findings that the text itself allows, with a reason
    is_english: bool = True  # no other language is judged
