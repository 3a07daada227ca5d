"""Words to a day: `by the 3rd`, `next Tuesday`, `end of the sprint`, read on the day of the meeting.

A day is given only where the words name one. `next Friday` said on a Tuesday means two days to two people, `before the
launch` none: both come back as a doubt, with the days to choose from where there are some.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from secondstory.blameless.meeting import days
from secondstory.blameless.meeting.due import is_no_date
from secondstory.model.capture import Around, Doubt

_FULL = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY = rf"(?P<day>{_FULL})"
_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_NTH = (
    r"(?P<nth>\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth"
    rf"|ninth)|{'|'.join((*days.UNITS, *days.TEENS))}|twentieth|thirtieth)\b"
)
_NOT_COUNTED = (
    r"(?! (?:\w+ )?(?:lines?|steps?|half|times?|things?|ones?|pages?|services?|regions?|alerts?|two|party|pods?"
    r"|checks?|deploys?|releases?|release)\b)"
)
_COUNT = rf"(?P<count>an?|{'|'.join(days.COUNTS)}|\d{{1,3}})"
_SPAN = r"(?P<span>day|week|fortnight|month)s?\b"
_PART = r"(?:morning|afternoon|evening|night)"
_HOUR = (
    rf"(?:,? (?:(?:(?:at|by) )?(?:noon|midday|lunch(?:time)?|midnight)|(?:at"
    rf"|by) \d{{1,2}}(?::\d\d)?(?: ?[ap]m)?|{_PART}))?"
)
_EVENT = (
    r"(?:board|release|launch|freeze|audit|review|stand-?up|go-live|migration|holidays|demo|retro|next outage"
    r"|follow-?up|cutover)(?![-\w])"
)
# One that is counted from another, or only its planning, is none that the policy knows: those are asked.
_SPRINT = (
    r"(?:sprint|iteration)\b(?!'s)(?! (?:after|before|but one|\d|#|number|planning|review|demo|retro\w*|goal|start|\w+"
    r" after))"
)
_EARLY = (
    r"(?P<early>(?:by|before|until|early|mid|mid-?way|half-?way|late|(?:the )?(?:start|beginning|begin|middle|first"
    r" (?:day|week|half|thing)))[ -](?:of |in |into |through )*)"
)


@dataclass(frozen=True)
class Dated:
    """Words that name a time, in [start, end) of the text: the day, or why there is none and which it may be."""

    start: int
    end: int
    words: str
    day: date | None
    why: Doubt | None = None
    offers: tuple[date, ...] = ()


def dates_in(text: str, around: Around) -> tuple[Dated, ...]:
    """Every time that the text names, in order; of two that overlap the one that says more."""
    found: list[Dated] = []
    for form, read in _FORMS:
        for met in form.finditer(text):
            start, end = met.span()
            is_taken = any(one.start < end and start < one.end for one in found)
            if not is_taken and not is_no_date(text, start, end):
                found.append(_dated(met, read(met, around), around))
    return tuple(sorted(found, key=lambda one: one.start))


def _dated(met: re.Match[str], answer: days.Answer, around: Around) -> Dated:
    words = " ".join(met[0].split())
    if not isinstance(answer, date):
        return Dated(*met.span(), words, None, *answer)
    if answer < around.today:
        return Dated(*met.span(), words, None, Doubt.DAY_OVER)
    return Dated(*met.span(), words, answer)


def _form(pattern: str, read: days.Reader) -> tuple[re.Pattern[str], days.Reader]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE), read


_DAY_OF_MONTH = rf"(?:{_NTH}|(?P<plain>\d{{1,2}})\b)"
_YEAR = r"(?:,? (?P<year>20\d\d)\b)?"
# In the order in which they say most: a later form does not see what an earlier one took.
_FORMS: tuple[tuple[re.Pattern[str], days.Reader], ...] = (
    _form(r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", days.iso),
    _form(rf"(?:{_DAY},? )?(?:the )?{_DAY_OF_MONTH}(?: of)? {_MONTH}{_YEAR}", days.in_month),
    _form(rf"(?:{_DAY},? )?{_MONTH} (?:the )?{_DAY_OF_MONTH}(?! ?%){_YEAR}", days.in_month),
    _form(rf"{_DAY},? the {_NTH}", days.of_month),
    _form(rf"the day after tomorrow{_HOUR}", days.ahead(2)),
    _form(rf"(?:(?:the )?end of (?:the )?day|eod|close of business|cob),? tomorrow|tomorrow{_HOUR}", days.ahead(1)),
    _form(rf"a week from (?:today|now){_HOUR}", days.ahead(7)),
    _form(rf"a week (?:from|on) {_DAY}", days.week_from_day),
    _form(rf"{_DAY} week\b(?! ?end)", days.week_from_day),
    _form(rf"{_DAY},? (?:of )?next week|next week,? (?:on )?(?P<later>{_FULL})", days.day_of_next_week),
    _form(
        r"(?:the )?(?:end|last day) of (?:the |this |next )?week\b|eow\b"
        r"|(?:the )?(?:next )?week'?s end\b",
        days.week_end,
    ),
    _form(rf"(?:the )?(?:end|last day) of {_MONTH}", days.month_end),
    _form(
        r"(?:the )?(?:end|last day) of (?:the |this |next )?month\b|eom\b"
        r"|(?:the )?month'?s?[ -]end\b",
        days.month_end,
    ),
    _form(r"(?:the )?end of (?:the |this )?quarter\b|eoq\b|quarter'?s?[ -]end\b", days.quarter_end),
    _form(r"(?:the )?end of (?:the |this )?year\b|year'?s?[ -]end\b", days.year_end),
    _form(rf"(?:the )?(?:end|last day) of (?:the |our )?next {_SPRINT}", days.next_sprint),
    _form(rf"(?:{_EARLY})?(?:in |within )?(?:the |our )?next {_SPRINT}", days.next_sprint),
    _form(
        rf"(?:the )?(?:end|last day) of (?:the |this |our )?{_SPRINT}|(?:sprint|iteration)'?s?[ -]end\b"
        rf"|(?:{_EARLY})?(?:in |within )?this {_SPRINT}",
        days.sprint_end,
    ),
    _form(r"(?:the )?end of (?:the |this |next )?(?:summer|winter|spring|autumn|quarter|year)\b", days.none),
    _form(
        rf"(?:the )?end of (?:the |this )?day\b|eod\b|close of business\b|today{_HOUR}|tonight\b"
        rf"|this {_PART}\b",
        days.this_day,
    ),
    _form(rf"next {_DAY}{_HOUR}", days.next_weekday),
    _form(
        rf"(?<!last )(?<!black )(?<!good )(?:this |coming |this coming )?{_DAY}(?!s"
        rf"|'s){_HOUR}",
        days.weekday_ahead,
    ),
    _form(
        r"(?:(?<=\bby )|(?<=\buntil )|(?<=\bon )|(?<=\bbefore )|(?<=\bdue ))(?P<day>mon|tues?|wed|thu(?:rs?)?|fri"
        r"|sat|sun)\b",
        days.weekday_ahead,
    ),
    _form(
        rf"(?:(?<=\bby )|(?<=\buntil )|(?<=\bon )|(?<=\bbefore )|(?<=\bdue )|(?<=\bsay )|(?<=\btill )"
        rf"|(?<=\bso ))the {_NTH}"
        rf"(?: of (?:the |this )?(?P<which>next )?month\b)?{_NOT_COUNTED}",
        days.of_month,
    ),
    _form(rf"(?:within|in) {_COUNT} (?P<working>working |business )?{_SPAN}(?:'? time)?", days.after_a_while),
    _form(
        rf"{_COUNT} (?P<working>working |business )?{_SPAN} (?:from (?:now|today)|time\b"
        rf"|max\b)",
        days.after_a_while,
    ),
    _form(
        rf"(?:(?<=\bsay )|(?<=\bcall it )|(?<=[,.;:] )|(?<=\bso )|(?<=\bmaybe )|(?<=\bneed ))"
        rf"{_COUNT} (?P<working>working |business )?{_SPAN}(?= ?(?:$|[,.;]))",
        days.after_a_while,
    ),
    _form(r"(?:(?:some ?time|early|late|later|by|in|the middle of) )*next week\b", days.next_week),
    _form(r"this week\b", days.this_week),
    _form(r"(?:(?:some ?time|early|late|by|in) )*next month\b", days.next_month),
    _form(
        r"(?:within|in) (?:a couple of|a few|several|some) (?:days|weeks|months|sprints)|a (?:couple of"
        r"|few) (?:days|weeks)",
        days.none,
    ),
    _form(
        rf"(?:by|until|in|early|late|mid|the middle of|beginning of"
        rf"|start of)(?: in)?[ -]{_MONTH}",
        days.some_month,
    ),
    _form(
        r"(?:next|this|over the|by the|in the) (?:quarter|year|summer|winter|spring|autumn|half|month|weekend"
        r"|holidays)\b",
        days.none,
    ),
    _form(rf"(?:by|until|before|in time for) (?:the |our )?(?:next )?(?:\w+ )?{_EVENT}", days.none),
    _form(r"(?:by|before|until) (?:noon|midday|lunch(?:time)?|\d{1,2} ?[ap]m)\b", days.this_day),
    _form(
        r"asap\b|as soon as (?:possible|(?:i|we|he|she|they) can)|right away|straight away|some ?time(?: soon)?\b"
        r"|soon\b|eventually\b|at some point|some day",
        days.none,
    ),
    _form(
        r"(?:when(?:ever)?|once|after) (?:\w+ ){1,3}(?:finds? the time|has time|have time|gets? to it|can|is back"
        r"|is done)\b",
        days.none,
    ),
    _form(r"(?:there is |there's )?no (?:date|deadline)(?: yet)?\b", days.undated),
)
