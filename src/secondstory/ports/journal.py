"""The journal of a live meeting: what is heard and what the coach finds, sealed, and destroyed at the close."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from secondstory.model.hearing import JournalEntry, KeptTranscript
from secondstory.model.utterance import Utterance, Verdict


class Journal(Protocol):
    """Entries of one meeting, each sealed with the meeting's own key, which lies outside database and backup."""

    def append(self, incident_id: str, number: int, entries: tuple[JournalEntry, ...]) -> bool:
        """Durably add entries, all or none. False: a place is taken, by another process; read on and try again."""

    def since(self, incident_id: str, number: int, seq: int) -> tuple[JournalEntry, ...]:
        """All after entry number `seq`, in order; none where the journal was destroyed."""

    def destroy(self, incident_id: str, number: int) -> None:
        """Make it unreadable for good: the key is overwritten and removed first, then the entries. May be repeated."""


class JournalsLeft(Protocol):
    """Journals that are still there, also half destroyed."""

    def left(self) -> tuple[tuple[str, int], ...]:
        """(incident, number of the meeting) of each."""


class KeptTranscripts(Protocol):
    """Captions that all present agreed to keep."""

    def keep(self, transcript: KeptTranscript) -> None:
        """Durably keep one, in place of what was kept of that meeting."""

    def of(self, incident_id: str) -> tuple[KeptTranscript, ...]:
        """Those of an incident, in the order of its meetings."""


class Judge(Protocol):
    """The coach's language core."""

    def __call__(self, utterance: Utterance, /) -> Verdict:
        """What is read in an utterance."""


class Rails(Protocol):
    """What this process has made of journals, so that one cue is no reason to read a journal from its begin."""

    def turn(self, incident_id: str) -> AbstractContextManager[object]:
        """Entries of an incident's journal are made one after the other."""

    def known(self, incident_id: str, number: int) -> object | None:
        """What was kept last."""

    def keep(self, incident_id: str, number: int, rail: object | None) -> None:
        """Keep it, in place of an earlier one; None forgets it."""
