"""Whom to speak with alone before the meeting: those whose acts lie on the causal path, and a sentence for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondstory.model.prebrief import PreBriefed, Spoken
from secondstory.model.timeline import EventKind, TimelineEvent
from secondstory.stages.meeting.attending import causal_path, reviewers
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.spoken import recorded
from secondstory.texts import say

_TAKES_ON = re.compile(r"\b(?:my (?:fault|bad|mistake)|i should have|on me)\b", re.IGNORECASE)
_NOBODY = ("automation", "")


@dataclass(frozen=True)
class _Tie:
    """What ties somebody to the path, and the sentence that goes with it; the first tie of a person is spoken of."""

    token: str
    why: str
    sentence: str


def prebriefed(dossier: Dossier, spoken: tuple[Spoken, ...]) -> tuple[PreBriefed, ...]:
    """The people in order of how near their acts lie, with what was noted. Empty where no cause is named."""
    noted = {one.token: one for one in spoken}
    ties: dict[str, list[_Tie]] = {}
    for tie in _ties(dossier):
        ties.setdefault(tie.token, []).append(tie)
    found = []
    for token, mine in ties.items():
        note = noted.get(token, Spoken(token, False, ""))
        why = tuple(dict.fromkeys(one.why for one in mine))
        found.append(PreBriefed(token, why, mine[0].sentence, note.is_done, note.note))
    return tuple(found)


def _ties(dossier: Dossier) -> Iterator[_Tie]:
    path, dial, events = causal_path(dossier), dossier.dial, dossier.timeline.events
    if not path:
        return
    for event in events:
        if _is_by_somebody(event) and event.kind is EventKind.CHAT and _TAKES_ON.search(f"{event.title} {event.body}"):
            facts = {"time": dial.time(event.moment.latest)}
            yield _Tie(event.actor or "", say("prebrief.why_self", **facts), say("prebrief.say_self"))
    change = dossier.change
    title = recorded(change.title) if change is not None else None
    if change is not None and title is not None and _is_by_somebody(change):
        facts = {"change": title, "time": dial.time(change.moment.latest)}
        yield _Tie(change.actor or "", say("prebrief.why_change", **facts), say("prebrief.say_change", **facts))
    for token, reviewed in reviewers(dossier):
        if reviewed == title:  # of what ended the outage nobody has to be afraid
            said = say("prebrief.say_review", change=reviewed)
            yield _Tie(token, say("prebrief.why_review", change=reviewed), said)
    for event in events:
        is_act = event.kind is EventKind.CHANGE or event.kind is EventKind.COMMAND
        if is_act and event is not change and _is_by_somebody(event) and event.service in (*path, None):
            facts = {"time": dial.time(event.moment.latest)}
            yield _Tie(event.actor or "", say("prebrief.why_act", **facts), say("prebrief.say_act", **facts))


def _is_by_somebody(event: TimelineEvent) -> bool:
    return (event.actor or "") not in _NOBODY
