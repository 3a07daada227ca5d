"""What executives asked in one meeting and has no answer yet: kept beside the findings, for some have no card."""

from __future__ import annotations

from collections.abc import Iterator

from secondstory.model.hearing import Acted, Heard, RailAct
from secondstory.model.utterance import Move, SpeakerRole

_SETTLES = (RailAct.USED, RailAct.DISMISSED, RailAct.NOT_BLAME)


class Asked:
    """Questions of fact by cue, each until a facilitator does something with it."""

    def __init__(self) -> None:
        self._open: dict[int, Heard] = {}

    def __contains__(self, cue: int) -> bool:
        return cue in self._open

    def __iter__(self) -> Iterator[Heard]:
        """The oldest first; who waits longest is answered first."""
        return iter(self._open.values())

    def hear(self, heard: Heard) -> None:
        """Take in a question of an executive; the same one asked again stands at its last place."""
        asks = heard.card is not None or heard.verdict.move is Move.ANSWER
        if heard.role is SpeakerRole.EXECUTIVE and asks:
            self._drop(heard)
            self._open[heard.cue.number] = heard

    def settle(self, acted: Acted) -> None:
        """Something was done with it: it was answered, or it needs no answer, however often it was asked."""
        heard = self._open.get(acted.cue)
        if heard is not None and acted.act in _SETTLES:
            self._drop(heard)

    def _drop(self, heard: Heard) -> None:
        """Let go of it, and of every other that the same card answers."""
        key = heard.card.key if heard.card is not None else ""
        same = [
            cue
            for cue, one in self._open.items()
            if cue == heard.cue.number or (key and one.card is not None and one.card.key == key)
        ]
        for cue in same:
            del self._open[cue]
