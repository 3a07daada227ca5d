"""Rooms: who plays by the craft calms them, who recites or names somebody harms them, and a seed decides the words."""

from dataclasses import replace

import pytest

import secondstory.blameless.rehearsal.rooms
from secondstory.blameless.rehearsal.casting import Setting
from secondstory.blameless.rehearsal.practice import practice_sheet
from secondstory.blameless.rehearsal.pressure import MOST, Room, apply, enter
from secondstory.blameless.rehearsal.script import LEVELS, START_PRESSURE, TURNS, Script
from secondstory.blameless.rehearsal.situation import Situation
from secondstory.blameless.rehearsal.wordings import better_wording
from secondstory.model.fact_sheet import FactSheet
from secondstory.model.rehearsal import End, HardMoment
from secondstory.model.utterance import Channel, Utterance
from secondstory.registry import extensions

from .rooms import JUDGE

SCRIPTS = extensions(secondstory.blameless.rehearsal.rooms, Script)
NOTHING_KNOWN = FactSheet("incident", "Title", ())
WEAK = "I take that. What could we look at there, in the step before?"


def setting(name: str, level: int = 1, seed: int = 0) -> Setting:
    return Setting(next(one for one in SCRIPTS if one.name == name), level, seed, practice_sheet())


def better(room: Room) -> str:
    """The wording that the product itself proposes for the cue in the room."""
    cue = room.cue
    assert cue is not None
    roles = tuple(room.setting.script.part(key).title for key in room.setting.script.voices)
    speaker = "" if cue.text.startswith("(") else cue.title
    said = tuple(turn.answer for turn in room.turns)
    return better_wording(Situation(cue.text, cue.moment, room.setting.sheet, roles, speaker, said), cue.craft)


def played(room: Room, *answers: str) -> Room:
    for answer in answers:
        room = apply(room, answer, JUDGE)
    return room


def test_there_are_ten_rooms_over_all_moments() -> None:
    lines = [
        line for one in SCRIPTS for line in (*one.openings, one.press, one.harder, one.ease, one.join, one.concern)
    ]
    assert len(SCRIPTS) == 10 and {line.moment for line in lines} == set(HardMoment)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
@pytest.mark.parametrize("level", LEVELS)
def test_our_own_wordings_calm_or_hold_every_room(script: Script, level: int) -> None:
    room = enter(Setting(script, level, 0, practice_sheet()))
    while room.cue is not None:
        room = apply(room, better(room), JUDGE)
        turn = room.turns[-1]
        assert turn.score.grade >= 75, (turn.cue.text, turn.answer, turn.score)
    assert room.end in (End.CALM, End.HELD, End.OUTSIDE)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_an_incident_of_which_nothing_is_known_can_be_rehearsed(script: Script) -> None:
    room = enter(Setting(script, 2, 0, NOTHING_KNOWN))
    while room.cue is not None:
        text = better(room)
        assert "{" not in text + room.cue.text
        room = apply(room, text, JUDGE)
    assert room.turns


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_reciting_harms_every_room(script: Script) -> None:
    room = enter(Setting(script, 1, 0, practice_sheet()))
    while room.cue is not None:
        room = apply(room, "Let us stay blameless and look at the system so that all voices are heard.", JUDGE)
    assert room.end is End.HARM and room.pressure == MOST


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_a_seed_changes_the_words_and_the_same_seed_does_not(script: Script) -> None:
    openings = {enter(Setting(script, 1, seed, practice_sheet())).cue for seed in range(12)}
    assert len(openings) >= 3
    assert enter(Setting(script, 1, 7, practice_sheet())) == enter(Setting(script, 1, 7, practice_sheet()))


def test_a_name_ends_the_room_at_once() -> None:
    room = played(enter(setting("name_for_the_board")), "It was one of the newer people, between us.")
    assert room.end is End.HARM and room.cue is None
    assert room.pressure == START_PRESSURE[1] + 3


def test_the_same_words_again_add_one() -> None:
    room = enter(setting("deploy", level=1))
    twice = played(room, WEAK, WEAK)
    assert twice.turns[1].pressure == twice.turns[0].pressure + 1


def test_meeting_what_is_hidden_takes_one_more_away_and_unlocks_its_line() -> None:
    room = enter(setting("deploy"))
    answer = (
        "There is the flag fast-checkout at 10:02. "
        "On-call engineer, which warning before that deploy is on record, and where?"
    )
    after = played(room, answer)
    assert after.concern_met and after.cue is not None
    assert after.cue.craft == "M12" and after.pressure == room.pressure - 3


def test_a_second_voice_joins_and_the_one_attacked_falls_silent() -> None:
    room = enter(setting("deploy", level=2))
    lecture = "Even if somebody forgot it, I promise it will never happen again."
    after = played(room, lecture)
    assert after.joined and after.cue is not None and after.cue.title == "On-call engineer"
    assert not after.target_silent and played(after, lecture).target_silent


def test_words_that_inflame_a_room_add_one() -> None:
    plain = played(enter(setting("procedure")), "The steps stand as you tell them.")
    heated = played(enter(setting("procedure")), "Calm down. The steps stand as you tell them.")
    assert heated.pressure > plain.pressure


def test_a_firm_choice_moves_it_outside_when_nothing_else_is_left() -> None:
    room = replace(enter(setting("name_for_the_board", level=3)), pressure=8)
    answer = (
        "You have to explain this, and my answer stays: roles in the report, owners on the repairs. "
        "We go on, or you and I talk outside. Which do you decide?"
    )
    hot = played(room, "Let us see.")
    assert hot.pressure >= 8
    assert played(hot, answer).end is End.OUTSIDE


def test_a_slip_comes_back_at_the_third_level() -> None:
    room = played(enter(setting("deploy", level=3)), "The on-call did miss it. What does the pool panel show at 10:04?")
    assert room.cue is not None and "did miss it" in room.cue.text


def test_time_ends_a_room_that_stays_tense() -> None:
    room = enter(setting("deploy", level=3))
    for thing in ("idea", "word", "view", "mood", "sense", "feeling", "way", "matter", "picture", "wish"):
        if room.cue is not None:
            room = apply(room, f"What is your own {thing} on it, and what might follow?", JUDGE)
    assert room.end in (End.UNSETTLED, End.HARM) and len(room.turns) <= TURNS[3]
    with pytest.raises(ValueError, match="over"):
        apply(room, "More.", JUDGE)


def test_our_own_wordings_pass_the_coach() -> None:
    for script in SCRIPTS:
        for level in LEVELS:
            room = enter(Setting(script, level, 0, practice_sheet()))
            while room.cue is not None:
                text = better(room)
                assert JUDGE(Utterance(text, channel=Channel.DOCUMENT)).severity == 0, text
                room = apply(room, text, JUDGE)
