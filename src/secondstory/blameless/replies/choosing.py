"""Chooses the reply to a hard moment: the step from the ladder, the wording by what it can tell of this incident."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from secondstory.blameless.replies.filling import MOST_WORDS, Filled, fill, words_in
from secondstory.blameless.replies.ladder import ASCENDING, Room, Topic, next_step
from secondstory.blameless.replies.moment import Moment, Wording, slots_of
from secondstory.blameless.replies.recognising import Occasion, moment_named, moment_of, target_of
from secondstory.model.fact_sheet import FactSheet, Scene
from secondstory.model.reply import Frame, Reply, Step, Target
from secondstory.model.utterance import Label, Move, Verdict
from secondstory.texts import say
from secondstory.texts.replies import INVITATIONS

_INSISTED = "M28"
_TWICE = 2
_PRESSING = {Label.ASKS_FOR_NAME, Label.PRESSES}
_ALOUD = (Step.NUDGE, Step.REDIRECT, Step.FIRM)


@dataclass(frozen=True)
class _Case:
    """All that one choice depends on."""

    occasion: Occasion
    sheet: FactSheet
    room: Room
    seed: int
    own: tuple[tuple[str, Wording], ...]

    @property
    def said(self) -> str:
        """What was said, with what came right before."""
        return " ".join((*self.occasion.utterance.context[-2:], self.occasion.utterance.text))

    def filled(self, text: str, shows: tuple[str, ...]) -> Filled | None:
        """A text with facts of this incident."""
        return fill(text, self.sheet, self.room, self.said, shows)

    def drawn(self, key: str) -> str:
        """A place in an order that the seed decides."""
        return sha256(f"{self.seed}/{key}".encode()).hexdigest()


def choose(
    occasion: Occasion,
    sheet: FactSheet,
    room: Room,
    *,
    seed: int,
    own: tuple[tuple[str, Wording], ...] = (),
    aloud: bool = False,
) -> Reply | None:
    """The reply to show now, or None where nothing is to be said or nothing new is left to say.

    `own` holds further wordings as (moment, wording); `aloud` asks for words to say where a note would do. The same
    arguments give the same reply.
    """
    case, verdict = _Case(occasion, sheet, room, seed, own), occasion.verdict
    severity = _severity(verdict, room)
    moment = moment_of(occasion)
    is_support = Label.SELF_BLAME in verdict.labels
    if moment is None or (verdict.labels and not severity and not is_support):
        return None
    topic = room.topic(verdict.labels[0].value if verdict.labels else moment.key)
    step = _step(occasion, moment, room, severity)
    if aloud and step is Step.NOTE:
        step = moment.entry
    if step is Step.FIRM and topic.seen >= _TWICE and set(verdict.labels) & _PRESSING:
        moment = moment_named(_INSISTED) or moment
    found = _worded(case, moment, step)
    if found is None:
        return None
    wording, filled = found
    voice = _invitation(case, filled.scene) if wording.step in _ALOUD and verdict.move is not Move.ANSWER else ("", "")
    return Reply(
        moment=moment.key,
        title=moment.title,
        topic=topic.name,
        step=wording.step,
        wording=wording.key,
        text=filled.text,
        facts=filled.facts,
        scene=filled.scene.key if filled.scene is not None else "",
        evidence_ids=filled.scene.evidence_ids if filled.scene is not None else (),
        point=_point(case, moment, filled.scene),
        invitation=voice[0],
        invitation_wording=voice[1],
        draft=_draft(topic, sheet) if wording.step is Step.OUTSIDE else "",
    )


def _severity(verdict: Verdict, room: Room) -> int:
    """The severity, lowered by one for each time that the rules it rests on were called no blame."""
    if not verdict.reasons:
        return verdict.severity
    return max(0, verdict.severity - min(room.times_lowered(reason.name) for reason in verdict.reasons))


def _step(occasion: Occasion, moment: Moment, room: Room, severity: int) -> Step:
    verdict = occasion.verdict
    name = verdict.labels[0].value if verdict.labels else moment.key
    by_words_alone = occasion.moment is None and moment.fit.alone and not verdict.labels
    if by_words_alone or room.is_cooling(name, occasion.at_s):
        return Step.NOTE
    return next_step(room, name, moment.entry, severity)


def _worded(case: _Case, moment: Moment, step: Step) -> tuple[Wording, Filled] | None:
    """The wording for the step, or for the next milder one that the moment still has."""
    mine = tuple(wording for key, wording in case.own if key == moment.key)
    insisted = moment_named(_INSISTED)
    outside = insisted.wordings if insisted is not None and moment.key != _INSISTED else ()
    every = (*mine, *moment.wordings, *(one for one in outside if one.step is Step.OUTSIDE))
    suited = [one for one in every if one.key not in case.room.offered and _suits(one, case.occasion)]
    for tried in _milder(step):
        ranked = []
        for wording in (one for one in suited if one.step is tried):
            filled = case.filled(wording.text, moment.shows)
            if filled is not None and words_in(filled.text) <= MOST_WORDS[wording.step]:
                ranked.append((_rank(case, wording, filled), wording, filled))
        if ranked:
            _, wording, filled = min(ranked, key=lambda one: one[0])
            return wording, filled
    return None


def _milder(step: Step) -> tuple[Step, ...]:
    if step not in ASCENDING:
        return (step, Step.NOTE)
    return tuple(reversed(ASCENDING[: ASCENDING.index(step) + 1]))


def _suits(wording: Wording, occasion: Occasion) -> bool:
    fits_speaker = not wording.speakers or occasion.utterance.speaker_role in wording.speakers
    return fits_speaker and (not wording.targets or target_of(occasion) in wording.targets)


def _rank(case: _Case, wording: Wording, filled: Filled) -> tuple[bool, bool, int, int, str]:
    """What tells a fact first, then one's own words, then frames that were heard least, then what is nearest."""
    heard = sum(_frame_of(key) is wording.frame for key in case.room.offered)
    return (filled.scene is None, not wording.is_own, heard, -filled.relevance, case.drawn(wording.key))


