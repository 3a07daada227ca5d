"""What day a form of words means, on the day of the meeting: one reader a form. See `dates.py` for the forms."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from secondstory.model.capture import Around, Doubt

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
TEENS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = {
    **{word: place for place, word in enumerate((*UNITS, *TEENS), start=1)},
    "twentieth": 20,
    "thirtieth": 30,
    "thirty-first": 31,
    **{f"twenty-{word}": 20 + place for place, word in enumerate(UNITS, start=1)},
}
_LAST_WORKING = 4
_FAR_DAYS = 240  # a date without a year that lies further ahead was probably meant to be over

Answer = date | tuple[Doubt, tuple[date, ...]]
Reader = Callable[[re.Match[str], Around], Answer]


def none(_met: re.Match[str], _around: Around) -> Answer:
    """A time without a day."""
    return Doubt.NO_DAY, ()


def undated(_met: re.Match[str], _around: Around) -> Answer:
    """Words that say that there is no date."""
    return Doubt.NO_DATE, ()


def this_day(_met: re.Match[str], around: Around) -> Answer:
    """The day of the meeting."""
    return around.today


def ahead(days: int) -> Reader:
    """So many days from now."""
    return lambda _met, around: around.today + timedelta(days=days)


def iso(met: re.Match[str], _around: Around) -> Answer:
    """2026-11-20."""
    return _made(int(met["y"]), int(met["m"]), int(met["d"])) or (Doubt.WRONG_DAY, ())


def in_month(met: re.Match[str], around: Around) -> Answer:
    """A day and a month, without a year: the next one."""
    month, nth = _month(met["month"]), _nth(met["nth"] if met["nth"] else met["plain"])
    years = [int(met["year"])] if met.groupdict().get("year") else [around.today.year, around.today.year + 1]
    days = [made for year in years if (made := _made(year, month, nth)) is not None]
    if not days:
        return Doubt.WRONG_DAY, ()
    first = next((day for day in days if day >= around.today), days[-1])
    if first - around.today > timedelta(days=_FAR_DAYS) and len(years) > 1:
        return Doubt.DAY_OVER, (first,)
    return _agreeing(met, first)


def of_month(met: re.Match[str], around: Around) -> Answer:
    """`the 3rd`: the next third, this month or the one after."""
    nth = _nth(met["nth"])
    is_next = bool(met.groupdict().get("which"))
    here = around.today.replace(day=1)
    months = [_month_after(here)] if is_next else [here, _month_after(here)]
    days = [made for one in months if (made := _made(one.year, one.month, nth)) is not None]
    ahead = [day for day in days if day >= around.today]
    if not ahead or _made(months[0].year, months[0].month, nth) is None:
        return Doubt.WRONG_DAY, tuple(ahead)
    return _agreeing(met, ahead[0])


def _agreeing(met: re.Match[str], day: date) -> Answer:
    """The day, if the name of the weekday that was said with it is its own."""
    named = met.groupdict().get("day")
    return day if not named or day.weekday() == _weekday(named) else (Doubt.WRONG_DAY, (day,))


def weekday_ahead(met: re.Match[str], around: Around) -> Answer:
    """The next such day; today's own name may mean today or a week from now."""
    gap = (_weekday(met["day"]) - around.today.weekday()) % 7
    if gap == 0:
        return Doubt.EITHER_DAY, (around.today, around.today + timedelta(days=7))
    return around.today + timedelta(days=gap)


def next_weekday(met: re.Match[str], around: Around) -> Answer:
    """`next Tuesday`: plain where this week's is over, else people mean either."""
    wanted, now = _weekday(met["day"]), around.today.weekday()
    following = _monday(around.today) + timedelta(days=7 + wanted)
    if wanted > now:
        return Doubt.EITHER_DAY, (following - timedelta(days=7), following)
    return following


def day_of_next_week(met: re.Match[str], around: Around) -> Answer:
    """`Tuesday next week`."""
    return _monday(around.today) + timedelta(days=7 + _weekday(met["day"] or met["later"]))


def week_from_day(met: re.Match[str], around: Around) -> Answer:
    """`Friday week`."""
    near = weekday_ahead(met, around)
    return near + timedelta(days=7) if isinstance(near, date) else near


