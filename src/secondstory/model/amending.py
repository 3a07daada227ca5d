"""What people write into the timeline: entries and edits as the text of a decision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secondstory.model.window import require_utc

MOST_TITLE = 300
MOST_BODY = 5000
_TOKEN = re.compile(r"[a-z][a-z_-]*-[0-9]+|owner")


@dataclass(frozen=True)
class When:
    """The time that a person gave, from `earliest` to `latest`, and the IANA zone that it was given in."""

    earliest: datetime
    latest: datetime
    zone: str

    def __post_init__(self) -> None:
        require_utc(self.earliest, "the time of an entry")
        require_utc(self.latest, "the time of an entry")
        if self.earliest > self.latest:
            raise ValueError("an entry ends before it begins")
        try:
            ZoneInfo(self.zone)
        except ZoneInfoNotFoundError as error:
            raise ValueError(f"there is no time zone {self.zone!r}") from error


@dataclass(frozen=True)
class Entry:
    """An event that a person adds. `told_by`: the role token of the person whose account it is."""

    when: When
    title: str
    body: str = ""
    service: str | None = None
    told_by: str | None = None

    def __post_init__(self) -> None:
        _checked(self.title, self.body)
        if self.told_by is not None and not _TOKEN.fullmatch(self.told_by):
            raise ValueError(f"{self.told_by!r} is no role token; write one such as responder-2, never a name")


@dataclass(frozen=True)
class Edit:
    """A new version of an event. None leaves a field as it was; an empty service is no service."""

    when: When | None = None
    title: str | None = None
    body: str | None = None
    service: str | None = None

    def __post_init__(self) -> None:
        if (self.when, self.title, self.body, self.service) == (None, None, None, None):
            raise ValueError("an edit that changes nothing")
        if self.title is not None and not self.title.strip():
            raise ValueError("an entry says what happened")


def _checked(title: str, body: str) -> None:
    if not title.strip() or len(title) > MOST_TITLE:
        raise ValueError(f"an entry says in 1 to {MOST_TITLE} characters what happened")
    if len(body) > MOST_BODY:
        raise ValueError(f"the text of an entry has at most {MOST_BODY} characters")
