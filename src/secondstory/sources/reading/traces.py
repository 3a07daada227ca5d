"""Which lines without a time begin a record of their own, and which go on with the record before.

A trace that a logger writes follows its message and belongs to it. A trace that the runtime prints when a program dies
has nothing to do with the line before. Go, Rust and Java announce the second kind; Python's look alike, so there the
severity of the line before decides: an error explains a trace, anything else does not.
"""

from __future__ import annotations

import re

from secondstory.sources.reading.severity import BY_WORD

_CRASH = re.compile(r"panic: |fatal error: |SIG[A-Z]+: |thread '[^']*' (?:\(\d+\) )?panicked at|Exception in thread \"")
_PYTHON = "Traceback (most recent call last):"
_CHAIN = ("During handling of the above exception", "The above exception was the direct cause")
_LEVEL_FIRST = re.compile(r"\[?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\]?(?::|\]? +\S)")
_GOES_ON = re.compile(
    r"\s|$|at \S|Caused by: |Suppressed: |\.\.\. \d+ (?:more|common)|goroutine \d+ \[|created by |stack backtrace:"
    r"|note: |exit status \d|[\w.$]+(?:Error|Exception|Interrupt|Exit|Iteration)\b"
)
_ERROR = BY_WORD["error"]


def begins(line: str, before: str, in_trace: bool, severity: int) -> bool:
    """True if a line without a time begins a record.

    `before` is the last line that says something, `in_trace` whether the record already holds a Python trace, and
    `severity` the record's own.
    """
    if line.startswith(_PYTHON):
        chained = before.startswith(_CHAIN)
        return not chained and (in_trace or severity < _ERROR)
    return _CRASH.match(line) is not None or _LEVEL_FIRST.match(line) is not None


def goes_on(line: str) -> bool:
    """True if a line looks like the inside of a trace even though it carries a time of its own."""
    return _GOES_ON.match(line) is not None or line.startswith((_PYTHON, *_CHAIN))


def is_crash(line: str) -> bool:
    """True for the first line of a trace that a runtime prints."""
    return line.startswith(_PYTHON) or _CRASH.match(line) is not None
