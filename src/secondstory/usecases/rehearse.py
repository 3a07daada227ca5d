"""Rehearses a hard meeting: plays a room from the answers given so far, and keeps the grades without the words.

Everybody may rehearse. What somebody says is never stored: whoever plays holds the answers and gives all of them each
time, and the room is rebuilt; so a turn is tried again by giving fewer answers. Nothing is left behind but shares by
criterion and moment, which only the person sees and can remove.
"""

from __future__ import annotations

from dataclasses import dataclass

import secondstory.blameless.rehearsal.rooms
from secondstory.blameless.language import is_english
from secondstory.blameless.rehearsal.casting import RoomCue, Setting
from secondstory.blameless.rehearsal.feedback import Feedback, feedback
from secondstory.blameless.rehearsal.practice import practice_sheet
from secondstory.blameless.rehearsal.pressure import Room, apply, enter
from secondstory.blameless.rehearsal.scoring import Judge
from secondstory.blameless.rehearsal.script import LEVELS, START_PRESSURE, TURNS, Script
from secondstory.blameless.rehearsal.telling import told
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.fact_sheet import FactSheet
from secondstory.model.rehearsal import End, Practice, PractisedTurn
from secondstory.ports import World
from secondstory.registry import extensions
from secondstory.texts import catalogue, say
from secondstory.usecases.facts import fact_sheet_of

MOST_ANSWER = 1000  # characters
_MOST_FACTS = 9
_FACTS_SHOWN_UP_TO = 2  # at level 3 the facts have to be known by heart


@dataclass(frozen=True)
class Play:
    """What is played, and all answers up to now. `incident_id` "" is the made-up incident; `id` "" is a new session."""

    room: str
    level: int = 1
    seed: int = 0
    incident_id: str = ""
    answers: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class RoomCard:
    """One room in the list."""

    name: str
    title: str
    about: str


@dataclass(frozen=True)
class Step:
    """One reason for a step of the tension."""

    says: str
    by: int


@dataclass(frozen=True)
class PlayedTurn:
    """A cue, the answer, what was found in it, and what it did to the room."""

    cue: RoomCue
    moment: str
    answer: str
    grade: int  # 0..100
    words: int
    feedback: Feedback
    steps: tuple[Step, ...]
    pressure: int  # after it, 0..10


@dataclass(frozen=True)
class Fact:
    """Something that is on record, as a sentence."""

    says: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class Debrief:
    """What is told when a room is over."""

    end: End
    says: str
    hidden: str
    calms_by: str
    goal: str
    hardest_turn: int  # from 1: the one worth trying again


@dataclass(frozen=True)
class Rehearsal:
    """A room at one point, as it is shown. `cue` None: it is over, and there is a debrief."""

    id: str
    room: RoomCard
    level: int
    seed: int
    incident_id: str
    incident_title: str
    most_turns: int
    start_pressure: int
    pressure: int
    facts: tuple[Fact, ...]  # beside the room; none at level 3
    turns: tuple[PlayedTurn, ...]
    cue: RoomCue | None
    cue_moment: str
    silent: str  # the title of the one who says nothing any more
    on_board: tuple[str, ...]
    debrief: Debrief | None


def rooms() -> tuple[RoomCard, ...]:
    """The rooms there are."""
    return tuple(RoomCard(one.name, one.title, one.about) for one in _scripts())


def rehearse(actor: Actor, world: World, judge: Judge, play: Play) -> Rehearsal:
    """Play all answers and give the room as it then stands; keep the shares of what was played.

    Raises NotFound for a room or an incident that is not there, BadInput for a level, an empty or endless answer,
    one that is not English, or answers after the end; NotAllowed where the actor may not read the incident.
    """
    sheet = fact_sheet_of(actor, world, play.incident_id) if play.incident_id else practice_sheet()
    room = _played(Setting(_script(play.room), _level(play.level), play.seed, sheet), play.answers, judge)
    session = play.id or world.ids.new("practice")
    if room.turns:
        world.practices.save(_practice(actor, world, session, room))
    return _shown(session, room)


def before_turn(play: Play, turn: int) -> Play:
    """The same play up to the cue of a turn, counted from 1, to try it again. Raises BadInput."""
    if not 1 <= turn <= len(play.answers):
        raise BadInput(
            say("rehearsal.no_turn", turn=turn), say("rehearsal.no_turn_next", turns=max(1, len(play.answers)))
        )
    return Play(play.room, play.level, play.seed, play.incident_id, play.answers[: turn - 1], play.id)


