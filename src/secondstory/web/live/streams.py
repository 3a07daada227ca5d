"""Caption streams that are open: what came of each so far that is no whole cue yet. In memory alone."""

from __future__ import annotations

import threading
from collections import OrderedDict

from secondstory.model.errors import BadInput
from secondstory.model.transcript import Cue
from secondstory.sources.reading.caption_stream import CaptionStream
from secondstory.sources.reading.meetings import transcript_of
from secondstory.texts import say

_KEPT = 64
_MOST_HELD = 100_000  # characters of a cue that is not whole; an hour of speech has fewer


class Streams:
    """By meeting and by the name that the sender gave."""

    def __init__(self) -> None:
        self._open: OrderedDict[tuple[str, int, str], CaptionStream] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, meeting: tuple[str, int], name: str, text: str, *, ends: bool) -> tuple[tuple[Cue, ...], int]:
        """The cues that are whole with this piece, and how many lines or cues of it could not be read.

        `meeting` is (incident, number). A text without a name is the whole of it. Raises BadInput where that holds no
        cue, or where what is held of a stream would never become one.
        """
        if not name:
            whole = transcript_of(say("rail.paste"), text.encode())
            return whole.cues, sum(count for _, count in whole.rejects)
        place = (*meeting, name)
        with self._lock:
            stream = self._open.pop(place, None) or CaptionStream(name)
            before = stream.unread
            cues = stream.feed(text)
            if stream.held > _MOST_HELD:  # it is forgotten, and may begin anew
                raise BadInput(say("rail.no_end", count=stream.held), say("rail.no_end_next"))
            if ends:
                cues += stream.end()
            else:
                self._open[place] = stream
            while len(self._open) > _KEPT:
                self._open.popitem(last=False)
            return cues, stream.unread - before

    def pass_over(self, incident_id: str, name: str, text: str = "") -> None:
        """This piece of a stream may not be heard, nor what is held of the cue before it."""
        with self._lock:
            for place in [one for one in self._open if (one[0], one[2]) == (incident_id, name)]:
                self._open[place].pass_over(text)

    def forget(self, incident_id: str) -> None:
        """The meeting is over, and with it what was half said."""
        with self._lock:
            for place in [one for one in self._open if one[0] == incident_id]:
                del self._open[place]
