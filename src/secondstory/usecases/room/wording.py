"""The words of a room event with secrets and names taken out, before anybody in the room is told them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from secondstory.model.errors import BadInput
from secondstory.model.room import Box, Captured, HandRaised, PollOpened, RoomEvent, RuleShown, Started, Told
from secondstory.model.segment import Privacy
from secondstory.ports import World
from secondstory.texts import say

MOST_WORDS = 2000
_Reword = Callable[[str], str]


def plain(world: World, event: RoomEvent) -> RoomEvent:
    """The event as all may read it. Raises BadInput where its words are none or too many."""
    told: dict[str, None] = {}

    def may_be_empty(text: str) -> str:
        if len(text) > MOST_WORDS:
            raise BadInput(say("room.long", count=len(text), most=MOST_WORDS), say("room.long_next"))
        told[text.strip()] = None
        return text

    def needed(text: str) -> str:
        if not text.strip():
            raise BadInput(say("room.empty"), say("room.empty_next"))
        return may_be_empty(text)

    _reworded(event, needed, may_be_empty)
    if not told:
        return event
    privacy = Privacy(world.sealed.people(), world.sealed.user_key())
    clean = dict(zip(told, world.redactor.sentences(tuple(told), privacy), strict=True))

    def cleaned(text: str) -> str:
        return clean[text.strip()]

    return _reworded(event, cleaned, cleaned)


def _reworded(event: RoomEvent, said: _Reword, about: _Reword) -> RoomEvent:
    """With each text replaced: what must be `said`, and what it is `about`, which may be left out."""
    match event:
        case Started():
            boxes = tuple(_box(one, said, about) for one in event.boxes)
            return replace(event, title=said(event.title), rule=said(event.rule), boxes=boxes)
        case RuleShown():
            return replace(event, text=said(event.text))
        case HandRaised():
            return replace(event, about=about(event.about))
        case PollOpened():
            return replace(event, question=said(event.question), choices=tuple(map(said, event.choices)))
        case Told() | Captured():
            return replace(event, text=said(event.text), about=about(event.about))
        case _:
            return event


def _box(box: Box, said: _Reword, about: _Reword) -> Box:
    return replace(box, title=said(box.title), aims=tuple(map(about, box.aims)))