def week_end(met: re.Match[str], around: Around) -> Answer:
    """The last working day of this week or the next."""
    weeks = 7 if "next" in met[0].lower() else 0
    day = _worked(_monday(around.today) + timedelta(days=_LAST_WORKING + weeks), around)
    return day if day >= around.today else (Doubt.EITHER_DAY, (day + timedelta(days=7),))


def month_end(met: re.Match[str], around: Around) -> Answer:
    """The last working day of the month."""
    here = around.today.replace(day=1)
    if met.groupdict().get("month"):
        month = _month(met["month"])
        here = date(around.today.year + (month < around.today.month), month, 1)
    elif "next" in met[0].lower():
        here = _month_after(here)
    return _worked(_last_of(here), around)


def quarter_end(_met: re.Match[str], around: Around) -> Answer:
    """The last working day of the quarter."""
    month = (around.today.month - 1) // 3 * 3 + 3
    return _worked(_last_of(date(around.today.year, month, 1)), around)


def year_end(_met: re.Match[str], around: Around) -> Answer:
    """The last working day of the year."""
    return _worked(date(around.today.year, 12, 31), around)


def sprint_end(met: re.Match[str], around: Around) -> Answer:
    """The last day of this sprint, by the policy; on that day itself people may mean the next one."""
    ends = around.policy.sprint_ends(around.today)
    if ends is None:
        return Doubt.NO_SPRINT, ()
    if met.groupdict().get("early"):
        return Doubt.NO_DAY, (ends[0],)
    return ends[0] if ends[0] > around.today else (Doubt.EITHER_DAY, ends)


def next_sprint(met: re.Match[str], around: Around) -> Answer:
    """The last day of the next sprint; `by next sprint` and `early next sprint` leave open which day."""
    ends = around.policy.sprint_ends(around.today)
    if ends is None:
        return Doubt.NO_SPRINT, ()
    return (Doubt.NO_DAY, ends) if met.groupdict().get("early") else ends[1]


def after_a_while(met: re.Match[str], around: Around) -> Answer:
    """`in two weeks`. A count of days that ends on a day of rest is asked."""
    word = met["count"].lower()
    count = int(word) if word.isdigit() else 1 if word in ("a", "an") else COUNTS.index(word) + 1
    span = met["span"].lower()
    if met.groupdict().get("working"):
        return _working_days(count, around)
    if span == "month":
        return _months_on(around.today, count)
    day = around.today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[span])
    if span == "day" and around.policy.rests(day):
        after = day
        while around.policy.rests(after):
            after += timedelta(days=1)
        return Doubt.EITHER_DAY, (_worked(day, around), after)
    return day


def next_week(_met: re.Match[str], around: Around) -> Answer:
    """Its first and last working day to choose from."""
    monday = _monday(around.today) + timedelta(days=7)
    return Doubt.NO_DAY, (monday, _worked(monday + timedelta(days=_LAST_WORKING), around))


def this_week(_met: re.Match[str], around: Around) -> Answer:
    """By its end."""
    day = _worked(_monday(around.today) + timedelta(days=_LAST_WORKING), around)
    return day if day >= around.today else (Doubt.NO_DAY, ())


def some_month(met: re.Match[str], around: Around) -> Answer:
    """No day of it; its last one is offered."""
    month = _month(met["month"])
    here = date(around.today.year + (month < around.today.month), month, 1)
    return Doubt.NO_DAY, (_worked(_last_of(here), around),)


def next_month(_met: re.Match[str], around: Around) -> Answer:
    """No day of it; its last one is offered."""
    return Doubt.NO_DAY, (_worked(_last_of(_month_after(around.today.replace(day=1))), around),)


def _working_days(count: int, around: Around) -> date:
    day, left = around.today, count
    while left > 0:
        day += timedelta(days=1)
        left -= not around.policy.rests(day)
    return day


def _worked(day: date, around: Around) -> date:
    """The day itself, or the last working day before it."""
    while around.policy.rests(day):
        day -= timedelta(days=1)
    return day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months_on(day: date, count: int) -> date:
    months = day.month - 1 + count
    first = date(day.year + months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def _made(year: int, month: int, day: int) -> date | None:
    is_day = 1 <= month <= len(_MONTHS) and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if is_day else None


def _weekday(word: str) -> int:
    return next(place for place, name in enumerate(_DAYS) if name.startswith(word.lower()[:3]))


def _month(word: str) -> int:
    return next(place for place, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower()[:3]))


def _nth(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _ORDINALS[word.lower().replace(" ", "-")]
