"""The room as a value, and what an answer does to it: tension, who speaks next, and whether it is over.

Tension is 0 to 10. A good answer takes two away, a bad one adds one; a blaming, preaching or promising one adds two, a
name three; the same words again, words that inflame this room, and a question of fact left open twice add one each.
Meeting what is hidden takes one more away. The room is rebuilt from the answers alone, so any turn can be tried again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from secondstory.blameless.rehearsal import words
from secondstory.blameless.rehearsal.caps import Ground
from secondstory.blameless.rehearsal.casting import Beat, RoomCue, Setting, next_cue, opening
from secondstory.blameless.rehearsal.scoring import GOOD, WEAK, Judge, Score, score
from secondstory.blameless.rehearsal.script import START_PRESSURE, TURNS, Script
from secondstory.blameless.rehearsal.situation import Answer, Situation, stem
from secondstory.model.rehearsal import Criterion, End, HardMoment

MOST = 10
JOINS_AT, SILENT_AT, FIRM_AT = 7, 9, 8
_CALM_AT, _HELD_AT, _CALM_TURNS = 1, 5, 2
_SECOND, _THIRD = 2, 3  # turns: a second voice comes in from level 2; at level 3 words are put into one's mouth
_WORSE = frozenset({Ground.HIDDEN_BLAME, Ground.PROMISE, Ground.RECITED, Ground.LECTURE})


@dataclass(frozen=True)
class Change:
    """One reason for a step of the tension; `why` is a key of the texts."""

    why: str
    by: int


@dataclass(frozen=True)
class Turn:
    """A cue, the answer to it, its score, and what it did."""

    cue: RoomCue
    situation: Situation
    answer: str
    score: Score
    changes: tuple[Change, ...]
    pressure: int  # after it


@dataclass(frozen=True)
class Room:
    """A room at one point of its play. `cue` None: it is over, and `end` says how."""

    setting: Setting
    pressure: int
    cue: RoomCue | None
    turns: tuple[Turn, ...] = ()
    concern_met: bool = False
    joined: bool = False
    end: End | None = None

    @property
    def turns_left(self) -> int:
        """Answers that are still to come at most."""
        return TURNS[self.setting.level] - len(self.turns)

    @property
    def target_silent(self) -> bool:
        """True once the one who is attacked says nothing any more."""
        return any(turn.pressure >= SILENT_AT for turn in self.turns)

    @property
    def on_board(self) -> tuple[str, ...]:
        """Facts of the room that answers have put on the board, in order."""
        told = [
            turn.answer[fact.span.start : fact.span.end]
            for turn in self.turns
            for fact in Answer(turn.answer, turn.situation).facts
            if fact.whole
        ]
        return tuple(dict.fromkeys(told))


def enter(setting: Setting) -> Room:
    """The room before the first answer."""
    return Room(setting, START_PRESSURE[setting.level], opening(setting))


def apply(room: Room, text: str, judge: Judge) -> Room:
    """The room after an answer. Raises ValueError where it is over."""
    if room.cue is None:
        raise ValueError("the room is over")
    situation = _situation(room, room.cue)
    answer = text.strip()
    graded = score(situation, answer, judge)
    met = not room.concern_met and graded.grade >= WEAK and _meets(room.setting.script, answer)
    changes = _changes(room, Answer(answer, situation), graded, met)
    pressure = max(0, min(MOST, room.pressure + sum(change.by for change in changes)))
    turn = Turn(room.cue, situation, answer, graded, changes, pressure)
    after = replace(
        room,
        pressure=pressure,
        turns=(*room.turns, turn),
        concern_met=room.concern_met or met,
        cue=None,
    )
    end = _end(after, turn)
    if end is not None:
        return replace(after, end=end)
    joins = not room.joined and (pressure >= JOINS_AT or (room.setting.level > 1 and len(after.turns) == _SECOND))
    return replace(after, cue=next_cue(room.setting, _beat(after, turn, met, joins)), joined=room.joined or joins)


def _situation(room: Room, cue: RoomCue) -> Situation:
    script = room.setting.script
    roles = (*script.voices, *(part.key for part in script.cast if part.key not in script.voices))
    titles = tuple(script.part(key).title for key in roles)
    said = tuple(turn.answer for turn in room.turns)
    speaker = "" if cue.text.startswith("(") else cue.title  # what is only seen has no speaker
    return Situation(cue.text, cue.moment, room.setting.sheet, titles, speaker, said)


def _meets(script: Script, answer: str) -> bool:
    """True where an answer takes up what is hidden, by one of its words."""
    said = {stem(word) for word in answer.replace("?", " ").replace(",", " ").replace(".", " ").split()}
    return bool(said & {stem(word) for word in script.concern_words})


def _changes(room: Room, answer: Answer, graded: Score, met: bool) -> tuple[Change, ...]:
    grounds = {cap.ground for cap in graded.caps}
    found = [_by_grade(graded, grounds)]
    if Ground.REPEATED in grounds:
        found.append(Change("same_words", 1))
    if any(phrase in answer.lower for phrase in room.setting.script.inflames):
        found.append(Change("inflames", 1))
    if _left_open_again(room, grounds):
        found.append(Change("left_open", 1))
    if met:
        found.append(Change("concern", -1))
    return tuple(found)


def _by_grade(graded: Score, grounds: set[Ground]) -> Change:
    if Ground.NAME in grounds:
        return Change("name", 3)
    if _WORSE & grounds:
        return Change("worse", 2)
    if graded.grade >= GOOD:
        return Change("good", -2)
    return Change("weak", 0) if graded.grade >= WEAK else Change("bad", 1)


def _left_open_again(room: Room, grounds: set[Ground]) -> bool:
    """A question of fact is put off, and one was put off before."""
    asked = room.cue is not None and room.cue.moment is HardMoment.FACT_QUESTION
    before = [turn for turn in room.turns if turn.situation.moment is HardMoment.FACT_QUESTION]
    return asked and Ground.WRONG_MOVE in grounds and any(_put_off(turn) for turn in before)


def _put_off(turn: Turn) -> bool:
    return any(cap.ground is Ground.WRONG_MOVE for cap in turn.score.caps)


def _end(room: Room, turn: Turn) -> End | None:
    if room.pressure >= MOST or any(cap.ground is Ground.NAME for cap in turn.score.caps):
        return End.HARM
    before = room.turns[-2].pressure if len(room.turns) > 1 else START_PRESSURE[room.setting.level]
    if before >= FIRM_AT and turn.score.grade >= WEAK and Answer(turn.answer, turn.situation).spans(words.FIRM):
        return End.OUTSIDE
    last = [one.pressure for one in room.turns[-_CALM_TURNS:]]
    if len(last) == _CALM_TURNS and max(last) <= _CALM_AT and room.on_board:
        return End.CALM
    if room.turns_left > 0:
        return None
    return End.HELD if room.pressure <= _HELD_AT else End.UNSETTLED


def _beat(room: Room, turn: Turn, met: bool, joins: bool) -> Beat:
    mark = next(mark for mark in turn.score.marks if mark.criterion is Criterion.NO_BLAME)
    slip = turn.answer[mark.spans[0].start : mark.spans[0].end] if mark.spans and mark.met == 0 else ""
    return Beat(
        number=len(room.turns) + 1,
        used=tuple(one.cue.wording for one in room.turns),
        is_eased=turn.score.grade >= GOOD,
        is_harder=turn.pressure >= FIRM_AT,
        special="concern" if met else "join" if joins else "mouthed" if _is_mouthed(room) else "",
        slip=slip if room.setting.level == max(START_PRESSURE) else "",
    )


def _is_mouthed(room: Room) -> bool:
    return room.setting.level == max(START_PRESSURE) and len(room.turns) == _THIRD
