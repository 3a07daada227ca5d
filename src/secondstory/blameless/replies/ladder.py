"""What was offered, used and turned down in one meeting, as a value; each event gives the next value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from secondstory.model.reply import Reply, Step
from secondstory.model.utterance import Label

COOL_DOWN_S = 180.0
_GOES_OUTSIDE = (Label.BLAMES_PERSON, Label.BLAMES_TEAM, Label.ASKS_FOR_NAME, Label.PRESSES)
ASCENDING = (Step.NOTE, Step.NUDGE, Step.REDIRECT, Step.FIRM, Step.OUTSIDE)


@dataclass(frozen=True)
class Topic:
    """One pattern in this meeting. `step` and `wording` are of the last reply that was more than a note."""

    name: str
    seen: int = 0
    prompted_at_s: float | None = None
    step: Step | None = None
    wording: str = ""
    was_used: bool = False


@dataclass(frozen=True)
class Room:
    """The state of a meeting, as far as replies depend on it.

    `slots` is what the room itself knows: the step of the agenda. `lowered` holds the name of a
    rule once for each time that somebody said of it: not blame.
    """

    offered: tuple[str, ...] = ()  # keys of wordings and invitations
    scenes: tuple[str, ...] = ()  # keys of the scenes that were told
    topics: tuple[Topic, ...] = ()
    lowered: tuple[str, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()

    def topic(self, name: str) -> Topic:
        """What is known of a pattern; a fresh one where it has not been seen."""
        return next((one for one in self.topics if one.name == name), Topic(name))

    def is_cooling(self, name: str, at_s: float | None) -> bool:
        """True where the topic was prompted less than three minutes ago. A recording without times never cools."""
        prompted = self.topic(name).prompted_at_s
        return at_s is not None and prompted is not None and 0 <= at_s - prompted < COOL_DOWN_S

    def times_lowered(self, rule: str) -> int:
        """How often somebody said of this rule that it was not blame."""
        return Counter(self.lowered)[rule]


@dataclass(frozen=True)
class Offered:
    """A reply was shown. Seconds as in the recording; None where it tells no times."""

    reply: Reply
    at_s: float | None


@dataclass(frozen=True)
class Used:
    """The facilitator said a wording, or something like it."""

    wording: str


@dataclass(frozen=True)
class NotBlame:
    """The facilitator says that a verdict was none; `rules` are the names in its reasons."""

    rules: tuple[str, ...]


RoomEvent = Offered | Used | NotBlame


def apply_event(room: Room, event: RoomEvent) -> Room:
    """The room after one event."""
    match event:
        case Offered(reply=reply, at_s=at_s):
            return _offered(room, reply, at_s)
        case Used(wording=wording):
            topics = tuple(replace(one, was_used=one.was_used or one.wording == wording) for one in room.topics)
            return replace(room, topics=topics)
        case NotBlame(rules=rules):
            return replace(room, lowered=(*room.lowered, *rules))


def _offered(room: Room, reply: Reply, at_s: float | None) -> Room:
    topic = room.topic(reply.topic)
    topic = replace(topic, seen=topic.seen + 1)
    if reply.step is not Step.NOTE:
        topic = replace(topic, prompted_at_s=at_s, step=reply.step, wording=reply.wording, was_used=False)
    others = tuple(one for one in room.topics if one.name != reply.topic)
    keys = tuple(key for key in (reply.wording, reply.invitation_wording) if key)
    scenes = (reply.scene,) if reply.scene else ()
    return replace(room, offered=(*room.offered, *keys), scenes=(*room.scenes, *scenes), topics=(*others, topic))


def next_step(room: Room, name: str, entry: Step, severity: int) -> Step:
    """The step that a pattern asks for now: a mild one is noted, and only a used reply makes the next one firmer."""
    if entry is Step.SUPPORT:
        return entry
    if severity == 1:
        return Step.NOTE
    topic = room.topic(name)
    if topic.step not in ASCENDING:
        return entry
    place = ASCENDING.index(topic.step) + (1 if topic.was_used else 0)
    last = Step.OUTSIDE if name in _GOES_OUTSIDE else Step.FIRM
    reached = ASCENDING[min(place, ASCENDING.index(last))]
    return max(entry, reached, key=ASCENDING.index)
