"""Words to the date they name: `by Friday`, `end of the sprint`, `two weeks`, kept as they were said.

Where several are said the last one counts ("lab tomorrow, all of them by the end of the month"). Lengths that describe
the work (`thirty days of logs`, `every two weeks`, `two weeks ago`) are no dates.
"""

from __future__ import annotations

import re

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[ -]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|ten|\d{1,2}|(?:a )?couple of|a few)"
_SPAN = r"(?:day|week|fortnight|sprint|iteration|month|quarter|year)"
_FORMS = (
    rf"(?:the )?end of (?:the |this |next )?(?:day|{_SPAN}|summer|{_MONTH}|{_DAY})|(?:eod|eow|eom|eoq)\b"
    rf"|{_SPAN} end\b|month[ -]end\b",
    rf"(?:before |by |until |on )?(?:the )?{_ORDINAL} (?:{_DAY} )?of (?:the )?(?:next )?(?:month|{_MONTH})",
    rf"(?:{_MONTH} (?:the )?(?:{_ORDINAL}|\d{{1,2}})\b|\d{{1,2}} {_MONTH}\b)",
    rf"(?:this|next|coming) (?:{_SPAN}|{_DAY}|afternoon|evening|morning)|(?:before )?(?:the )?next (?:first "
    rf"|last )?{_DAY}",
    r"(?:before|by|until|at) (?:the |our )?(?:next )?(?:\w+ )?(?:board|release|launch|freeze|audit|review|sprint"
    r"|meeting|stand-?up)\b",
    r"(?:today|tonight)(?: at \w+)?|tomorrow(?: (?:morning|afternoon|evening|night))?",
    rf"(?:mid[ -])?(?<![a-z]){_DAY}(?: (?:morning|afternoon|evening|week))?|(?:mid[ -]|by |until |in |early "
    rf"|late ){_MONTH}\b",
    rf"(?:(?:by|until|on|before|for|say|so|it) )the {_ORDINAL}(?! (?:\w+ )?(?:line|step|half|time|thing|one|page"
    rf"|service|region|alert|two))\b",
    rf"(?:(?:with)?in )?{_COUNT} {_SPAN}s?(?:' time|'s time)?",
    r"over the (?:summer|weekend|holidays|break)|(?:by|until|at) (?:noon|midday|lunch|four|five|six|\d{1,2} ?(?:am"
    r"|pm))\b",
    r"(?:right|straight) (?:after this|away)|this (?:call|hour)|asap\b",
)
_DUE = re.compile(r"\b(?:" + "|".join(_FORMS) + r")", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|until|before|in|within|for|on|at|over)\s*$", re.IGNORECASE)
_NO_DATE_BEFORE = re.compile(
    r"\b(?:every|each|last|for the last|after|since|takes?|took|lasts?|old|retention to|of|per|than|once an?)\s*$",
    re.IGNORECASE,
)
_NO_DATE_AFTER = re.compile(
    r"^(?:[- ]old|,? ago|'s? (?:logs?|data|deploy|outage|incident)|[- ](?:retention|window|logs?)\b)", re.I
)

_IDIOM = re.compile(r"(?:the )?end of the day", re.IGNORECASE)  # "at the end of the day it is about trust"
_AT = re.compile(r"\bat (?:the )?$", re.IGNORECASE)
_RATE = re.compile(r"^an? ", re.IGNORECASE)  # "forty thousand a month"
_STANDS_ALONE = re.compile(
    r"(?:^|[,.;:!?]|\b(?:about|it's|its|say|need|maybe|perhaps|than|be|take|me))\s*$", re.IGNORECASE
)
_LEAD = 40  # characters around a date that decide; more would only take time


def due_in(text: str) -> str | None:
    """The last date that is named, in the words that were said; None where there is none."""
    found = None
    for one in _DUE.finditer(text):
        before = text[max(one.start() - _LEAD, 0) : one.start()]
        is_rate = _RATE.match(one[0]) is not None and not _STANDS_ALONE.search(before)
        if not is_rate and not is_no_date(text, one.start(), one.end()):
            found = one
    return " ".join(found[0].split()) if found is not None else None


def is_no_date(text: str, start: int, end: int) -> bool:
    """True where the words in [start, end) tell how often, how long or how long ago: `every Friday`, `a week ago`."""
    before, after = text[max(start - _LEAD, 0) : start], text[end : end + _LEAD]
    if _IDIOM.fullmatch(text[start:end]) and _AT.search(before):
        return True
    return _NO_DATE_BEFORE.search(before) is not None or _NO_DATE_AFTER.match(after) is not None


def without_due(text: str) -> str:
    """The text without the date that `due_in` finds and the small words that lead to it."""
    due = due_in(text)
    if due is None:
        return text
    start = text.lower().rfind(due.lower())
    if start < 0:
        return text
    before = text[:start].rstrip()
    while (lead := _BY.search(before)) is not None:
        before = before[: lead.start()].rstrip()
    return f"{before}{text[start + len(due) :]}"