def _scripts() -> tuple[Script, ...]:
    return extensions(secondstory.blameless.rehearsal.rooms, Script)


def _script(name: str) -> Script:
    found = next((one for one in _scripts() if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in _scripts())
        raise NotFound(say("rehearsal.no_room", room=name), say("rehearsal.no_room_next", rooms=known))
    return found


def _level(level: int) -> int:
    if level not in LEVELS:
        raise BadInput(say("rehearsal.no_level", level=level), say("rehearsal.no_level_next"))
    return level


def _played(setting: Setting, answers: tuple[str, ...], judge: Judge) -> Room:
    room = enter(setting)
    for answer in answers:
        if not answer.strip():
            raise BadInput(say("rehearsal.no_answer"), say("rehearsal.no_answer_next"))
        if not is_english(answer):
            raise BadInput(say("rehearsal.not_english"), say("rehearsal.not_english_next"))
        if len(answer) > MOST_ANSWER:
            facts = {"count": len(answer), "most": MOST_ANSWER}
            raise BadInput(say("rehearsal.too_long", **facts), say("rehearsal.too_long_next"))
        if room.cue is None:
            facts = {"turns": len(room.turns), "given": len(answers)}
            raise BadInput(say("rehearsal.over", **facts), say("rehearsal.over_next"))
        room = apply(room, answer, judge)
    return room


def _practice(actor: Actor, world: World, session: str, room: Room) -> Practice:
    turns = tuple(
        PractisedTurn(turn.situation.moment, turn.score.grade, tuple(mark.met for mark in turn.score.marks))
        for turn in room.turns
    )
    script, level = room.setting.script, room.setting.level
    return Practice(session, actor.id, world.clock.now(), script.name, level, turns, room.end)


def _shown(session: str, room: Room) -> Rehearsal:
    setting, script = room.setting, room.setting.script
    return Rehearsal(
        id=session,
        room=RoomCard(script.name, script.title, script.about),
        level=setting.level,
        seed=setting.seed,
        incident_id=setting.sheet.incident_id,
        incident_title=setting.sheet.title,
        most_turns=TURNS[setting.level],
        start_pressure=START_PRESSURE[setting.level],
        pressure=room.pressure,
        facts=_facts(setting.sheet) if setting.level <= _FACTS_SHOWN_UP_TO else (),
        turns=_turns(room),
        cue=room.cue,
        cue_moment=say(f"rehearsal.moment_{room.cue.moment}") if room.cue else "",
        silent=script.part(script.target).title if room.target_silent else "",
        on_board=room.on_board,
        debrief=_debrief(room),
    )


def _turns(room: Room) -> tuple[PlayedTurn, ...]:
    return tuple(
        PlayedTurn(
            cue=turn.cue,
            moment=say(f"rehearsal.moment_{turn.cue.moment}"),
            answer=turn.answer,
            grade=turn.score.grade,
            words=turn.score.words,
            feedback=feedback(turn.situation, turn.cue.craft, turn.answer, turn.score),
            steps=tuple(Step(say(f"rehearsal.change_{change.why}"), change.by) for change in turn.changes),
            pressure=turn.pressure,
        )
        for turn in room.turns
    )


def _debrief(room: Room) -> Debrief | None:
    if room.end is None:
        return None
    script = room.setting.script
    grades = [turn.score.grade for turn in room.turns]
    hardest = grades.index(min(grades)) + 1
    said = say(f"rehearsal.end_{room.end}")
    return Debrief(room.end, said, script.hidden, script.calms_by, script.goal, hardest)


def _facts(sheet: FactSheet) -> tuple[Fact, ...]:
    """Each scene by the first sentence that it can fill; the most telling first."""
    sentences = [text for key, text in catalogue().items() if key.startswith("rehearsal.fact_")]
    found = []
    for scene in sheet.scenes:
        alone = FactSheet(sheet.incident_id, sheet.title, (scene,))
        says = next((text for one in sentences if (text := told(one, alone)) is not None), None)
        if says is not None:
            found.append(Fact(says, scene.evidence_ids))
    return tuple(found[:_MOST_FACTS])
