"""Types of what requests give, checked and brought into one form before a route sees them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from secondstory.model.window import in_utc

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DATE = re.compile(r"\d{4}-\d\d-\d\d[Tt ]")


def _spelled(value: object) -> object:
    """Only what is spelled as a time: a bare number would be taken for seconds since 1970, whatever was meant."""
    if not isinstance(value, str) or not _DATE.match(value):
        raise ValueError("a time such as 2026-01-31T14:00:00Z is needed")
    return value


Time = Annotated[AwareDatetime, BeforeValidator(_spelled), AfterValidator(in_utc)]
"""A time that names its offset; in UTC once it is read."""


def _spelled_day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("a day such as 2026-01-31 is needed")
    return value


Day = Annotated[date, BeforeValidator(_spelled_day)]
"""A day of the calendar, spelled as one."""

Name = Annotated[str, Field(max_length=200)]
"""A name or label. A text without a largest length is not checked to be Unicode either."""


def _whole(value: object) -> object:
    """Only numbers: neither yes and no nor a text is one. The standard of the descriptions takes 7.0 for whole too."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("a whole number such as 7 is needed")
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole)
"""Behind the bounds of a strict `int`: a whole number that is spelled as a number."""
