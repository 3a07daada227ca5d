"""What the facilitator's own sentence does that she would not want: told to her alone, never to the room."""

from __future__ import annotations

import re

from secondstory.blameless.bad_questions import slips
from secondstory.blameless.words import plain
from secondstory.model.utterance import OwnSlip, SpeakerRole, Utterance

_ENDS = re.compile(r"[.?!]")
_QUESTIONS = re.compile(r"[^.?!]*\?")
_NEGATED = r"(?:did|do|does|is|was|were|are|would|could|should|have|has|had|ca|wo)n't"
_FORMS: dict[OwnSlip, re.Pattern[str]] = {
    OwnSlip.DEFENSIVE: re.compile(
        r"\b(?:that's not what i (?:said|meant)|i (?:already|just) (?:said|told you|explained)|as i (?:already )?said"
        r"|i'm only trying|i'm just doing|don't blame me|it's not my (?:job|fault|idea)"
        r"|i didn't (?:make|choose|write) the|i (?:didn't|never) ask(?:ed)? for (?:this|that)"
        r"|don't look at (?:me|us)|it wasn't (?:me|us))\b"
    ),
    OwnSlip.LEADING: re.compile(
        rf"\b(?:{_NEGATED} (?:you|it|that|this|there|we|they|he|she)\b"
        r"|(?:would|do) you agree\b|surely (?:you|we|they|he|she|some(?:one|body)|any(?:one|body))\b"
        r"|so you (?:saw|knew|thought|ignored|missed|forgot)\b"
        r"|(?:isn't|wasn't|didn't|doesn't|aren't|weren't) (?:it|that|you|they|he|she|there)\?)"
    ),
    OwnSlip.HINDSIGHT: re.compile(
        r"\b(?:(?:you|we|they|he|she|someone|anyone|one|the team|it) (?:\w+ )?"
        r"(?:should|could|ought to)(?:n't| not)? (?:have|'ve|of)\b|(?:should|could)'ve\b"
        r"|could have been (?:done|prevented|avoided|caught)\b|in hindsight\b|with hindsight\b|if only\b"
        r"|(?:looking back,? )?(?:it|that|this) was (?:so |quite |pretty )?(?:obvious|clear|plain to see|bound to)\b"
        r"|would have (?:prevented|avoided|caught)\b)"
    ),
}


def own_slips(utterance: Utterance) -> tuple[OwnSlip, ...]:
    """The slips in a sentence of the facilitator; nothing where somebody else speaks."""
    if utterance.speaker_role is not SpeakerRole.FACILITATOR:
        return ()
    text = plain(utterance.text)
    found = {slip for slip, form in _FORMS.items() if form.search(_asked(text) if slip is OwnSlip.LEADING else text)}
    found |= set(slips(text if _ENDS.search(text) else f"{text}?"))
    return tuple(slip for slip in OwnSlip if slip in found)


def _asked(text: str) -> str:
    """The questions in it; all of it where captions have no signs."""
    return " ".join(_QUESTIONS.findall(text)) if _ENDS.search(text) else text