def _frame_of(key: str) -> Frame | None:
    """The frame of an offered wording; None for an invitation or for words that are gone."""
    moment = moment_named(key.partition("/")[0])
    wordings = moment.wordings if moment is not None else ()
    return next((one.frame for one in wordings if one.key == key), None)


def _invitation(case: _Case, told: Scene | None) -> tuple[str, str]:
    """An invitation to another voice with its wording: never the speaker, and never whoever was spoken against."""
    spared = {case.occasion.speaker}
    if target_of(case.occasion) not in (Target.TEAM, Target.OWN_TEAM, Target.VENDOR):
        spared.add(case.sheet.roles[0] if case.sheet.roles else None)  # whose change stands on the causal path
    voices = [scene for scene in case.sheet.scenes if scene.get("role") and scene.get("role") not in spared]
    waiting = [scene for scene in voices if scene is not told]
    slots = dict(waiting[len(case.room.offered) % len(waiting)].slots) if waiting else {}
    fresh = (text for text in INVITATIONS if text not in case.room.offered and slots_of(text) <= slots.keys())
    chosen = min(fresh, key=lambda text: (not slots_of(text), case.drawn(text)), default="")
    return chosen.format(**slots), chosen


def _point(case: _Case, moment: Moment, told: Scene | None) -> str:
    """The minute without its person, of the same scene where that holds what it needs."""
    near = replace(case, sheet=replace(case.sheet, scenes=(told,) if told is not None else ()))
    for text in moment.points:
        filled = near.filled(text, moment.shows) or case.filled(text, moment.shows)
        if filled is not None:
            return filled.text
    return ""


def _draft(topic: Topic, sheet: FactSheet) -> str:
    known = [label.value for label in Label if label is not Label.SELF_BLAME]
    asked = say(f"replies.asked_{topic.name if topic.name in known else 'other'}")
    action = next((scene.get("action") for scene in sheet.scenes if scene.get("action")), None)
    repairs = say("replies.draft_repairs", action=action) if action is not None else ""
    return say("replies.draft", asked=asked, count=topic.seen + 1, repairs=repairs)
