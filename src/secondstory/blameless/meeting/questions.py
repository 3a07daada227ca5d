"""What executives ask, and whether an answer came: a question of fact waits for one, pressure asks for a reply.

An answer is a statement of somebody else soon after, or a later one on the same words where the first put it off. It is
looked for by words, so a long answer that avoids the question counts as one.
"""

from __future__ import annotations

import re

from secondstory.blameless.meeting.speech import content_words, plain, sentences, tidy, words_of
from secondstory.blameless.meeting.turns import Stretch, turns_of
from secondstory.blameless.meeting.voices import role_of
from secondstory.model.conversation import ExecutiveQuestion
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Label, SpeakerRole, Verdict

_WORDS = r"(?:who|what|why|how|when|where|which|whose)"
_VERBS = (
    r"(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|shall|may|might|am|"
    r"isn'?t|aren'?t|don'?t|didn'?t|couldn'?t)"
)
_OPENS = re.compile(
    rf"^(?:(?:and|so|but|ok|okay|right|well|sorry|good|then|now|yes|hm|excuse me|thank you|thanks|please"
    rf"|\w+),? ){{0,3}}"
    rf"(?:{_WORDS}\b|(?!do (?:it|that|them)\b|have (?:a|an)\b){_VERBS} \w)"
)
_ASKS = re.compile(
    r"\b(?:i can|let me|i'?ll|i must|i have to) ask\b|\bwho is (?:answerable|responsible|accountable)\b|\bi(?:'d"
    r"| would)? (?:still )?(?:want|need|like|have) to (?:know|ask|understand|hear)|\bi (?:still )?(?:want"
    r"|need) (?:a )?(?:names?|list|to know)"
    r"|\bi'?d like (?:a|the) (?:list|name)|\bmay i (?:ask|put)|\btell me (?:who|what|why|how|if|when)|\bis it (?:as"
    r"|true|safe)|\b(?:do|did) we (?:know|have|believe)"
)
_POLITE = re.compile(
    r"^(?:\w+[, ]+){0,3}(?:can|could) you hear me|(?:can|may) i (?:just )?(?:cut in|come in|say)\b[^?]{0,20}\??$"
)
_PUT_OFF = re.compile(
    r"\b(?:we'?ll (?:cover|get to|come to|come back)|later|next section|not (?:known|sure|yet)|don'?t know|no idea"
    r"|find out|get back|"
    r"come back (?:to|with)|let me check|i'?d have to (?:check|look)|nobody knows|take (?:it|that) offline|parking lot"
    r"|good question)\b"
)
_PRESSURE = frozenset(
    (Label.ASKS_FOR_NAME, Label.PRESSES, Label.BLAMES_PERSON, Label.BLAMES_TEAM, Label.STOPS_AT_PEOPLE)
)
_SOON_TURNS = 4
_SHARED = 2
_YES_NO = re.compile(
    r"^(?:\w+,? ){0,2}(?:yes|no|yep|yeah|none|nope|both|all of|not all|partly|about|around|roughly|some|it (?:is"
    r"|was))\b"
)
_LEAST_WORDS = 4


def questions_of(
    cues: tuple[Cue, ...], roles: dict[str, SpeakerRole], verdicts: tuple[Verdict, ...]
) -> tuple[ExecutiveQuestion, ...]:
    """Questions of executives, in order. One verdict a cue, in the order of the cues."""
    turns = turns_of(cues)
    found: list[ExecutiveQuestion] = []
    for place, turn in enumerate(turns):
        if role_of(roles, turn.cues[0]) is not SpeakerRole.EXECUTIVE:
            continue
        for cue in turn.cues:
            if is_question(cue.text):
                verdict = verdicts[cue.number - 1]
                is_pressure = bool(_PRESSURE & set(verdict.labels))
                answered = _answered(turns, place)
                found.append(
                    ExecutiveQuestion(cue.number, cue.speaker or "", tidy_question(cue.text), is_pressure, answered)
                )
    return tuple(found)


def is_question(text: str) -> bool:
    """True where somebody asks; also without a sign, in bare captions."""
    said = plain(text)
    asked = any(part.endswith("?") and len(words_of(part)) > 1 for part in sentences(said))
    bare = not re.search(r"[.?!]", said) and _OPENS.match(said) is not None
    return (asked or bare or _ASKS.search(said) is not None) and not _POLITE.search(said)


def tidy_question(text: str) -> str:
    """The sentences that ask, or the whole where no sign tells."""
    asked = [part for part in sentences(text) if part.endswith("?")]
    return f"{tidy(' '.join(asked))}?" if asked else tidy(text)


def _answered(turns: tuple[Stretch, ...], place: int) -> int | None:
    asked = turns[place]
    topic = content_words(asked.text)
    for here in range(place + 1, len(turns)):
        turn = turns[here]
        if turn.speaker == asked.speaker:
            continue
        text = plain(turn.text)
        if _PUT_OFF.search(text) or (text.endswith("?") and len(sentences(text)) == 1):
            continue
        says = _YES_NO.match(text) is not None or len(words_of(text)) >= _LEAST_WORDS
        is_soon = here - place <= _SOON_TURNS and not _was_put_off(turns[place + 1 : here])
        if says and (is_soon or len(topic & content_words(text)) >= _SHARED):
            return turn.first
    return None


def _was_put_off(between: tuple[Stretch, ...]) -> bool:
    return any(_PUT_OFF.search(plain(turn.text)) for turn in between)
