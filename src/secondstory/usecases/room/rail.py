"""What a facilitator's rail knows in one meeting: the journal folded, entry by entry, in memory.

An entry holds what was read and what may be said, so a restart judges nothing again and shows what was shown before.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import datetime

from secondstory.blameless.meeting.tally import Tally
from secondstory.blameless.replies.ladder import ASCENDING
from secondstory.blameless.words import words
from secondstory.model.hearing import (
    Acted,
    CoachCount,
    Heard,
    JournalEntry,
    OwnNotes,
    QuestionAsked,
    RailAct,
    RoleNamed,
    RuleSaid,
)
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Channel, Label, SpeakerRole
from secondstory.stages.meeting import questions
from secondstory.usecases.replies import Adviser, Known
from secondstory.usecases.room.asked import Asked
from secondstory.usecases.room.findings import Findings, Found

RECENT_CUES = 60
_HELD_S = 20.0  # a card stays so long at least while it is read, unless one as firm comes
_HEAT_FROM = 2


class Rail:
    """One meeting. `seq`: the last entry that it holds; `room_seq`: the last room event that was looked at."""

    def __init__(self, number: int, known: Known, known_at: datetime) -> None:
        self.number = number
        self.seq = self.room_seq = self.cues = 0
        self.adviser = Adviser(known)
        self.know(known, known_at)
        self.findings = Findings()
        self.current = 0  # the cue whose finding is in view, 0 = none
        self.tally = Tally("")
        self.recent: deque[Heard] = deque(maxlen=RECENT_CUES)
        self.roles: dict[str, SpeakerRole] = {}
        self.said: set[str] = set()  # keys of ground rules
        self.asked: set[str] = set()  # questions
        self.owed = Asked()  # executives' questions without an answer
        self.voices: dict[str, int] = {}  # cues in the whole meeting, by who spoke; "" = nobody was named
        self.wrote: set[str] = set()
        self.own_notes: dict[str, tuple[int, str]] = {}  # by who wrote them, (entry, words)
        self.due: dict[str, datetime] = {}  # occasion of a ground rule, and since when
        self._shown_at: datetime | None = None
        self._sent: set[tuple[float | None, str | None, str]] = set()
        self._offset_s = 0.0
        self._last: tuple[datetime, float] | None = None  # a cue's begin by the wall, and in the meeting

    def know(self, known: Known, at: datetime) -> None:
        """The documents as they are now."""
        self.known_at, self.dossier = at, known.dossier
        self.questions = questions(known.dossier) if known.dossier is not None else ()
        self.adviser.know(known)
        events = known.dossier.timeline.events if known.dossier is not None else ()
        services = {one.service for one in events if one.service}
        self.things = tuple(sorted({word for service in services for word in words(service.lower())}))
        """Words of the incident's services, which name no person."""

    def was_sent(self, cue: Cue) -> bool:
        """True where captions are sent again; a cue without a time cannot be told from one said twice."""
        return cue.start_s is not None and (cue.start_s, cue.speaker, cue.text) in self._sent

    def is_new(self, named: RoleNamed) -> bool:
        """True where somebody is said to be what was not known."""
        return self.roles.get(named.name) is not named.role

    def second_of(self, cue: Cue, at: datetime) -> tuple[float | None, float | None]:
        """When the cue was said in the meeting's own seconds: captions that began anew go on where they were."""
        now_s = self._now_s(at)
        if cue.start_s is None:
            return now_s, None
        shift = self._offset_s
        if self._last is not None and cue.start_s + shift < self._last[1] - _HELD_S:
            shift = max(now_s, self._last[1]) - cue.start_s
        return cue.start_s + shift, cue.end_s + shift if cue.end_s is not None else None

    def take(self, entry: JournalEntry) -> None:
        """Fold one entry in."""
        match entry.what:
            case Heard():
                self._heard(entry.what, entry.at)
            case Acted():
                self._acted(entry.what, entry.at)
            case RuleSaid(key=key):
                self.said.add(key)
                self.due.pop(key.rpartition("_")[0], None)
            case QuestionAsked(text=text):
                self.asked.add(text)
            case RoleNamed(name=name, role=role):
                self.roles[name] = role
            case OwnNotes(by=by, text=text):
                self.own_notes[by] = entry.seq, text
        self.seq = entry.seq

    def in_view(self, now: datetime) -> Found | None:
        """The finding to look at; one that nobody acted on falls away after a few minutes."""
        found = self.findings.get(self.current)
        return found if found is not None and found.is_open(now) else None

    def waiting(self, now: datetime) -> tuple[Found, ...]:
        """Findings nobody has acted on yet, the newest first, without the one in view."""
        return tuple(one for one in self.findings.open(now) if one.cue != self.current)

    def counts(self) -> tuple[CoachCount, ...]:
        """What stays when all else is destroyed."""
        return self.findings.counts()

    def _heard(self, heard: Heard, at: datetime) -> None:
        cue = heard.cue
        self.cues = cue.number
        self.room_seq = max(self.room_seq, heard.told)
        self.recent.append(heard)
        if heard.channel is Channel.MEETING:
            if heard.sent_s is not None and cue.start_s is not None:
                self._sent.add((heard.sent_s, cue.speaker, cue.text))
                self._offset_s = cue.start_s - heard.sent_s
            if self.tally.box != heard.box:
                self.tally = Tally(heard.box)
            self.tally.count(cue)
            self.voices[cue.speaker or ""] = self.voices.get(cue.speaker or "", 0) + 1
        else:
            self.wrote.add(cue.speaker or "")
        if cue.start_s is not None:
            self._last = at, cue.start_s
        self.adviser.recall(cue, heard.replies, heard.channel)
        self.owed.hear(heard)
        self._note_occasion(heard, at)
        if heard.replies or heard.card is not None:
            self._show(heard, at)

    def _show(self, heard: Heard, at: datetime) -> None:
        found = self.findings.add(heard, at)
        if self._gives_way(found, at):
            self._bring_up(found.cue, at)

    def _gives_way(self, found: Found, at: datetime) -> bool:
        """Whether the card in view makes room: what was said last comes first, unless it is milder."""
        now = self.findings.get(self.current)
        if now is None or now.act is not None or self._shown_at is None or _firmness(found) >= _firmness(now):
            return True
        later_s = (found.heard.cue.start_s or 0.0) - (now.heard.cue.start_s or 0.0)
        return max(later_s, (at - self._shown_at).total_seconds()) >= _HELD_S

    def _bring_up(self, cue: int, at: datetime) -> None:
        self.current, self._shown_at = cue, at

    def _acted(self, acted: Acted, at: datetime) -> None:
        self.owed.settle(acted)
        found = self.findings.get(acted.cue)
        if found is None:
            return
        if acted.act is RailAct.STEP_UP:
            if found.place + 1 < len(found.heard.replies):
                found = replace(found, place=found.place + 1)
                self.adviser.offered(found.heard.replies[found.place], found.heard.cue.start_s)
            self.findings.change(replace(found, act=None))
            self._bring_up(acted.cue, at)
            return
        self.findings.change(replace(found, act=acted.act))
        if acted.act is RailAct.USED and acted.wording:
            self.adviser.used(acted.wording)
        if acted.act is RailAct.NOT_BLAME:
            self.adviser.not_blame(found.heard.verdict)
        if acted.cue == self.current:
            self._shown_at = at
            following = next(self.findings.open(at), None)  # the one acted on is not open any more
            self.current = following.cue if following is not None else 0

    def _note_occasion(self, heard: Heard, at: datetime) -> None:
        """What calls for the ground rule once more."""
        verdict = heard.verdict
        if verdict.own_slips:
            self.due["slip"] = at
        elif Label.SELF_BLAME in verdict.labels:
            self.due["self_blame"] = at
        elif verdict.severity >= _HEAT_FROM and heard.role is not SpeakerRole.FACILITATOR:
            self.due["heat"] = at

    def _now_s(self, at: datetime) -> float:
        if self._last is None:
            return 0.0
        told_at, start_s = self._last
        return start_s + max((at - told_at).total_seconds(), 0.0)


def _firmness(found: Found) -> int:
    return ASCENDING.index(found.step) if found.step in ASCENDING else len(ASCENDING)  # support comes first
