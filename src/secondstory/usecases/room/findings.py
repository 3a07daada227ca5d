"""The findings of one meeting and what was done with each.

Work for a cue does not grow with the meeting: only those that are still open are ever gone through.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from secondstory.model.hearing import CoachCount, Heard, RailAct
from secondstory.model.reply import Reply, Step

STALE = timedelta(minutes=3)
"""A finding that nobody acted on for so long falls away."""
AGAIN_S = 600.0
"""Findings of one topic within it count as the same thing again."""


@dataclass(frozen=True)
class Found:
    """A finding and what was done with it. `place` 0 = the first of its replies is in view."""

    heard: Heard
    at: datetime
    times: int  # findings of its topic within ten minutes, this one counted
    place: int = 0
    act: RailAct | None = None

    @property
    def cue(self) -> int:
        """The number of the cue that it is on."""
        return self.heard.cue.number

    @property
    def reply(self) -> Reply | None:
        """The reply in view."""
        return self.heard.replies[self.place] if self.heard.replies else None

    @property
    def step(self) -> Step:
        """How firm the reply in view is; an answer card is a note beside the ladder."""
        return self.reply.step if self.reply is not None else Step.NOTE

    @property
    def topic(self) -> str:
        """What was read first, or the moment where no words are at fault."""
        labels = self.heard.verdict.labels
        if labels:
            return labels[0].value
        return self.heard.replies[0].moment if self.heard.replies else self.heard.verdict.move.value

    def is_open(self, now: datetime) -> bool:
        """True until somebody acts on it, and for a few minutes at most."""
        return self.act is None and now - self.at < STALE


class Findings:
    """All of them by cue, so that a late act finds its own; gone through are the open ones alone."""

    def __init__(self) -> None:
        self.outside: Reply | None = None  # the last that offered to go on outside the room
        self._all: dict[int, Found] = {}
        self._open: dict[int, None] = {}  # cues, the oldest first
        self._lately: dict[str, deque[float]] = {}  # seconds of the meeting, by topic

    def get(self, cue: int) -> Found | None:
        """The finding at a cue, however long ago."""
        return self._all.get(cue)

    def after(self, cue: int) -> tuple[Found, ...]:
        """Those at later cues, in their order; gone through from the end, so that it costs the same at any hour."""
        later = list(takewhile(lambda one: one.cue > cue, reversed(self._all.values())))
        return tuple(reversed(later))

    def add(self, heard: Heard, at: datetime) -> Found:
        """One more."""
        found = Found(heard, at, 1)
        found = replace(found, times=1 + self._count(found.topic, heard.cue.start_s))
        self._forget_stale(at)
        self._open[found.cue] = None
        self._keep(found)
        return found

    def change(self, found: Found) -> None:
        """Something was done with it, or it is open again."""
        if found.act is not None:
            self._open.pop(found.cue, None)
        elif found.cue not in self._open:
            self._open = dict.fromkeys(sorted((*self._open, found.cue)))
        self._keep(found)

    def open(self, now: datetime) -> Iterator[Found]:
        """Those that nobody has acted on yet, the newest first."""
        self._forget_stale(now)
        every = (self._all[cue] for cue in reversed(self._open))
        return (one for one in every if one.is_open(now))

    def counts(self) -> tuple[CoachCount, ...]:
        """What stays when all else is destroyed; reckoned once, at the close."""
        told = Counter(
            (one.topic, one.step, one.act.value if one.act is not None else "") for one in self._all.values()
        )
        ranked = sorted(told.items(), key=lambda one: (one[0][0], one[0][1].value, one[0][2]))
        return tuple(CoachCount(*key, count) for key, count in ranked)

    def _keep(self, found: Found) -> None:
        self._all[found.cue] = found
        if found.step is Step.OUTSIDE:
            self.outside = found.reply

    def _forget_stale(self, now: datetime) -> None:
        """From the oldest on: each is forgotten once, so all of it costs no more than the findings there were."""
        while self._open:
            oldest = next(iter(self._open))
            if self._all[oldest].is_open(now):
                return
            del self._open[oldest]

    def _count(self, topic: str, start_s: float | None) -> int:
        """How many of this topic there were within ten minutes; what has no time is not told apart from long ago."""
        if start_s is None:
            return 0
        lately = self._lately.setdefault(topic, deque())
        while lately and start_s - lately[0] > AGAIN_S:
            lately.popleft()
        lately.append(start_s)
        return len(lately) - 1
