"""Caption streams that are open: what came of each so far that is no whole cue yet. In memory alone."""

from __future__ import annotations

import threading
from collections import OrderedDict

from secondstory.model.transcript import Cue
from secondstory.sources.reading.caption_stream import CaptionStream
from secondstory.sources.reading.meetings import transcript_of
from secondstory.texts import say

_KEPT = 64


class Streams:
    """By incident and by the name that the sender gave."""

    def __init__(self) -> None:
        self._open: OrderedDict[tuple[str, str], CaptionStream] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, incident_id: str, name: str, text: str, *, ends: bool) -> tuple[tuple[Cue, ...], int]:
        """The cues that are whole with this piece, and how many lines or cues of it could not be read.

        A text without a name is the whole of it. Raises BadInput where that holds no cue.
        """
        if not name:
            whole = transcript_of(say("rail.paste"), text.encode())
            return whole.cues, sum(count for _, count in whole.rejects)
        place = (incident_id, name)
        with self._lock:
            stream = self._open.pop(place, None) or CaptionStream(name)
            before = stream.unread
            cues = stream.feed(text)
            if ends:
                cues += stream.end()
            else:
                self._open[place] = stream
            while len(self._open) > _KEPT:
                self._open.popitem(last=False)
            return cues, stream.unread - before
