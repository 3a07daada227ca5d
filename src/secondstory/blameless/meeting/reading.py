"""A transcript to all that is read in it: the analyses side by side, and the coach's verdict on each cue."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from secondstory.blameless.meeting.agenda import agenda_of
from secondstory.blameless.meeting.agreements import agreements_of
from secondstory.blameless.meeting.claims import competing_claims
from secondstory.blameless.meeting.commitments import commitments_of
from secondstory.blameless.meeting.parking import parked_of
from secondstory.blameless.meeting.questions import questions_of
from secondstory.blameless.meeting.speech import plain
from secondstory.blameless.meeting.voices import facilitator_of, interruptions_of, role_of, roles_of, voices_of
from secondstory.model.conversation import Conversation, Finding
from secondstory.model.transcript import Cue, Transcript
from secondstory.model.utterance import Move, SpeakerRole, Utterance, Verdict

CONTEXT_CUES = 2
Judge = Callable[[Utterance], Verdict]
Advise = Callable[[Cue, Utterance, Verdict], tuple[str, ...]]
"""What may be said to a cue, the best first. All cues come, in order, so that no wording need come twice."""
_GROUND_RULE = re.compile(
    r"\b(?:blameless|blame-free|no blame|not (?:about|looking for|after) (?:blame|names|people|a person|someone|who)"
    r"|(?:nobody|no one)(?: is|'s) on trial|(?:made|make) sense (?:to|with|at)"
    r"|conditions,? not names"
    r"|(?:were|was) doing their best|did (?:their best|the best)|best (?:with what|they could)|how the system (?:let"
    r"|allowed)"
    r"|(?:a review|review) of the system|what the (?:system|tool|service)s? (?:did|showed|allowed)|(?:what"
    r"|how) (?:and|or) how"
    r"|(?:saying|say|ask) what or how|isn'?t the finding"
    r"|prime directive)\b"
)
_RULE_CUES = 12
_SHORTEST_NAME = 3


def conversation_of(transcript: Transcript, judge: Judge, advise: Advise) -> Conversation:
    """Everything that is told of one meeting."""
    cues = transcript.cues
    voices = voices_of(transcript)
    roles = roles_of(voices)
    heard = tuple(heard_in(cues, roles, judge))
    verdicts = tuple(verdict for _, _, verdict in heard)
    return Conversation(
        voices=voices,
        unnamed_cues=sum(cue.speaker is None for cue in cues),
        interruptions=interruptions_of(cues),
        agenda=agenda_of(cues, facilitator_of(transcript)),
        ground_rule_cue=_ground_rule(cues),
        agreements=agreements_of(cues, roles),
        commitments=commitments_of(cues),
        parked=parked_of(cues),
        claims=competing_claims(cues),
        questions=questions_of(cues, roles, verdicts),
        findings=tuple(finding for one in heard if (finding := finding_of(*one, advise)) is not None),
    )


def heard_in(
    cues: Iterable[Cue], roles: dict[str, SpeakerRole], judge: Judge
) -> Iterator[tuple[Cue, Utterance, Verdict]]:
    """Each cue with what the coach reads in it, as soon as it is there; what was said right before is its context."""
    before: deque[str] = deque(maxlen=CONTEXT_CUES)
    people = dict.fromkeys(name for speaker in roles for name in _single_names(speaker))
    for cue in cues:
        people.update(dict.fromkeys(_single_names(cue.speaker or "")))
        utterance = Utterance(cue.text, tuple(before), speaker_role=role_of(roles, cue), people=tuple(people))
        yield cue, utterance, judge(utterance)
        before.append(cue.text)


def _single_names(speaker: str) -> list[str]:
    return [part for part in speaker.split() if len(part) >= _SHORTEST_NAME and part.isalpha()]


def finding_of(cue: Cue, utterance: Utterance, verdict: Verdict, advise: Advise) -> Finding | None:
    """What the facilitator is told of a cue; None where there is nothing to tell."""
    told = advise(cue, utterance, verdict)
    if verdict.move is Move.LEAVE and not verdict.labels and not verdict.own_slips and not told:
        return None
    return Finding(cue.number, verdict, told)


def _ground_rule(cues: tuple[Cue, ...]) -> int | None:
    """The first cue near the begin that says how people are spoken of."""
    return next((cue.number for cue in cues[:_RULE_CUES] if _GROUND_RULE.search(plain(cue.text))), None)
