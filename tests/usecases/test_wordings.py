"""One's own words for hard moments: joined once they read well, refused with the reason, kept, removed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondstory.blameless.replies.ladder import Room
from secondstory.blameless.replies.recognising import Occasion
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.utterance import Label, Move, Utterance, Verdict
from secondstory.ports import World
from secondstory.usecases.replies import reply_for
from secondstory.usecases.wordings import add_wording, list_wordings, remove_wording
from secondstory.wiring import coach, open_world

MINE = ("M01", "redirect", "Let us look at {panel} together. What moves there at {time}?")
ACCUSED = Occasion(
    Utterance("Tom broke it, plain and simple."), Verdict((Label.BLAMES_PERSON,), 2, 0.9, move=Move.REPLY)
)


@pytest.fixture
def world(demo_dir: Path, tmp_path: Path) -> Iterator[World]:
    shutil.copytree(demo_dir, tmp_path / "data")
    with open_world(Settings(data_dir=tmp_path / "data")) as opened:
        yield opened


def test_my_own_words_come_first_and_are_filled(world: World) -> None:
    added = add_wording(LOCAL_OWNER, world, coach().judge, MINE)
    incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
    reply = reply_for(LOCAL_OWNER, world, incident, ACCUSED, Room()).reply
    assert reply is not None and reply.wording == added.key
    assert reply.text == "Let us look at the pool panel of orders together. What moves there at 11:49:38?"


def test_words_are_kept_until_they_are_removed(world: World) -> None:
    added = add_wording(LOCAL_OWNER, world, coach().judge, MINE)
    with open_world(Settings(data_dir=world.data_dir)) as later:
        assert list_wordings(LOCAL_OWNER, later) == (added,)
        remove_wording(LOCAL_OWNER, later, added.key)
        assert list_wordings(LOCAL_OWNER, later) == ()
        with pytest.raises(NotFound):
            remove_wording(LOCAL_OWNER, later, added.key)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("M01", "nudge", "Why did you deploy that?"), "justify"),
        (("M01", "nudge", "What did {dashboard} show?"), "dashboard"),
        (("M01", "nudge", "What did {panel show?"), "brace"),
        (("M01", "nudge", "What then? And what after?"), "two things"),
        (("M01", "nudge", "word " * 30), "30 words"),
        (("M01", "nudge", "I hear you. What did {panel} show?"), "I hear you"),
        (("M01", "firm", "That was Tom's fault, he should have checked it."), "blame"),
        (("M99", "nudge", "What did {panel} show?"), "M99"),
        (("M01", "shout", "What did {panel} show?"), "shout"),
    ],
)
def test_what_does_not_read_well_is_refused_with_its_reason(
    world: World, given: tuple[str, str, str], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        add_wording(LOCAL_OWNER, world, coach().judge, given)
    assert list_wordings(LOCAL_OWNER, world) == ()


def test_one_facilitators_words_are_not_anothers_but_the_organisations_are(world: World) -> None:
    ines, jonas = Actor("ines"), Actor("jonas")
    mine = add_wording(ines, world, coach().judge, MINE)
    ours = add_wording(LOCAL_OWNER, world, coach().judge, ("M14", *MINE[1:]), for_all=True)
    assert list_wordings(ines, world) == (ours, mine) and list_wordings(jonas, world) == (ours,)
    with pytest.raises(NotAllowed):
        add_wording(jonas, world, coach().judge, MINE, for_all=True)
    with pytest.raises(NotAllowed):
        remove_wording(jonas, world, ours.key)


def test_what_an_editor_broke_is_left_out_and_a_file_that_cannot_be_read_is_named(world: World) -> None:
    added = add_wording(LOCAL_OWNER, world, coach().judge, MINE)
    incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
    (file,) = (world.data_dir / "wordings").iterdir()
    sound = file.read_text()
    for broken in (sound.replace("{panel}", "{panel"), sound.replace("M01", "M99")):
        file.write_text(broken)
        assert list_wordings(LOCAL_OWNER, world) == ()
        assert reply_for(LOCAL_OWNER, world, incident, ACCUSED, Room()).reply is not None
        assert remove_wording(LOCAL_OWNER, world, added.key).key == added.key
    file.write_text("[")
    with pytest.raises(BadInput, match=file.name):
        list_wordings(LOCAL_OWNER, world)
