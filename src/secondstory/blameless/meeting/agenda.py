"""Cues to the steps of a review: which were called, by which cue, and how long they were held.

A step counts from the cue that calls it until the next step is called. Somebody who asks for the timeline in passing
calls it too, so minutes are a hint; times are told only where the file has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from secondstory.blameless.meeting.speech import plain, words_of
from secondstory.model.conversation import AgendaStep, StepHeld
from secondstory.model.transcript import Cue

_OPENING_CUES = 4
_LONGEST_CALL = 45  # words
_CALLS = {
    AgendaStep.OPENING: r"\b(?:(?:house|ground) rules?|let'?s (?:begin|start|get (?:going|started)|crack on)"
    r"|i lead this review"
    r"|good (?:morning|afternoon|evening)|welcome|i'?m starting|recording (?:is on|has started)|how we do (?:it|this)"
    r"|(?:this is|so this is) the (?:\w+ )?(?:review|retro|post-?mortem|learning review))\b",
    AgendaStep.TIMELINE: r"\b(?:(?:walk|take|talk) (?:us|me) through|(?:do|start|begin|on|to|in|of|with) the timeline"
    r"|timeline (?:first|then|please|now)|from the (?:first page|beginning|start|top)|kick off"
    r"|what (?:happened|did you see) first|the technical story)\b",
    AgendaStep.CAUSES: r"\b(?:root[ -]cause|(?:look|talk|turn|start|begin|on) (?:at|about|to|with) (?:the )?causes?\b"
    r"|(?:now|so|okay|ok|right),? (?:the )?causes?\b|(?:go|come|get"
    r"|move) (?:on )?to (?:the )?"
    r"causes?|what (?:caused|let|made) (?:it|this|that)|made it possible|why (?:it|this) happened|about the causes?"
    r"|look at how)\b",
    AgendaStep.FACTORS: r"\bcontributing (?:factors?|conditions?|causes?)\b|\b(?:what|list of) factors\b"
    r"|\b\w+ factors\b",
    AgendaStep.ACTIONS: r"\b(?:actions? (?:then|please|items?|points?|now)|(?:need|so|now|okay|ok|to"
    r"|the) actions?\b(?! candidate)"
    r"|owners? (?:and dates|please)|who does what|who owns what|what do we (?:change|do) first|next steps"
    r"|follow-?ups)\b"
    r"|^(?:\w+[.,]? ){0,2}(?:actions?|owners)(?:[.:!?]|(?:\W+\w+){0,3}$)",
    AgendaStep.DISCUSSION: r"\b(?:open (?:discussion|floor|questions)|any(?:thing| other)? (?:else|other business"
    r"|questions)"
    r"|last (?:round|words|thoughts)|what went well|(?:one thing|something) (?:you|each|we) (?:learned|learnt)|aob)\b",
    AgendaStep.CLOSING: r"\b(?:thank you (?:all|everyone|everybody)|thanks (?:all|everyone|everybody)|that'?s us"
    r"|we'?re at time"
    r"|before we close|let'?s (?:close|wrap)|to close|we'?re done|that'?s (?:it|all) for today|draft'?s out|see you)\b",
}
_PATTERNS = {step: re.compile(pattern) for step, pattern in _CALLS.items()}
_ORDER = tuple(AgendaStep)


def called_steps(cues: tuple[Cue, ...]) -> Iterator[tuple[Cue, AgendaStep]]:
    """Every cue that calls a step, with that step; a cue that calls two counts for the later of them."""
    for place, cue in enumerate(cues):
        text = plain(cue.text)
        if len(words_of(text)) > _LONGEST_CALL:
            continue
        steps = [step for step in _ORDER if _PATTERNS[step].search(text)]
        late = place > len(cues) * 2 // 3
        steps = [step for step in steps if step is not AgendaStep.CLOSING or late]
        steps = [step for step in steps if step is not AgendaStep.OPENING or place < _OPENING_CUES]
        if steps:
            yield cue, steps[-1]


def agenda_of(cues: tuple[Cue, ...], leader: str | None) -> tuple[StepHeld, ...]:
    """Each step once, in its order; a step is called by the leader where one is known, else by anybody."""
    calls: dict[AgendaStep, Cue] = {}
    for cue, step in called_steps(cues):
        if leader is None or cue.speaker in (leader, None):
            calls.setdefault(step, cue)
    for cue, step in called_steps(cues):
        calls.setdefault(step, cue)
    in_time = sorted(calls.items(), key=lambda call: call[1].number)
    minutes: dict[AgendaStep, float | None] = {}
    for (step, cue), (_, after) in pairwise(in_time):
        minutes[step] = _minutes(cue.start_s, after.start_s)
    if in_time:
        step, cue = in_time[-1]
        minutes[step] = _minutes(cue.start_s, cues[-1].end_s if cues[-1].end_s is not None else cues[-1].start_s)
    return tuple(
        StepHeld(step, calls[step].number if step in calls else None, minutes.get(step)) for step in AgendaStep
    )


def _minutes(start_s: float | None, end_s: float | None) -> float | None:
    return round(max(end_s - start_s, 0.0) / 60, 1) if start_s is not None and end_s is not None else None
