"""A transcript as it was read, to minutes: decisions, actions, evidence that was called for, the parking lot. Pure.

People become roles, in the order in which they are listed. What stands here is a reading: the room confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from secondstory.blameless.meeting.capturing import read_capture
from secondstory.blameless.meeting.dates import dates_in
from secondstory.blameless.meeting.speech import content_words, plain, sentences, tidy
from secondstory.blameless.meeting.turns import Stretch, sayings_of
from secondstory.model.capture import Around, Attendee
from secondstory.model.conversation import Commitment, Consent, Conversation, StepHeld
from secondstory.model.meeting import ActionHeld, BoxHeld, EvidenceCalled, MeetingRecord
from secondstory.model.policy import Policy
from secondstory.model.room import ItemKind, Ownership
from secondstory.model.transcript import Cue, Transcript
from secondstory.model.utterance import SpeakerRole
from secondstory.model.window import Window

_CALLED = re.compile(r"\bevidence called for\b[:,]?\s*", re.IGNORECASE)
_ANSWER_SAYINGS = 3
_SAME_ACTION = 0.5
_ROLES = {SpeakerRole.FACILITATOR: "facilitator", SpeakerRole.EXECUTIVE: "executive", SpeakerRole.OBSERVER: "observer"}
_OWNED = {
    Consent.VOLUNTEERED: Ownership.ACCEPTED,
    Consent.ACCEPTED: Ownership.ACCEPTED,
    Consent.ASKED: Ownership.ASKED,
    Consent.DECLINED: Ownership.DECLINED,
}


@dataclass(frozen=True)
class Held:
    """When the meeting began, in UTC, the day in its zone, and the working days there."""

    start: datetime
    day: date
    policy: Policy


def minutes_from(transcript: Transcript, conversation: Conversation, held: Held) -> MeetingRecord:
    """The minutes of a meeting of which there are captions alone."""
    people = _people(conversation)
    room = _Room(Around(people, "", held.day, held.policy), {name: one.token for one in people for name in one.names})
    actions = _once(tuple(room.action(one, transcript.cues) for one in conversation.commitments))
    last = max((cue.end_s or cue.start_s or 0.0 for cue in transcript.cues), default=0.0)
    return MeetingRecord(
        held=Window(held.start, held.start + timedelta(seconds=max(last, 1.0))),
        decisions=tuple(room.plain(one.text) for one in conversation.agreements),
        parking_lot=tuple(room.plain(one.text) for one in conversation.parked),
        agenda=tuple(_box(step) for step in conversation.agenda if step.minutes is not None),
        present=tuple(one.token for one in people),
        actions=actions,
        evidence_called=tuple(room.evidence(transcript.cues)),
    )


@dataclass(frozen=True)
class _Room:
    """Who is who: names never stand in minutes."""

    around: Around
    tokens: dict[str, str]

    def plain(self, text: str) -> str:
        """With roles in place of names, whole ones first."""
        parts = sorted(((part, token) for name, token in self.tokens.items() for part in (name, *name.split())),
                       key=lambda pair: -len(pair[0]))  # fmt: skip
        for part, token in parts:
            text = re.sub(rf"(?<![\w-]){re.escape(part)}(?![\w-])", token, text)
        return text

    def action(self, one: Commitment, cues: tuple[Cue, ...]) -> ActionHeld:
        """An action with its day and verifier, read as if it were captured."""
        asked = next((part for part in reversed(sentences(one.text)) if part.endswith("?")), one.text)
        cue = next((cue.text for cue in cues if cue.number == one.cue), "")
        said = read_capture(ItemKind.ACTION, cue, self.around)
        task = read_capture(ItemKind.ACTION, asked, self.around) if asked != one.text else said
        is_told = (bool(content_words(task.text)) and "?" in one.text) or (task is said and said.verifier is not None)
        text = task.text if is_told else one.text
        found = dates_in(f"by {one.due}", self.around) if one.due else ()
        day = said.due or (found[0].day if len(found) == 1 else None)
        return ActionHeld(
            key=f"cue-{one.cue}",
            text=self.plain(" ".join(part for part in sentences(text) if content_words(part)) or text),
            owner=self.tokens.get(one.owner or "", "") if one.owner else "",
            ownership=(_OWNED[one.consent] if one.owner else Ownership.NOBODY).value,
            due=day,
            verifier=said.verifier or "",
        )

    def evidence(self, cues: tuple[Cue, ...]) -> Iterable[EvidenceCalled]:
        """What the room called for, and who said to look it up, by when."""
        sayings = sayings_of(cues)
        for place, said in enumerate(sayings):
            if _CALLED.search(said.text) is None:
                continue
            what = sentences(_CALLED.split(said.text)[-1])
            after = sayings[place + 1 : place + 1 + _ANSWER_SAYINGS]
            by, due = self._promised(said, after)
            yield EvidenceCalled(self.plain(tidy(what[0]) if what else ""), by, due)

    def _promised(self, called: Stretch, after: tuple[Stretch, ...]) -> tuple[str, date | None]:
        for answer in after:
            found = dates_in(answer.text, self.around)
            if answer.speaker and answer.speaker != called.speaker and found and "?" not in plain(answer.text):
                return self.tokens.get(answer.speaker, ""), found[-1].day
        return "", None


def _people(conversation: Conversation) -> tuple[Attendee, ...]:
    count: dict[str, int] = {}
    found = []
    for voice in conversation.voices:
        role = _ROLES.get(voice.role, "responder")
        count[role] = count.get(role, 0) + 1
        found.append(Attendee(f"{role}-{count[role]}", (voice.name,)))
    return tuple(found)


def _box(step: StepHeld) -> BoxHeld:
    return BoxHeld(step.step.value, 0, round(step.minutes or 0.0, 1))


def _once(actions: tuple[ActionHeld, ...]) -> tuple[ActionHeld, ...]:
    """An action that goes from one to another is one action: the last word on it counts."""
    found: list[ActionHeld] = []
    for one in actions:
        words = content_words(one.text)
        same = next((place for place, other in enumerate(found) if _is_same(words, other)), None)
        if same is None:
            found.append(one)
        else:
            earlier = found.pop(same)
            longer = max((earlier.text, one.text), key=len)
            found.append(replace(one, text=longer, due=one.due or earlier.due))
    return tuple(found)


def _is_same(words: frozenset[str], other: ActionHeld) -> bool:
    theirs = content_words(other.text)
    return len(words & theirs) > 1 and len(words & theirs) / min(len(words), len(theirs)) > _SAME_ACTION
