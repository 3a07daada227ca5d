"""A rehearsal is rebuilt from its answers, keeps shares and no words, and is seen by its person alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.rehearsal import Criterion
from secondstory.ports import World
from secondstory.usecases.practised import forget_practice, progress
from secondstory.usecases.rehearse import MOST_ANSWER, Play, before_turn, rehearse, rooms
from secondstory.wiring import coach, open_world

JUDGE = coach().judge
ANSWER = "There is the flag fast-checkout at 10:02. On-call engineer, what does the pool panel show before that?"
OTHER = Actor("somebody-else", is_owner=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=tmp_path)) as opened:
        yield opened


def test_a_room_can_be_entered_before_anything_is_imported(world: World) -> None:
    begun = rehearse(LOCAL_OWNER, world, JUDGE, Play("deploy"))
    assert begun.cue is not None and begun.facts and not begun.turns
    assert progress(LOCAL_OWNER, world).sessions == (), "who only looks in has not rehearsed"


def test_an_answer_gets_what_worked_and_a_better_wording(world: World) -> None:
    turn = rehearse(LOCAL_OWNER, world, JUDGE, Play("deploy", answers=(ANSWER,))).turns[0]
    assert turn.feedback.worked and "fast-checkout" in turn.feedback.worked[0]
    assert turn.feedback.better and turn.feedback.try_next
    assert [noted.criterion for noted in turn.feedback.noted] == list(Criterion)


def test_a_turn_tried_again_replaces_the_first_try(world: World) -> None:
    first = rehearse(LOCAL_OWNER, world, JUDGE, Play("deploy", answers=("Well.",)))
    again = before_turn(Play("deploy", answers=("Well.",), id=first.id), 1)
    assert rehearse(LOCAL_OWNER, world, JUDGE, again).cue == first.turns[0].cue
    rehearse(LOCAL_OWNER, world, JUDGE, replace(again, answers=(ANSWER,)))
    (session,) = progress(LOCAL_OWNER, world).sessions
    assert session.turns == 1 and session.shares[0].met == 1.0


def test_no_word_of_an_answer_is_kept(world: World) -> None:
    rehearse(LOCAL_OWNER, world, JUDGE, Play("deploy", answers=("Zanzibar is a word that nobody says here.",)))
    assert progress(LOCAL_OWNER, world).sessions
    stored = b"".join(path.read_bytes() for path in world.data_dir.rglob("*") if path.is_file())
    assert stored and b"Zanzibar" not in stored


def test_everybody_sees_their_own_sessions_alone_and_can_remove_them(world: World) -> None:
    mine = rehearse(LOCAL_OWNER, world, JUDGE, Play("deploy", answers=(ANSWER,)))
    rehearse(OTHER, world, JUDGE, Play("deploy", answers=("Well.",), id=mine.id))
    assert progress(LOCAL_OWNER, world).sessions[0].shares[0].met == 1.0, "another's session with my id is another's"
    forget_practice(LOCAL_OWNER, world)
    assert progress(LOCAL_OWNER, world).sessions == () and progress(OTHER, world).sessions


def test_progress_is_by_criterion_and_by_moment(world: World) -> None:
    for room in rooms()[:3]:
        rehearse(LOCAL_OWNER, world, JUDGE, Play(room.name, answers=(ANSWER, ANSWER)))
    found = progress(LOCAL_OWNER, world)
    assert len(found.sessions) == 3 and sum(moment.turns for moment in found.moments) == 6
    assert all(share.met is None or 0 <= share.met <= 1 for one in found.moments for share in one.shares)
    assert found.says and found.proposed not in {one.room for one in found.sessions}


def test_the_facts_are_those_of_the_incident(own_demo_dir: Path) -> None:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        (incident,) = world.incidents.visible_to(LOCAL_OWNER)
        begun = rehearse(LOCAL_OWNER, world, JUDGE, Play("deploy", incident_id=incident.id))
        assert begun.incident_title == incident.title and all(fact.evidence_ids for fact in begun.facts[:3])
        with pytest.raises(NotAllowed):
            rehearse(Actor("guest"), world, JUDGE, Play("deploy", incident_id=incident.id))
        assert rehearse(Actor("guest"), world, JUDGE, Play("deploy")).cue


@pytest.mark.parametrize(
    ("play", "refused"),
    [
        (Play("nowhere"), NotFound),
        (Play("deploy", level=4), BadInput),
        (Play("deploy", answers=(" ",)), BadInput),
        (Play("deploy", answers=("x" * (MOST_ANSWER + 1),)), BadInput),
        (Play("name_for_the_board", answers=("It was one of the newer people.", "And more.")), BadInput),
        (Play("deploy", incident_id="none"), NotFound),
    ],
)
def test_what_cannot_be_played_says_why(world: World, play: Play, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        rehearse(LOCAL_OWNER, world, JUDGE, play)


@pytest.mark.parametrize("turn", [0, 2, -1])
def test_only_a_turn_that_was_played_can_be_tried_again(turn: int) -> None:
    with pytest.raises(BadInput):
        before_turn(Play("deploy", answers=("Well.",)), turn)
